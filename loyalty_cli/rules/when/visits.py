"""When a member has come so many times within a window.

    rewards:
      ten visits: {when: {visits: 10, times: every time}, give: {points: 80}}
      four days: {when: {visits: 4, a_visit_is: a day, counted_over: calendar month}, give: {points: 100}}
      first purchase: {when: {visits: 1, only: {stores: [Market]}}, give: {points: 20}}

A visit is a receipt, or a day with at least one. With an `only:` for goods it needs some of them. A receipt that comes back
whole was no visit.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.counted import Counted
from loyalty_cli.rules.counted import LAST
from loyalty_cli.rules.counted import THINGS
from loyalty_cli.rules.counted import WINDOWS
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State


class Visits(Counted):
    """So many visits."""

    short: ClassVar[str] = "count"
    unit: ClassVar[str] = "visits"

    count: Whole = Field(description="how many visits")
    a_visit_is: Literal["a receipt", "a day"] = Field("a receipt", description="what a visit is")
    basket_at_least: Amount = Field(0, description="the smallest receipt that is a visit")

    @property
    def target(self) -> int:
        """The number of visits."""
        return self.count

    def counts_alike(self, other: object) -> bool:
        """The same window and the same idea of a visit."""
        alike = super().counts_alike(other)  # type: ignore[arg-type]
        return alike and (self.a_visit_is, self.basket_at_least) == (other.a_visit_is, other.basket_at_least)  # type: ignore[attr-defined]

    @cached_property
    def one_a_day(self) -> bool:
        """Whether a day is one visit."""
        return self.a_visit_is == "a day"

    def measure(self, heard: Heard) -> int:
        """One visit, if the receipt is large enough."""
        return int(heard.amount >= (self.basket_at_least or heard.filtered))

    @property
    def tells_apart(self) -> bool:
        """Days are told apart, so that several receipts of one are one visit."""
        return self.one_a_day

    def things(self, heard: Heard) -> Sequence[tuple[str, int]]:
        """The day of the visit."""
        return [(str(heard.day), self.measure(heard))]

    def kept(self, state: State, until: Day) -> State:
        """The running window with its last day."""
        kept = super().kept(state, until)
        if kept and self.one_a_day and not self.rolling:
            kept[WINDOWS] = [[*window[:THINGS], dict(list(window[THINGS].items())[-1:]), window[LAST]] for window in kept[WINDOWS]]
        return kept

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.times == "every time":
            said = phrase("For every {count} visit", "For every {count} visits", count=self.count)
        else:
            said = phrase("For {count} visit", "For {count} visits", count=self.count)
        return in_its_window(said, self.counted_over)

    def details(self, money: Callable[[int], Money]) -> Iterator[Phrase]:
        """What counts as a visit."""
        if self.one_a_day:
            yield phrase("A day counts once, however often you come.")
        if self.basket_at_least:
            yield phrase("A purchase counts from {amount} on.", amount=money(self.basket_at_least))


RULE = Visits
