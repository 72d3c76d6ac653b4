"""How a member stands at the end of a day: a cache that can be thrown away and worked out again."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day


class Standing(NamedTuple):
    """One member's standing; money in minor units, discount in basis points.

    `missing` is what the next tier still needs, `keep_missing` what is needed until `keep_until` to stay.
    `due_on` is the next day on which something changes though nothing is imported.
    """

    until: Day
    tier: str
    tier_since: Day | None
    next_tier: str
    missing: int | None
    keep_until: Day | None
    keep_missing: int | None
    points: int
    pending: int
    debt: int
    lapsing: int
    lapse_on: Day | None
    qualifying: int
    spent: int
    visits: int
    discount: int
    first_on: Day | None
    last_on: Day | None
    due_on: Day
