"""Who moved from one tier to another, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import ladder
from loyalty_cli.store.ledger.closed_standings import as_they_were
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})

COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="from_tier", heading="From tier"),
    Column(name="to_tier", heading="To tier"),
    Column(name="move", heading="Move", kind="word"),
    Column(name="booked_late", heading="Booked late", kind="day"),
)

# Entering a tier is +1 and leaving it is -1; corrections of late facts cancel out within a member's day, but
# for those of closed months, which are booked on the first open day.
# The lowest tier is not posted: who only enters comes from it, who only leaves goes back to it.
SELECT = f"""
WITH step AS (
  SELECT ledger.member_id, ledger.effective_on AS day, ledger.booked_on,
         substr(asset.name, 6) AS tier, sum(ledger.quantity) AS by
    FROM ledger JOIN asset ON asset.id = ledger.asset_id
   WHERE asset.name LIKE 'tier:%' AND ledger.booked_on BETWEEN :first AND :last
   GROUP BY ledger.member_id, ledger.effective_on, ledger.booked_on, tier
  HAVING sum(ledger.quantity) <> 0
)
SELECT step.day,
       {CARD} AS first_card,
       member.name,
       coalesce(max(CASE WHEN by < 0 THEN tier END), :base),
       coalesce(max(CASE WHEN by > 0 THEN tier END), :base),
       nullif(booked_on, step.day)
  FROM step JOIN member ON member.id = step.member_id
 GROUP BY step.member_id, step.day, booked_on
 ORDER BY booked_on, step.day, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """The moves in the order of the days they were booked on."""
    page = Page(
        name="moves",
        title=phrase("Moves between tiers"),
        basis=basis_booked(question),
        empty=phrase("Nobody moved between tiers on these days."),
    )
    order = ladder(connection, question)
    as_they_were(connection, last_day(question))
    moved = rows_of(connection, SELECT, {**question.span, "base": question.shop.base_tier})
    rows = [(*row, direction(str(row[3]), str(row[4]), order), late) for *row, late in moved]
    return tabled(question, page, COLUMNS, rows)


def direction(before: str, after: str, order: Sequence[str]) -> Cell:
    """Up or down the ladder; not known where the ladder does not hold both.

    >>> direction("guest", "friend", ["guest", "friend"])
    'up'
    """
    if before not in order or after not in order:
        return None
    return "up" if order.index(after) > order.index(before) else "down"
