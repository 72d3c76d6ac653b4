"""A ladder with tiers for the best of a period: what counts is added up by period, too."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.replay.qualifying import Climb

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.rules.window import Window


class RankedClimb(Climb):
    """One member's place on such a ladder. `periods` is what counted, by kind of period and its first day."""

    def __init__(self, ladder: Any, anchor: Day) -> None:
        super().__init__(ladder, anchor)
        self.kinds: dict[str, Window] = {rung.of_each: rung.period for _, rung in ladder.of_the_best}
        self.periods: dict[tuple[str, Day], int] = {}

    def count(self, day: Day, measure: int) -> None:
        """Something counts from a day on, the latest so far; below zero if its purchase is not known."""
        super().count(day, measure)
        self.add(day, measure)

    def count_off(self, day: Day, measure: int) -> None:
        """A return counts off on the day of its purchase, if that day still matters."""
        super().count_off(day, measure)
        self.add(day, -measure)

    def add(self, day: Day, measure: int) -> None:
        """It counts in the periods the day lies in."""
        for kind, window in self.kinds.items():
            key = kind, window.first_day(day, 0)
            self.periods[key] = self.periods.get(key, 0) + measure

    def recent(self, day: Day) -> list[list[Any]]:
        """The periods that may still be ranked after a day: its own and the one before."""
        return [
            [kind, first, measure]
            for (kind, first), measure in self.periods.items()
            if first >= self.kinds[kind].first_day(self.kinds[kind].first_day(day, 0) - 1, 0)
        ]
