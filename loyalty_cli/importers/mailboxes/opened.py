"""The mails of an mbox file, a Maildir folder, or a folder of .eml files; nothing in them is changed."""

from __future__ import annotations

from email import message_from_bytes
from email.headerregistry import HeaderRegistry
from email.policy import default
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.headerregistry import BaseHeader
    from email.message import EmailMessage
    from pathlib import Path
    from typing import BinaryIO


FROM = b"From "
# What somebody says stands at the beginning of a mail; what is attached behind so much is not read.
MOST_OF_A_MAIL = 1 << 20
# What Python takes apart of a header's value grows with its square; no header that says something to us is longer.
LONGEST_HEADER = 10_000


def mails_in(path: Path) -> Iterator[EmailMessage]:
    """Every mail, in the order in which they lie there."""
    if path.is_dir():
        own = path.glob("*.eml") if not (path / "cur").is_dir() else (one for part in ("cur", "new") for one in (path / part).glob("*"))
        for one in sorted(own):
            with one.open("rb") as file:
                yield read(file.read(MOST_OF_A_MAIL))
        return
    if not path.is_file():
        raise LoyaltyError("There is no file {file}.", file=str(path), hint=phrase("Name an mbox file, or a Maildir folder."))
    with path.open("rb") as file:
        if file.read(5) == FROM:
            yield from map(read, mails_of_mbox(file))
        else:
            file.seek(0)
            yield read(file.read(MOST_OF_A_MAIL))


def mails_of_mbox(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox file: each begins behind a line with From, which stands at the top or after a blank line (RFC 4155)."""
    lines: list[bytes] = []
    length, blank = 0, False
    file.readline()
    while line := file.readline(MOST_OF_A_MAIL):
        if blank and line.startswith(FROM):
            yield b"".join(lines)
            lines, length = [], 0
        elif length < MOST_OF_A_MAIL:
            lines.append(line)
            length += len(line)
        blank = line in {b"\n", b"\r\n"}
    yield b"".join(lines)


def read(content: bytes) -> EmailMessage:
    """One mail."""
    return message_from_bytes(content, policy=TOLERANT)


class AnyHeader(HeaderRegistry):
    """Headers as Python reads them; one that its parsers stumble over (they raise whatever comes) is plain words, or none."""

    plain = HeaderRegistry(use_default_map=False)

    def __call__(self, name: str, value: str) -> BaseHeader:
        """A header's value."""
        value = value[:LONGEST_HEADER]
        for make in (super().__call__, self.plain):
            try:
                return make(name, value)
            except Exception:  # noqa: BLE001, S112 -- a date of year 10**20 is an OverflowError, an encoded word an IndexError
                continue
        return self.plain(name, "")


TOLERANT = default.clone(header_factory=AnyHeader())
