"""The tax on prizes month by month: what the shop withheld, by when it pays it, and the form of the year it belongs in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.draws.prizes import notes
from loyalty_cli.reports.draws.prizes import prizes_of
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.draws.prizes import Prize
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "dates", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="tax_kind", heading="Kind of tax", kind="word"),
    Column(name="prizes", heading="Prizes", kind="count", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="tax", heading="Tax", kind="money", total=True),
    Column(name="pay_by", heading="Pay by", kind="day"),
    Column(name="form", heading="Tax form", kind="code"),
    Column(name="form_by", heading="Form by", kind="day"),
)


class Due(NamedTuple):
    """What prizes are summed by: a month, the kind of tax, and the days on which it is paid and declared."""

    month: str
    kind: str
    pay_by: Day | None
    form: str
    form_by: Day | None


def table(connection: Connection, question: Question) -> Table:
    """The months in order; a prize belongs to the month in which it was accepted."""
    found = [prize for prize in prizes_of(connection, question) if prize.tax is not None]
    page = Page(
        name="prize-tax",
        title=phrase("Tax on prizes"),
        basis=phrase("Days: {dates}, by the day a prize was accepted, before that of the draw.", dates=question.dates),
        empty=phrase("No prizes were won on these days on which a tax is known."),
        notes=notes(found),
    )
    return tabled(question, page, COLUMNS, rows(found))


def rows(prizes: list[Prize]) -> list[tuple[Cell, ...]]:
    """A line for each month and kind of tax; where the tax on one prize is not known, their sum is not either."""
    kinds: dict[Due, list[tuple[int, int | None]]] = {}
    for prize in prizes:
        if prize.tax is not None:
            kinds.setdefault(due(prize.day, prize.tax), []).append((prize.worth or 0, prize.tax.figure))
    found: list[tuple[Cell, ...]] = []
    for each, mine in sorted(kinds.items(), key=lambda item: item[0][:2]):
        taxes = [tax for _, tax in mine if tax is not None]
        tax = sum(taxes) if len(taxes) == len(mine) else None
        found.append((each.month, each.kind, len(mine), sum(worth for worth, _ in mine), tax, each.pay_by, each.form or None, each.form_by))
    return found


def due(day: Day, tax: TaxLine) -> Due:
    """When the tax on a prize of a day is paid and declared; nothing is where nothing is withheld."""
    month = month_of(day)
    withheld = tax.figure is not None and tax.kind in {"flat tax", "income tax"}
    following = date_of(span_of_month(month)[1] + 1)
    pay_by = day_of(following.replace(day=tax.pay_by)) if withheld and tax.pay_by else None
    if not withheld or tax.form_by is None:
        return Due(month, tax.kind, pay_by, "", None)
    last_day, last_month = tax.form_by
    return Due(month, tax.kind, pay_by, tax.form, day_of(date(date_of(day).year + 1, last_month, last_day)))
