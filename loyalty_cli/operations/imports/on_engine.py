"""Files of purchases read on a chain's engine, one whole file for each task; booking goes through what the tasks have read.

A task reads and checks rows as any import does. Which receipts are known, doubled or in conflict is decided on the control
book, where those of the same stores and numbers are brought in first.
"""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.travelling import Packing
from loyalty_cli.importers.receipts.travelling import Unpacking
from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.store.imports.refunds import number_of_return
from loyalty_cli.store.imports.refunds import receipts_with_refunds
from loyalty_cli.store.stores.names import store_numbers

if TYPE_CHECKING:
    from collections.abc import Generator
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.importers.receipts.purchases import PurchaseFile
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.store.database import Connection

Key = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class ReadAhead:
    """A file that a task has read: its batches lie in a file of their own, in the order of its rows."""

    read: Path
    keys: frozenset[Key] = frozenset()
    moments: frozenset[int] = frozenset()
    header: list[str]
    last_line: int

    def batches(self, *, scattered: bool = False) -> Generator[PurchaseBatch, None, None]:
        """Whole receipts in batches; a scattered file is read anew, not from here."""
        unpacking = Unpacking()
        with self.read.open("rb") as file:
            while (packed := pickle.load(file)) is not None:  # noqa: S301 -- our own file of this very command
                yield unpacking.unpacked(packed)


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Read one file after the other of those in a folder; the file with what was found is told, '' if it can not be read."""

    folder: str

    def __call__(self, number: int) -> str:
        """Read the file of a number."""
        source: PurchaseFile = pickle.loads((Path(self.folder) / f"file-{number}").read_bytes())  # noqa: S301 -- see above
        return str(read_into(source, Path(self.folder)) or "")


def read_into(source: PurchaseFile, folder: Path) -> Path | None:
    """Read a file into one of batches, and one that says the rest; None if it is refused, which booking will find out and say."""
    keys: set[Key] = set()
    moments: set[int] = set()
    packing = Packing()
    with tempfile.NamedTemporaryFile(prefix="read-", dir=folder, delete=False) as file:
        try:
            for batch in source.batches():
                keys |= {*zip(batch.stores, batch.numbers), *((refund.store, refund.number) for refund in batch.refunds)}
                moments.update(batch.at)
                pickle.dump(packing.packed(batch), file)
        except Exception:  # noqa: BLE001 -- whatever it is, it is found again where it can be said
            return None
        pickle.dump(None, file)
    place = Path(f"{file.name}.ahead")
    ahead = ReadAhead(
        read=Path(file.name), keys=frozenset(keys), moments=frozenset(moments), header=source.header, last_line=source.last_line
    )
    place.write_bytes(pickle.dumps(ahead))
    return place


def read_on_engine(connection: Connection, sources: Mapping[Path, PurchaseFile]) -> dict[Path, ReadAhead]:
    """Of a chain, let tasks read some files, and bring in the receipts that have the same stores and numbers."""
    book = book_of(connection)
    if book is None or not sources:
        return {}
    place = book.work_folder()
    found: list[Path | None]
    if all(source.terms.card_is_known is None for source in sources.values()):
        for number, source in enumerate(sources.values()):
            (place / f"file-{number}").write_bytes(pickle.dumps(source))
        found = [Path(name) if name else None for name in book.engine().run(ReadFiles(str(place)), len(sources))]
    else:
        # Which cards are known is asked of the control book, which tasks do not have.
        found = [read_into(source, place) for source in sources.values()]
    # What no task could read is read here: it is refused, or it was the task's own trouble.
    found = [name or read_into(source, place) for name, source in zip(found, sources.values(), strict=True)]
    named = zip(sources, found, strict=True)
    ahead: dict[Path, ReadAhead] = {path: pickle.loads(name.read_bytes()) for path, name in named if name is not None}  # noqa: S301
    keys = {key for each in ahead.values() for key in each.keys}
    # Receipts that are in under another store's name tell that it is the wrong name.
    moments = {moment for each in ahead.values() for moment in each.moments}
    book.bring_by_key(in_numbers(connection, keys), {number for _, number in keys}, moments)
    return ahead


def in_numbers(connection: Connection, keys: Iterable[Key]) -> Iterator[tuple[int, str]]:
    """Stores by their numbers, and the returns that stand for refunds; a new store has no receipts yet."""
    numbers, told = store_numbers(connection), receipts_with_refunds(connection)
    for store, number in keys:
        if store in numbers:
            yield numbers[store], number
            if (numbers[store], number) in told:
                yield numbers[store], number_of_return(number)
