"""A journal as Symfonia Finanse i Księgowość takes it in: "format 3.0", by special import with the template hmffk.AMS.

A text of nested sections in Windows-1250: INFO, then a Dokument for each transaction with a Zapis for each side (strona WN or
MA, kwota, konto). Evidence, grade B: the maker's page on what its format v3 (.txt) carries (entries of accounts among it,
symfonia.pl/edokumenty, "Symfonia Finanse i Księgowość"), and three public programs that write such documents with entries; the
manual of the form was not found, and no file of ours was loaded by the program. The type of the documents is PK
(polecenie księgowania); a firm that calls it otherwise changes it in the preview of the import.

What it can not carry is refused: accounts that are words, another currency than the złoty, letters that Windows-1250 lacks.
What was owed before the first day and the balances are left out: the program keeps those itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.books.documents import documents_of
from loyalty_cli.books.documents import POLISH
from loyalty_cli.books.documents import Takes
from loyalty_cli.books.journal_texts import plain
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Posting
    from loyalty_cli.books.journal import Transaction
    from loyalty_cli.books.journal_texts import Said
    from loyalty_cli.model.money import Currency

ENCODING = "cp1250"
TAKES = Takes("Symfonia", "PLN", POLISH, "845-01", 100)
LINE_END = "\r\n"
HEAD = (
    "INFO{",
    "\tNazwa programu ='loyalty' loyalty",
    "\tWersja_programu =1",
    "\tWersja szablonu =2",
    "\tKontrahent{",
    *(f"\t\t{name} =" for name in ("id", "kod", "nazwa", "nip")),
    "\t}",
    "}",
)


def symfonia(journal: Journal, currency: Currency, said: Said) -> bytes:
    """The documents of some days; LoyaltyError for what the form can not carry."""
    lines = [*HEAD]
    for name, transaction in documents_of(journal, currency, TAKES):
        lines += document(name, transaction, currency, plain(said(transaction)))
    text = LINE_END.join([*lines, ""])
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError as error:
        letters = "".join(sorted(set(text[error.start : error.end])))
        raise LoyaltyError("Symfonia's form has no letter for {letters}.", letters=letters) from error


def document(name: str, transaction: Transaction, currency: Currency, text: str) -> Iterator[str]:
    """A transaction as a document with its entries."""
    day = iso(transaction.day)
    total = sum(max(posting.amount, 0) for posting in transaction.postings)
    yield "Dokument{"
    for key, value in (
        ("symbol FK", "PK"),
        ("kod", name),
        ("opis", text),
        ("data", day),
        ("datasp", day),
        ("kwota", currency.plain(total)),
        ("FK nazwa", name),
        ("opis FK", text),
    ):
        yield f"\t{key} ={value}"
    for place, posting in enumerate(transaction.postings, 1):
        yield from entry(posting, place, currency, (("opis", text), ("NumerDok", name)))
    yield "}"


def entry(posting: Posting, place: int, currency: Currency, more: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """One side of a document: WN is what is debited, MA what is credited."""
    sides = (
        ("strona", "WN" if posting.amount > 0 else "MA"),
        ("kwota", currency.plain(abs(posting.amount))),
        ("konto", posting.account),
        ("IdDlaRozliczen", str(place)),
        *more,
        ("Pozycja", "0"),
        ("ZapisRownolegly", "0"),
    )
    yield "\tZapis{"
    yield from (f"\t\t{key} ={value}" for key, value in sides)
    yield "\t}"
