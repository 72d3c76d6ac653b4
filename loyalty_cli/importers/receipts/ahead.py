"""Reading a large export with a second process, while this one books what was read: two cores do it in half the time.

Only where a process can be forked cheaply; elsewhere, and for small files, the file is read in turn. What is read
is the same either way.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import pickle
import signal
import sys
import traceback
from dataclasses import fields
from typing import Any
from typing import BinaryIO
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.model.purchase_batch import PurchaseBatch

if TYPE_CHECKING:
    from collections.abc import Generator
    from collections.abc import Iterator

    from loyalty_cli.importers.receipts.purchases import PurchaseFile

# Below this a second process costs more than it saves.
WORTHWHILE = 4 << 20
# Linux: how much the pipe holds (fcntl F_SETPIPE_SZ), so that neither side waits for every batch.
SET_PIPE_SIZE = 1031
PIPE_SIZE = 1 << 20
LENGTH = 8
RARE = ("set_aside", "lost", "refunds")
SENT = tuple(field.name for field in fields(PurchaseBatch) if field.name not in (*RARE, "catalogue"))


def read_ahead(source: PurchaseFile) -> PurchaseFile | ReadAhead:
    """The source itself, or the same read by a second process where that pays."""
    possible = sys.platform == "linux" and (os.cpu_count() or 1) > 1 and source.terms.card_is_known is None
    return ReadAhead(source) if possible and source.path.stat().st_size >= WORTHWHILE else source


class ReaderStoppedError(RuntimeError):
    """The second process ended before the file did; the text is what it said."""


class ReadAhead:
    """The batches of a file, read by a second process."""

    def __init__(self, source: PurchaseFile) -> None:
        self.source = source
        self.header: list[str] = []
        self.last_line = 0
        self.catalogue: list[Article] = []

    def batches(self, *, scattered: bool = False) -> Generator[PurchaseBatch, None, None]:
        """The same batches that the source gives."""
        receiving, sending = os.pipe()
        process = os.fork()
        if not process:
            serve(self.source, sending, scattered=scattered)
        os.close(sending)
        try:
            with open(receiving, "rb", buffering=1 << 16) as file:  # noqa: PTH123 - a pipe has no path
                yield from self.received(file)
        finally:
            # The pipe is closed, so a reader that is not finished ends at its next word.
            os.waitpid(process, 0)

    def received(self, file: BinaryIO) -> Iterator[PurchaseBatch]:
        """Batches as they come through the pipe."""
        while True:
            kind, header, last_line, content = message_from(file)
            self.header, self.last_line = header or self.header, last_line
            if kind == "end":
                return
            if kind == "trouble":
                raise pickle.loads(content)  # noqa: S301 - sent by our own second process
            yield self.batch(content)

    def batch(self, content: tuple[Any, ...]) -> PurchaseBatch:
        """A batch from what was sent of it."""
        begins_anew, articles, rare, values = content
        if begins_anew:
            self.catalogue = []
        self.catalogue += [Article(*article) for article in articles]
        seldom = pickle.loads(rare) if rare else {}  # noqa: S301
        return PurchaseBatch(**dict(zip(SENT, values, strict=True)), catalogue=self.catalogue, **seldom)


def serve(source: PurchaseFile, sending: int, *, scattered: bool) -> None:
    """The second process: read, send, and end without touching anything it shares with the first."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # The database and its lock belong to the first process alone.
        os.closerange(3, sending)
        os.closerange(sending + 1, 1024)
        with contextlib.suppress(OSError), open(sending, "wb", buffering=1 << 16) as file:
            widen(sending)
            send_all(source, file, scattered=scattered)
    finally:
        os._exit(0)


def widen(pipe: int) -> None:
    """Let the pipe hold more."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, SET_PIPE_SIZE, PIPE_SIZE)


def send_all(source: PurchaseFile, file: BinaryIO, *, scattered: bool) -> None:
    """Send every batch, then the end, or what went wrong."""
    catalogue: object = None
    sent = 0
    try:
        for batch in source.batches(scattered=scattered):
            begins_anew = batch.catalogue is not catalogue
            catalogue, sent = batch.catalogue, 0 if begins_anew else sent
            articles = [tuple(article) for article in batch.catalogue[sent:]]
            sent = len(batch.catalogue)
            send(file, "batch", source, (begins_anew, articles, seldom_of(batch), values_of(batch)))
        send(file, "end", source, ())
    except LoyaltyError as error:
        send(file, "trouble", source, pickle.dumps(Trouble(error)))
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, the first process must hear of it
        send(file, "trouble", source, pickle.dumps(ReaderStoppedError(traceback.format_exc())))


def seldom_of(batch: PurchaseBatch) -> bytes:
    """The parts that most batches do not have."""
    seldom = {name: getattr(batch, name) for name in RARE if getattr(batch, name)}
    return pickle.dumps(seldom) if seldom else b""


def values_of(batch: PurchaseBatch) -> list[Any]:
    """The columns as plain lists and numbers."""
    return [plain(getattr(batch, name)) for name in SENT]


def plain(column: Any) -> Any:
    """Desks as plain pairs; everything else is plain already."""
    if isinstance(column, list) and column and isinstance(column[0], tuple):
        return [tuple(pair) for pair in column]
    return column


def send(file: BinaryIO, kind: str, source: PurchaseFile, content: object) -> None:
    """One message with its length before it."""
    # Version 2 of the format does not look for repeated objects, which would take most of the time.
    data = marshal.dumps((kind, source.header, source.last_line, content), 2)  # type: ignore[arg-type] # plain lists
    file.write(len(data).to_bytes(LENGTH, "little"))
    file.write(data)


def message_from(file: BinaryIO) -> Any:
    """The next message."""
    length = int.from_bytes(file.read(LENGTH), "little")
    data = file.read(length)
    if not length or len(data) < length:
        raise ReaderStoppedError("the second process was stopped")
    return marshal.loads(data)  # noqa: S302 - sent by our own second process


class Trouble:
    """A refusal on its way through the pipe; it arrives as the error itself."""

    def __init__(self, error: LoyaltyError) -> None:
        self.error = error

    def __reduce__(self) -> tuple[Any, ...]:
        """How the error is made again, with all it says."""
        return made_again, (type(self.error), self.error.__dict__)


def made_again(kind: type[LoyaltyError], said: dict[str, Any]) -> LoyaltyError:
    """An error with all it said."""
    error = kind.__new__(kind)
    error.__dict__.update(said)
    error.args = (str(error.phrase),)
    return error
