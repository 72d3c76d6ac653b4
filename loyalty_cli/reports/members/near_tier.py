"""Who is near the next tier, and who is about to lose the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.store.by_hand import ERASED
from loyalty_cli.store.members.households import SHARING
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Kind
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-closed", "as-of", "dates", "limit", "standings", "within"})

# The unit of what is missing is the measure that the program's tiers go by.
KINDS: dict[str, Kind] = {"spend": "money", "points": "points", "visits": "count"}


def columns_by(measure: str) -> Sequence[Column]:
    """The columns for tiers that go by this measure."""
    return (
        Column(name="card", heading="Card", kind="code"),
        Column(name="name", heading="Name"),
        Column(name="tier", heading="Tier"),
        Column(name="chance", heading="Chance", kind="word"),
        Column(name="missing", heading="Missing", kind=KINDS[measure]),
        Column(name="next_tier", heading="Next tier"),
        Column(name="until", heading="Until", kind="day"),
        Column(name="last_visit", heading="Last visit", kind="day"),
    )


COLUMNS = columns_by("spend")

# qualifying + missing is what the next tier asks for.
SELECT = f"""
WITH chance AS (
  SELECT member_id, 1 AS part, 'can rise' AS what, missing AS lacks, next_tier AS goal, NULL AS until
    FROM standing
   WHERE next_tier <> '' AND missing > 0 AND missing * 100 <= :within * (qualifying + missing)
  UNION ALL
  SELECT member_id, 2, 'may drop', keep_missing, '', keep_until
    FROM standing
   WHERE keep_until IS NOT NULL AND keep_missing > 0
)
SELECT {CARD} AS first_card,
       member.name, standing.tier, what, lacks, goal, chance.until, standing.last_on
  FROM chance JOIN standing USING (member_id)
       JOIN member ON member.id = chance.member_id AND (member.merged_into IS NULL OR :closed_at <> '')
 WHERE member_id NOT IN ({SHARING}) AND member_id NOT IN ({ERASED})
 ORDER BY part, chance.until, lacks, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """Those who can rise with the least missing first, then those who may drop with the nearest day first."""
    page = Page(
        name="near-tier",
        title=phrase("Near another tier"),
        basis=standing_basis(connection, question),
        empty=phrase("Nobody is near another tier."),
        notes=[
            phrase(
                "Can rise: at most {within} of what the next tier asks for is missing. "
                "May drop: so much is missing to keep the tier after the day given.",
                within=Share(100 * question.within),
            )
        ],
    )
    values = {"within": question.within, "day": question.households_on, "closed_at": question.closed_at}
    return tabled(question, page, columns_by(question.shop.tiers_by), rows_of(connection, SELECT, values))
