"""Every member with the standing of the last recalculation, or of a day asked for: tier, points, spend, visits, discount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.members.standings import standing_basis
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.ledger.standings import USED_SINCE
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit", "standings"})

COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="tier", heading="Tier"),
    Column(name="discount", heading="Discount", kind="percent"),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="visits", heading="Visits", kind="count", total=True),
    Column(name="last_visit", heading="Last visit", kind="day"),
)

# On an earlier day there were only those of whom something was known by then.
SELECT = f"""
SELECT (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name,
       coalesce(standing.tier, ''),
       coalesce(standing.discount, 0),
       coalesce(standing.points, 0) - iif(:day IS NULL, {USED_SINCE}, 0),
       coalesce(standing.spent, 0),
       coalesce(standing.visits, 0),
       standing.last_on,
       coalesce(standing.state, '')
  FROM member LEFT JOIN standing ON standing.member_id = member.id
 WHERE member.merged_into IS NULL AND (:day IS NULL OR standing.member_id IS NOT NULL)
 ORDER BY coalesce(standing.spent, 0) DESC, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """The members, those who spent most first."""
    page = Page(
        name="members",
        title=phrase("Members"),
        basis=standing_basis(connection, question),
        empty=phrase("There are no members yet. Bring them in with: loyalty import members FILE"),
    )
    wallets = [purse.name for purse in purses(connection, question) if purse.name]
    columns = [*COLUMNS, *(Column(name=f"wallet_{name}", heading=name, kind="points", total=True) for name in wallets)]
    rows = rows_of(connection, SELECT, {"day": question.standing_on})
    return tabled(question, page, columns, [(*row, *in_wallets(str(state), wallets)) for *row, state in rows])


def in_wallets(state: str, wallets: list[str]) -> list[int]:
    """What a member's standing holds in each wallet."""
    if not wallets:
        return []
    # Few shops have wallets, and only they need to know what a state is.
    from loyalty_cli.replay.in_snapshot import wallet_balance

    return [wallet_balance(state, name) for name in wallets]
