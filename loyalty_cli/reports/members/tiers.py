"""How many members each tier has, what they spend, and the points they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import shared
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import ladder
from loyalty_cli.reports.standings import POINTS_LEFT
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.reports.standings import used_since_said
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-closed", "as-of", "dates", "standings"})

COLUMNS = (
    Column(name="tier", heading="Tier"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="discount", heading="Discount from", kind="percent"),
)

COUNTED = {
    "spend": Column(name="counted", heading="Counts for the tier", kind="money", total=True),
    "points": Column(name="counted", heading="Counts for the tier", kind="points", total=True),
    "visits": Column(name="counted", heading="Counts for the tier", kind="count", total=True),
}

# A household is one member, on the tier of its account; what those who share it had and bought before is its own, too.
SELECT = f"""
SELECT account.tier, sum(account_id IS NULL), sum(standing.spent), sum({POINTS_LEFT}), min(account.discount),
       sum(iif(account_id IS NULL, standing.qualifying, 0)) AS counted
  FROM standing JOIN member ON member.id = standing.member_id AND (member.merged_into IS NULL OR :closed_at <> '')
       LEFT JOIN household ON household.member_id = standing.member_id AND from_day <= :sharing
         AND coalesce(until_day, :sharing) >= :sharing
       JOIN standing AS account ON account.member_id = coalesce(account_id, standing.member_id)
 WHERE account.tier <> ''
 GROUP BY account.tier
 ORDER BY counted / sum(account_id IS NULL), account.tier
"""


def table(connection: Connection, question: Question) -> Table:
    """The tiers from the lowest up, those without members too."""
    page = Page(
        name="tiers",
        title=phrase("Tiers"),
        basis=standing_basis(connection, question),
        empty=phrase("The program has no tiers, or nothing has been worked out yet."),
        notes=[
            *used_since_said(connection, question),
            *(phrase("{name}: {what}", name=name, what=tuple(what)) for name, what in question.shop.benefits.items()),
        ],
    )
    return tabled(question, page, columns_for(question), rows(connection, question))


def columns_for(question: Question) -> Sequence[Column]:
    """The columns; what counts for a tier is money, points or visits, as the program says."""
    return (*COLUMNS[:3], COUNTED[question.shop.tiers_by], *COLUMNS[3:])


def rows(connection: Connection, question: Question) -> list[tuple[Cell, ...]]:
    """A row for each tier; the shares add up to 100 %."""
    values = {"day": question.standing_on, "sharing": question.households_on, "closed_at": question.closed_at}
    found = {str(row[0]): row[1:] for row in rows_of(connection, SELECT, values)}
    names = [name for name in ladder(connection, question) if found]
    names += [name for name in found if name not in names]
    figures = [found.get(name, (0, 0, 0, None, 0)) for name in names]
    shares = shared(WHOLE, [int(each[0] or 0) for each in figures])
    return [
        (name, members, share, counted, spent, points, discount)
        for name, share, (members, spent, points, discount, counted) in zip(names, shares, figures, strict=True)
    ]
