"""How each goal is measured, in basis points for each of the last thirteen times four weeks; None where nothing can be measured.

To add a measure: its word in model/goal.py and program/blocks/goals.py, its formula and its function here.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reports.asked import PERIOD
from loyalty_cli.reports.asked import PERIODS
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.money.rewards import cost_of_rewards
from loyalty_cli.reports.visits import purchases
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.goal import Goal
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.store.reading import Connection

Course = list[int | None]
"""Its values, the oldest first."""

# Three times four weeks: who buys now and then does so in twelve weeks.
ACTIVE_PERIODS = 3
WITH_CARD = """
SELECT (:last - day) / :period, sum(iif(member_id IS NULL, 0, total)), sum(total),
       sum(member_id IS NOT NULL AND total + returned > 0), sum(total + returned > 0)
  FROM receipt WHERE gone = 0 AND day BETWEEN :first AND :last GROUP BY 1
"""


class Measured(NamedTuple):
    """A measure: what is divided by what, and its course."""

    formula: Phrase
    course: Callable[[Connection, Asked, Goal], Course]


def span(asked: Asked) -> dict[str, int]:
    """The days of all periods as a SELECT takes them."""
    return {"last": asked.last, "first": asked.last - PERIOD * PERIODS + 1, "period": PERIOD}


def ratios(parts: Mapping[int, tuple[int, int]]) -> Course:
    """Part of whole for each period by how many periods it lies back; None of nothing."""
    return [share_of(*parts[back]) if back in parts and parts[back][1] > 0 else None for back in range(PERIODS - 1, -1, -1)]


def turnover_with_card(connection: Connection, asked: Asked, _goal: Goal) -> Course:
    """Turnover of members by all turnover, returns taken off."""
    return ratios({int(row[0] or 0): (int(row[1] or 0), int(row[2] or 0)) for row in rows_of(connection, WITH_CARD, span(asked))})


def receipts_with_card(connection: Connection, asked: Asked, _goal: Goal) -> Course:
    """Receipts of members by all receipts that sold something."""
    return ratios({int(row[0] or 0): (int(row[3] or 0), int(row[4] or 0)) for row in rows_of(connection, WITH_CARD, span(asked))})


def come_back(connection: Connection, asked: Asked, goal: Goal) -> Course:
    """Who bought again in time, of those whose time was over in each four weeks."""
    parts: dict[int, tuple[int, int]] = {}
    for own in purchases(connection, asked.last).days.values():
        first = min(own)
        back = (asked.last - goal.within - first) // PERIOD
        came, all_of_them = parts.get(back, (0, 0))
        parts[back] = came + any(first < day <= first + goal.within for day in own), all_of_them + 1
    return ratios(parts)


def active(connection: Connection, asked: Asked, _goal: Goal) -> Course:
    """Members who bought in the twelve weeks that end with each four weeks, by all who ever bought until then."""
    lately: Counter[int] = Counter()
    known: Counter[int] = Counter()
    for own in purchases(connection, asked.last).days.values():
        bought = {(asked.last - day) // PERIOD for day in own}
        lately.update({back - later for back in bought for later in range(ACTIVE_PERIODS)})
        known[max(bought)] += 1
    return ratios({back: (lately[back], sum(known[place] for place in known if place >= back)) for back in range(PERIODS)})


def cost_below(connection: Connection, asked: Asked, _goal: Goal) -> Course:
    """What the rewards given in four weeks cost as they are expected to be used, as `report money` has it, by members' turnover."""
    turnover = {int(row[0] or 0): int(row[1] or 0) for row in rows_of(connection, WITH_CARD, span(asked))}
    spans = {back: (asked.last - PERIOD * (back + 1) + 1, asked.last - PERIOD * back) for back in sorted(turnover)}
    costs = cost_of_rewards(connection, asked.question, list(spans.values()))
    return ratios({back: (cost, turnover[back]) for back, cost in zip(spans, costs, strict=True)} if costs is not None else {})


MEASURES: Mapping[str, Measured] = {
    "turnover_with_card": Measured(phrase("turnover with a card, by all turnover of the four weeks"), turnover_with_card),
    "receipts_with_card": Measured(phrase("receipts with a card, by all receipts of the four weeks"), receipts_with_card),
    "come_back": Measured(phrase("of those who first bought so many days ago, who bought again within these days"), come_back),
    "active": Measured(phrase("members who bought in twelve weeks, by all who ever bought"), active),
    "cost_below": Measured(
        phrase("what the rewards given in the four weeks cost as report money expects them to be used, by members' turnover"), cost_below
    ),
}


def mean(values: Sequence[int | None]) -> float | None:
    """The mean of what is known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
