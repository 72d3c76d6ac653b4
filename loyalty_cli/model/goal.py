"""A goal of the shop: what is measured, and the percent it shall reach or stay below."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Measure = Literal["turnover_with_card", "receipts_with_card", "come_back", "active", "cost_below"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`target` in basis points; `within` the days in which who bought first shall come back."""

    name: str
    measure: Measure
    target: int
    within: int = 60

    @property
    def below(self) -> bool:
        """Whether it is reached from above."""
        return self.measure == "cost_below"

    def reached(self, value: int) -> bool:
        """Whether a value is where it shall be: at least the target, or below it."""
        return value < self.target if self.below else value >= self.target


def goals_kept(goals: Sequence[Goal]) -> str:
    """Goals as JSON, for reports."""
    return json.dumps([asdict(goal) for goal in goals], ensure_ascii=False)


def goals_from(kept: str) -> list[Goal]:
    """What was kept; a shop may have none.

    >>> goals_from(goals_kept([Goal(name="a", measure="active", target=3000)]))
    [Goal(name='a', measure='active', target=3000, within=60)]
    """
    return [Goal(**said) for said in json.loads(kept or "[]")]
