"""Every member with the standing of the last recalculation, or of a day asked for: tier, points, spend, visits, discount."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.first_card import CARD_OF
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import POINTS_LEFT
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.reports.standings import used_since_said
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.members.households import SHARING
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-closed", "as-of", "dates", "limit", "standings"})

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

HOUSEHOLD = Column(name="household", heading="Shared with", kind="code")

# On an earlier day there were only those of whom something was known by then. A household is one customer: what those who
# share its account had and bought before is its own, too.
SELECT = f"""
WITH household_of AS (
  SELECT account_id, group_concat({CARD_OF.format(member="share.member_id")}, ', ') AS cards, sum({POINTS_LEFT}) AS points,
         sum(spent) AS spent, sum(visits) AS visits, max(last_on) AS last_on
    FROM household AS share LEFT JOIN standing ON standing.member_id = share.member_id
   WHERE from_day <= :sharing AND coalesce(until_day, :sharing) >= :sharing
   GROUP BY account_id
)
SELECT {CARD} AS first_card,
       member.name,
       coalesce(standing.tier, ''),
       coalesce(standing.discount, 0),
       coalesce({POINTS_LEFT}, 0) + coalesce(others.points, 0),
       coalesce(standing.spent, 0) + coalesce(others.spent, 0) AS spent,
       coalesce(standing.visits, 0) + coalesce(others.visits, 0),
       max(coalesce(standing.last_on, others.last_on), coalesce(others.last_on, standing.last_on)),
       coalesce(others.cards, ''),
       member.id,
       coalesce(standing.state, '')
  FROM member LEFT JOIN standing ON standing.member_id = member.id LEFT JOIN household_of AS others ON others.account_id = member.id
 WHERE (member.merged_into IS NULL OR :closed_at <> '') AND (:day IS NULL OR standing.member_id IS NOT NULL)
   AND member.id NOT IN ({SHARING.replace(":day", ":sharing")})
 ORDER BY spent DESC, first_card
"""

WALLETS = """
SELECT member_id, substr(asset.name, 8), sum(quantity) FROM ledger JOIN asset ON asset.id = asset_id
 WHERE asset.name LIKE 'wallet:%' AND booked_on <= :day GROUP BY 1, 2
"""


def table(connection: Connection, question: Question) -> Table:
    """The members, those who spent most first; a household once."""
    page = Page(
        name="members",
        title=phrase("Members"),
        basis=standing_basis(connection, question),
        notes=used_since_said(connection, question),
        empty=phrase("There are no members yet. Bring them in with: loyalty import members FILE"),
    )
    wallets = [purse.name for purse in purses(connection, question) if purse.name]
    values = {"day": question.standing_on, "sharing": question.households_on, "closed_at": question.closed_at}
    found = list(rows_of(connection, SELECT, values))
    shared = any(others for *_, others, _, _ in found)
    booked = wallets_booked(connection, question) if wallets and question.closed_at else None
    columns = [
        *COLUMNS,
        *([HOUSEHOLD] if shared else []),
        *(Column(name=f"wallet_{name}", heading=name, kind="points", total=True) for name in wallets),
    ]
    rows = [
        (
            *(*row, *([others] if shared else [])),
            *(in_wallets(str(state), wallets) if booked is None else (booked[member, name] for name in wallets)),
        )
        for *row, others, member, state in found
    ]
    return tabled(question, page, columns, rows)


def wallets_booked(connection: Connection, question: Question) -> Counter[tuple[Cell, Cell]]:
    """What the books of a closed month say that members hold in each wallet: its standings are kept without states."""
    rows = rows_of(connection, WALLETS, {"day": question.standing_on})
    return Counter({(member, name): int(points or 0) for member, name, points in rows})


def in_wallets(state: str, wallets: list[str]) -> list[int]:
    """What a member's standing holds in each wallet."""
    if not wallets:
        return []
    # Few shops have wallets, and only they need to know what a state is.
    from loyalty_cli.replay.in_snapshot import wallet_balance

    return [wallet_balance(state, name) for name in wallets]
