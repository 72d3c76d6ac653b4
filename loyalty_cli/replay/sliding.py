"""Points that lapse when nothing is bought for a time: every purchase gives all of them that time anew.

The last day of a lot is the earlier one of its own and of the time without a purchase, which for points that came after
the last purchase begins with the day from which they can be used. So everything that looks at lots knows nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.lots import CAUSE
from loyalty_cli.replay.lots import EARNED
from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import Lots
from loyalty_cli.replay.lots import NUMBER

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.days import Span


class SlidingLots(Lots):
    """The points of one member under a program, or a version of it, that lets them lapse without a purchase."""

    def __init__(self, rests: Span | None) -> None:
        super().__init__()
        self.rests = rests
        self.active_on: Day = 0
        # What the last day of a lot would be without this, by its number.
        self.own: dict[int, Day] = {}

    def limit(self, own: Day, earned: Day) -> Day:
        """The last day of points with a last day of their own."""
        return own if self.rests is None else min(own, self.rests.after(max(self.active_on, earned)))

    def bought(self, day: Day) -> None:
        """A purchase: the time begins anew."""
        self.active_on = max(self.active_on, day)
        self.look_again(0)

    def look_again(self, day: Day) -> None:
        """The time or the last purchase is another one: the lots' last days follow, never before a day."""
        for lot in self.lots:
            lot[LAST] = max(day, self.limit(self.own[lot[NUMBER]], lot[EARNED]))
        self.lots.sort()

    def credit(self, cause: tuple[int, int], points: int, earned: Day, last: Day) -> None:
        """Usable points come in; a debt is paid first."""
        self.own[self.number + 1] = last
        super().credit(cause, points, earned, self.limit(last, earned))

    def wait(self, cause: tuple[int, int], points: int, *, usable: Day, earned: Day, last: Day) -> None:
        """Points come in that can be used later; until then no time goes by for them."""
        super().wait(cause, points, usable=usable, earned=max(earned, usable), last=last)

    def last_of(self, given: list[int]) -> Day:
        """The last day of points that a lot gave, as it is now."""
        return self.limit(self.own.get(given[NUMBER], given[LAST]), given[EARNED])

    def reinstate(self, given: list[int], points: int, last: Day) -> None:
        """Points that a lot gave come back into it, usable through a day; a debt is paid first."""
        if last > self.last_of(given):
            # A least life: a lot of its own, for which the time without a purchase begins as if it ended with that.
            self.number += 1
            self.given_by(self.source(given)[0])
            self.own[self.number] = max(last, self.own.get(given[NUMBER], last))
            rests_from = self.rests.before(last) if self.rests else last
            given = [given[LAST], rests_from, self.number, *given[CAUSE:]]
        self.own.setdefault(given[NUMBER], last)
        super().reinstate(given, points, last)
