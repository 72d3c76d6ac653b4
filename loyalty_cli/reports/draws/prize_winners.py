"""Who won what in a year, for the yearly form: each winner's prizes, their worth and the tax that was withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.kept_draw import GIVEN_UP
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.draws.prizes import notes
from loyalty_cli.reports.draws.prizes import prizes_of
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.draws.prizes import Prize
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "dates", "limit"})

COLUMNS = (
    Column(name="year", heading="Year", kind="code"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="tax_kind", heading="Kind of tax", kind="word"),
    Column(name="prizes", heading="Prizes", kind="count", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="tax", heading="Tax", kind="money", total=True),
)


def table(connection: Connection, question: Question) -> Table:
    """Year by year the winners by card; what was refused or not claimed in time is left out."""
    found = [prize for prize in prizes_of(connection, question) if prize.won.state not in GIVEN_UP]
    page = Page(
        name="prize-winners",
        title=phrase("Winners of the year"),
        basis=phrase("Days: {dates}, by the day a prize was accepted, before that of the draw.", dates=question.dates),
        empty=phrase("No prizes were won on these days."),
        notes=notes(found),
    )
    return tabled(question, page, COLUMNS, rows(found))


def rows(prizes: list[Prize]) -> list[tuple[Cell, ...]]:
    """A line for each winner, year and kind of tax."""
    sums: dict[tuple[str, str, str, str], list[int]] = {}
    for prize in prizes:
        kind = prize.tax.kind if prize.tax is not None else ""
        key = iso(start_of_year(prize.day))[:4], prize.won.card, prize.won.name, kind
        mine = sums.setdefault(key, [0, 0, 0])
        tax = prize.tax.figure if prize.tax is not None else None
        for place, amount in enumerate((1, prize.worth or 0, tax or 0)):
            mine[place] += amount
    return [(*key[:3], key[3] or None, *mine) for key, mine in sorted(sums.items())]
