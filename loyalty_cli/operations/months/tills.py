"""What the tills say of a month's days, beside what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.reconcile import COLUMNS
from loyalty_cli.reports.question import basis_of_days
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.imports.till_totals import compared
from loyalty_cli.store.imports.till_totals import DaysMeant

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.database import Connection

# As `import reconcile` shows a till's day, without the numbers that are missing.
SHOWN = COLUMNS[:-1]


def tills(connection: Connection, question: Question) -> Table:
    """Every day of a till whose total is known."""
    page = Page(
        name="tills",
        title=phrase("Tills' daily totals"),
        basis=basis_of_days(question),
        empty=phrase("No till's totals are known; type them or bring them in with: loyalty import reconcile"),
    )
    rows = [
        (day.day, day.store, day.till, day.total, day.counted, day.total - day.counted, day.receipts, day.counted_receipts)
        for day in compared(connection, DaysMeant(store="", till="", first=question.span["first"], last=question.span["last"]))
    ]
    return tabled(question, page, SHOWN, rows)
