"""A journal as Saga C takes in accounting notes: a dBASE table, a row for each transaction with its debited and credited account.

Evidence, grade B: the maker's manual (manual.sagasoft.ro/sagac, "Export date") says that accounting articles go from one Saga to
another as DBF, and what the file is called; its columns, with their lengths, are told by a public description of the program's own
tables and of this import. No file of ours was loaded by the program. Letters with marks are written without them: the table is
Windows-1252, which has no Romanian ones.

What it can not carry is refused: accounts that are words or longer than twenty signs, another currency than the leu.
"""

from __future__ import annotations

import struct
import unicodedata
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.documents import documents_of
from loyalty_cli.books.documents import ROMANIAN
from loyalty_cli.books.documents import Takes
from loyalty_cli.books.journal_texts import plain
from loyalty_cli.model.days import date_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal_texts import Said
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency

TAKES = Takes("Saga C", "RON", ROMANIAN, "472.01", 20)
DBASE_3, WINDOWS_1252, END_OF_HEAD, END_OF_FILE = 0x03, 0x03, b"\r", b"\x1a"


class Field(NamedTuple):
    """A column of a dBASE table: C text, N number, D day."""

    name: str
    kind: str
    length: int
    decimals: int = 0


FIELDS = (
    Field("NDP", "C", 16),
    Field("CONT_D", "C", 20),
    Field("CONT_C", "C", 20),
    Field("SUMA", "N", 15, 2),
    Field("COD_VALUTA", "C", 3),
    Field("CURS", "N", 15, 4),
    Field("SUMA_VAL", "N", 14, 2),
    Field("DATA", "D", 8),
    Field("EXPLICATIE", "C", 48),
    Field("GRUPA", "C", 16),
)


def file_name(first: Day, last: Day) -> str:
    """What Saga C calls such a file: NC and its first and last day."""
    return f"NC_{date_of(first):%d-%m-%Y}_{date_of(last):%d-%m-%Y}.dbf"


def saga(journal: Journal, currency: Currency, said: Said) -> bytes:
    """The table of some days; LoyaltyError for what the form can not carry."""
    rows = []
    for number, transaction in documents_of(journal, currency, TAKES):
        one, other = transaction.postings
        debited, credited = (one, other) if one.amount > 0 else (other, one)
        day, amount = date_of(transaction.day), currency.plain(debited.amount)
        # LOY/27-02-10/1: sixteen signs hold up to 999 documents a day.
        rows.append((
            number.replace("/20", "/", 1), debited.account, credited.account, amount, "RON", "1.0000", "0.00", f"{day:%Y%m%d}",
            without_marks(plain(said(transaction))), "",
        ))  # fmt: skip
    return table(rows, max((each.day for each in journal.transactions), default=None))


def table(rows: Sequence[tuple[str, ...]], changed: Day | None) -> bytes:
    """A dBASE III table; `changed` is the day it says it was changed, which is no clock's."""
    length = 1 + sum(field.length for field in FIELDS)
    day = date_of(changed) if changed else None
    stamp = (day.year - 1900, day.month, day.day) if day else (0, 1, 1)
    head = struct.pack("<4BIHH17xB2x", DBASE_3, *stamp, len(rows), 32 * (len(FIELDS) + 1) + 1, length, WINDOWS_1252)
    columns = b"".join(
        struct.pack("<11sc4xBB14x", field.name.encode(), field.kind.encode(), field.length, field.decimals) for field in FIELDS
    )
    body = b"".join(b" " + b"".join(cell(text, field) for text, field in zip(row, FIELDS, strict=True)) for row in rows)
    return head + columns + END_OF_HEAD + body + END_OF_FILE


def cell(text: str, field: Field) -> bytes:
    """A cell in its column's length: numbers stand to the right."""
    kept = text[: field.length]
    return (kept.rjust(field.length) if field.kind == "N" else kept.ljust(field.length)).encode("cp1252", "replace")


def without_marks(text: str) -> str:
    """Letters without their marks, as Romanian is written where only English letters are to be had."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
