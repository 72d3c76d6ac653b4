"""The mails of an mbox file, a Maildir folder, or a folder of .eml files; nothing in them is changed."""

from __future__ import annotations

import mailbox
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path


def mails_in(path: Path) -> Iterator[EmailMessage]:
    """Every mail, in the order in which they lie there."""
    if path.is_dir():
        own = path.glob("*.eml") if not (path / "cur").is_dir() else (one for part in ("cur", "new") for one in (path / part).glob("*"))
        yield from (read(one.read_bytes()) for one in sorted(own))
        return
    if not path.is_file():
        raise LoyaltyError("There is no file {file}.", file=str(path), hint=phrase("Name an mbox file, or a Maildir folder."))
    with path.open("rb") as file:
        start = file.read(5)
    if start != b"From ":
        yield read(path.read_bytes())
        return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield read(box.get_bytes(key))
    finally:
        box.close()


def read(content: bytes) -> EmailMessage:
    """One mail."""
    return message_from_bytes(content, policy=default)
