"""How long the receipts and books of each year are to be kept, by what is known of the shop's country; never advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.retention import kept_through
from loyalty_cli.countries.retention import retention_rules
from loyalty_cli.model.law import NOT_ADVICE_ON_KEEPING
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.retained import kept_by_year

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"limit"})

COLUMNS = (
    Column(name="year", heading="Year"),
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="entries", heading="Entries", kind="count", total=True),
    Column(name="kept_through", heading="To be kept through", kind="day"),
    Column(name="may_go", heading="May go", kind="word"),
)


def table(connection: Connection, question: Question) -> Table:
    """One row for each year of which there is something."""
    country = question.shop.country
    rules = retention_rules(country)
    page = Page(
        name="retention",
        title=phrase("How long the books are to be kept"),
        basis=phrase("By the year of a receipt, and of the day an entry was booked."),
        empty=phrase("There is nothing yet that would have to be kept."),
        notes=[
            *(rule.rule_said for rule in rules),
            *([] if rules else [phrase("Nothing is known here of how long {country} asks to keep books.", country=country or "-")]),
            NOT_ADVICE_ON_KEEPING,
        ],
    )
    rows = []
    for year, (receipts, entries) in kept_by_year(connection).items():
        last = kept_through(country, year)
        rows.append((str(year), receipts, entries, last, "yes" if last is not None and last < question.today else "no"))
    return tabled(question, page, COLUMNS, rows)
