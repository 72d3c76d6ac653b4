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

from loyalty_cli.store.members.traces import files_naming
from loyalty_cli.store.members.traces import traces_of
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from loyalty_cli.store.members.traces import Traces

ROWS = frozenset({".csv", ".tsv", ".txt"})


def take_out(folder: Path, words: Collection[str]) -> None:
    """Take mails and rows in which one of the words stands out of the files of a folder."""
    traces = traces_of(words)
    for path in files_naming(folder, traces, ())[0] if folder.is_dir() else ():
        if path.suffix == ".eml":
            path.unlink()
        elif path.suffix == ".mbox":
            take_mails_out(path, words, traces)
        elif path.suffix in ROWS:
            take_rows_out(path, traces)


def take_rows_out(path: Path, traces: Traces) -> None:
    """Take rows out of a table; not where a row is more than one line, or letters are more than one byte."""
    content = path.read_bytes()
    stay: list[bytes] = []
    gone: list[bytes] = []
    for row in content.splitlines(keepends=True):
        (gone if traces.stand_in(row) else stay).append(row)
    if content[:2] not in (BOM_UTF16_LE, BOM_UTF16_BE) and all(row.count(b'"') % 2 == 0 for row in gone):
        write_file(path, b"".join(stay))


def take_mails_out(path: Path, words: Collection[str], traces: Traces) -> None:
    """Take the mails to somebody out of an mbox, unless a mail program is reading it."""
    box = mailbox.mbox(path, create=False)
    with contextlib.closing(box), contextlib.suppress(mailbox.ExternalClashError):
        box.lock()
        for key, content in [(key, box.get_bytes(key)) for key in box.iterkeys()]:
            mail = message_from_bytes(content, policy=default)
            if any(word in str(mail["To"]) for word in words) or traces.stand_in(content):
                box.remove(key)
        box.flush()
