"""Files that the tool made itself, mails to be fetched and rows set aside, from which an erased person is taken out again.

Only where one piece of a file is one person's: a mail, a row. Of pages with many letters, and of files of the shop's own, people
are told.
"""

from __future__ import annotations

import contextlib
import mailbox
from codecs import BOM_UTF16_BE
from codecs import BOM_UTF16_LE
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from loyalty_cli.store.members.alone import alone
from loyalty_cli.store.members.alone import readings
from loyalty_cli.store.members.naming_files import files_naming
from loyalty_cli.store.members.traces import traces_of
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from re import Pattern


ROWS = frozenset({".csv", ".tsv", ".txt"})


def take_out(folder: Path, words: Collection[str]) -> None:
    """Take mails and rows in which one of the words stands out of the files of a folder."""
    theirs = alone(words)
    for path in files_naming(folder, traces_of(words), ())[0] if folder.is_dir() else ():
        if path.suffix == ".eml":
            if tell(path.read_bytes(), theirs):
                path.unlink()
        elif path.suffix == ".mbox":
            take_mails_out(path, theirs)
        elif path.suffix in ROWS:
            take_rows_out(path, theirs)


def tell(content: bytes, theirs: Pattern[str]) -> bool:
    """Whether a row or a mail is the person's."""
    return any(map(theirs.search, readings(content)))


def take_rows_out(path: Path, theirs: Pattern[str]) -> None:
    """Take rows out of a table; not where a row is more than one line, or letters are more than one byte."""
    content = path.read_bytes()
    stay: list[bytes] = []
    gone: list[bytes] = []
    for row in content.splitlines(keepends=True):
        (gone if tell(row, theirs) else stay).append(row)
    if content[:2] not in (BOM_UTF16_LE, BOM_UTF16_BE) and all(row.count(b'"') % 2 == 0 for row in gone):
        write_file(path, b"".join(stay))


def take_mails_out(path: Path, theirs: Pattern[str]) -> None:
    """Take the mails to somebody out of an mbox, unless a mail program is reading it."""
    box = mailbox.mbox(path, create=False)
    with contextlib.closing(box), contextlib.suppress(mailbox.ExternalClashError):
        box.lock()
        for key, content in [(key, box.get_bytes(key)) for key in box.iterkeys()]:
            mail = message_from_bytes(content, policy=default)
            if theirs.search(str(mail["To"])) or tell(content, theirs):
                box.remove(key)
        box.flush()
