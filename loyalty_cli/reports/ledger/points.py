"""Points of each member over a period: earned, redeemed, lapsed, taken back, and the balance at its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.ledger.points_kinds import points_by_kind
from loyalty_cli.reports.ledger.points_kinds import SUMS
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.ledger.closed_standings import as_they_were
from loyalty_cli.store.ledger.closed_standings import who_then
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="earned", heading="Earned", kind="points", total=True),
    Column(name="redeemed", heading="Redeemed", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="taken_back", heading="Taken back", kind="points", total=True),
    Column(name="other", heading="Other", kind="points", total=True),
    Column(name="balance", heading="Balance", kind="points", total=True),
    Column(name="pending", heading="Pending", kind="points", total=True),
)

SELECT = f"""
{points_by_kind("ledger.member_id", day="booked_on", inside="booked_on >= :first")},
total AS (
  SELECT coalesce(json_extract(:then, '$."' || key || '"'), member.merged_into, key) AS member_id, {SUMS},
         sum(CASE WHEN kind <> 'pending' THEN quantity ELSE 0 END) AS balance
    FROM entry JOIN member ON member.id = key
   GROUP BY 1
)
SELECT {CARD} AS first_card,
       member.name, earned, redeemed, lapsed, taken_back, other, balance, pending
  FROM total JOIN member ON member.id = total.member_id
 WHERE earned OR redeemed OR lapsed OR taken_back OR other OR balance OR pending
 ORDER BY balance DESC, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """The members who have or had points, the largest balance first."""
    page = Page(
        name="points",
        title=phrase("Points by member"),
        basis=basis_booked(question),
        empty=phrase("Nobody has points on these days."),
        notes=[phrase("The balance is that of the last day. A balance below zero is a debt: points taken back after they were spent.")],
    )
    found = purses(connection, question)
    # What was closed stays as it was, also where two of its members are one by now.
    last = last_day(question)
    as_they_were(connection, last)
    values = {**question.span, "then": json.dumps(who_then(connection, last))}
    rows = [(*row, *marked(found, purse)) for purse in found for row in rows_of(connection, SELECT, {**values, **purse.assets})]
    return tabled(question, page, with_wallet(COLUMNS, found), rows)
