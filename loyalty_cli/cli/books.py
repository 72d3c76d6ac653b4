"""`loyalty books`: what is owed for points, for the accountant's own program."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.report import First
from loyalty_cli.cli.report import Last
from loyalty_cli.cli.report import Month
from loyalty_cli.cli.show import PageShowing

if TYPE_CHECKING:
    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Transaction
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.books import Booked

app = Group()


class Reader(StrEnum):
    """Programs that take in journals: those of plain text, and bookkeeping programs whose import form is known."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    SYMFONIA = "symfonia"
    MKSIEGOWA = "mksiegowa"
    SAGA = "saga"


@app.callback()
def about() -> None:
    """What is owed for points, for the accountant's own program."""


@app.command()
def export(
    shop: TheShop,
    show: PageShowing,
    month: Month = None,
    first: First = None,
    last: Last = None,
    reader: Annotated[Reader | None, typer.Option("--for", help="A text for this program instead of a table.", show_default=False)] = None,
) -> None:
    """The journal of points and coupons: a transaction for each day, store and kind, and the balances at each month's end.

    The accounts and the policy stand under books: in program.yaml.
    """
    from loyalty_cli.cli.dates_said import span_said
    from loyalty_cli.cli.pages import put_page
    from loyalty_cli.cli.show import chosen_language
    from loyalty_cli.cli.show import Show
    from loyalty_cli.operations.books import books_export

    start, end = span_said(month, first, last)
    booked = books_export(shop, first=start, last=end)
    if reader is None:
        show.result(booked.outcome)
    content = written_for(reader, booked, chosen_language(show.lang, booked.outcome))
    hints = called(booked.journal, start, end) if reader is Reader.SAGA else []
    put_page(replace(booked.outcome, tables=()), content, show.output or Path("-"), Show(lang=show.lang), *hints)


def written_for(reader: Reader, booked: Booked, language: str) -> bytes:
    """The journal as a program takes it in, with the texts in a language."""
    from loyalty_cli.books.journal_texts import beancount
    from loyalty_cli.books.journal_texts import hledger
    from loyalty_cli.books.mksiegowa import mksiegowa
    from loyalty_cli.books.saga import saga
    from loyalty_cli.books.symfonia import symfonia
    from loyalty_cli.operations.books import COUPON_KINDS
    from loyalty_cli.operations.books import KINDS
    from loyalty_cli.render.words import say

    def said(transaction: Transaction) -> str:
        of = transaction.coupon or transaction.store
        kind = say((COUPON_KINDS if transaction.coupon else KINDS)[transaction.kind], language)
        return f"{of}: {kind}" if of else kind

    write = {
        Reader.HLEDGER: hledger, Reader.BEANCOUNT: beancount, Reader.SYMFONIA: symfonia, Reader.MKSIEGOWA: mksiegowa,
        Reader.SAGA: saga,
    }[reader]  # fmt: skip
    return write(booked.journal, booked.currency, said)


def called(journal: Journal, first: Day | None, last: Day | None) -> list[Phrase]:
    """How Saga C calls the file of some days, by default of those that are booked."""
    from loyalty_cli.books.saga import file_name
    from loyalty_cli.model.shown.phrase import phrase

    days = [each.day for each in journal.transactions]
    if not days:
        return []
    name = file_name(days[0] if first is None else first, days[-1] if last is None else last)
    return [phrase("Saga C calls such a file {name}.", name=name)]
