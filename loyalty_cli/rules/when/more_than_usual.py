"""When a member buys more in a calendar month than in their own usual one.

    rewards:
      a good month: {when: {more_than_usual: 10%}, give: {points: 50}}
      a very good one: {when: {more_than_usual: 50%, months: 6, at_least: 100.00}, give: {points: 200}}

The usual month is the mean of so many calendar months before it, those without a purchase among them; who began to buy later
has none yet. Once in each month, with the purchase that reaches it. What was paid for the lines that fit `only:` counts, in the
month it was bought; a return takes it off there, and every month is looked at again.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import Span
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State

YEAR = 12
# A state is [first day of the first month with a purchase, months], each month [first day, what was bought, whether it was reached,
# and how much more and at least an earlier version asked of it].
BEGAN, MONTHS = 0, 1
FIRST, BOUGHT, REACHED, EARLIER = 0, 1, 2, 3


class MoreThanUsual(Watch):
    """A month against the mean of the months before it."""

    short: ClassVar[str] = "more"
    hears_purchases: ClassVar[bool] = True

    more: Percent = Field(description="how much more than in the usual month: 10%")
    months: Whole = Field(3, description="the mean of how many calendar months before is the usual one, 1 to 12")
    at_least: Amount = Field(0, description="what must be bought in the month in any case")

    @field_validator("months")
    @classmethod
    def within_a_year(cls, months: int) -> int:
        """A usual month is that of the last year at most."""
        if not 1 <= months <= YEAR:
            raise refuse("A usual month is not the mean of {number} months.", "Write a number from 1 to 12.", number=months)
        return months

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """Nothing bought yet."""
        return [0, []]

    def kept(self, state: State, until: Day) -> State:
        """The running month and those that it is compared with."""
        return [state[BEGAN], state[MONTHS][-self.months - 1 :]]

    def counts_alike(self, other: Watch) -> bool:
        """The same months are remembered; how much more it must be may differ."""
        return isinstance(other, MoreThanUsual) and self.months == other.months

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """The month has more."""
        first = start_of_month(heard.day)
        months = state[MONTHS]
        if not months or months[-1][FIRST] != first:
            state[BEGAN] = state[BEGAN] or first
            months.append([first, 0, False])
        months[-1][BOUGHT] += heard.amount
        return list(self.comes(state, months[-1]))

    def returned(self, state: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """The month of the purchase has less, and so have the usual ones of the months after it."""
        first = start_of_month(before.day)
        was = [self.comes_to_enough(state, month) for month in state[MONTHS]]
        for month in state[MONTHS]:
            if month[FIRST] == first:
                month[BOUGHT] += (left.amount if left else 0) - before.amount
        for month, enough in zip(state[MONTHS], was, strict=True):
            now = self.comes_to_enough(state, month)
            if now != enough and now != month[REACHED]:
                month[REACHED] = now
                yield Due(Cause.WINDOW, window_cause(month[FIRST], 1), 1 if now else -1)

    def look_again(self, state: State, day: Day, before: Self) -> Iterator[Due]:
        """Months so far keep what was asked of them; the running one has what is asked now, unless it has come to more already."""
        if before.asked != self.asked:
            for month in state[MONTHS]:
                month[EARLIER:] = month[EARLIER:] or before.asked
        for month in state[MONTHS][-1:]:
            if month[FIRST] == start_of_month(day):
                if not month[REACHED] or self.comes_to_enough(state, month[:EARLIER]):
                    del month[EARLIER:]
                yield from self.comes(state, month)

    @property
    def asked(self) -> Sequence[int]:
        """How much more it must be, and at least."""
        return self.more, self.at_least

    def comes(self, state: State, month: list[int]) -> Iterator[Due]:
        """Whether a month has come to enough now."""
        if not month[REACHED] and self.comes_to_enough(state, month):
            month[REACHED] = True
            yield Due(Cause.WINDOW, window_cause(month[FIRST], 1), 1)

    def comes_to_enough(self, state: State, month: Sequence[int]) -> bool:
        """Whether a month has what it must have by what was asked of it."""
        target = self.target(state, month[FIRST], *month[EARLIER:])
        return target is not None and month[BOUGHT] >= target

    def target(self, state: State, first: Day, *earlier: int) -> int | None:
        """What the month that begins on a day must come to, rounded up; None where there is no usual month yet."""
        more, at_least = earlier or self.asked
        begins = add_months(first, -self.months)
        if not state[BEGAN] or state[BEGAN] > begins:
            return None
        usual = sum(month[BOUGHT] for month in state[MONTHS] if begins <= month[FIRST] < first)
        return max(-(-usual * (WHOLE + more) // (self.months * WHOLE)), at_least) if usual > 0 else None

    def progress(self, state: State, day: Day) -> Progress | None:
        """What the month of a day has towards it; nothing once it is reached."""
        first = start_of_month(day)
        target = self.target(state, first)
        month = next((each for each in reversed(state[MONTHS]) if each[FIRST] == first), [first, 0, False])
        if target is None or month[REACHED]:
            return None
        return Progress(max(0, month[BOUGHT]), target, "money", add_months(first, 1) - 1)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.at_least:
            text = "For buying {share} more in a month than in your usual one, and for {amount} or more"
            return phrase(text, share=Share(self.more), amount=money(self.at_least))
        return phrase("For buying {share} more in a month than in your usual one", share=Share(self.more))

    def details(self, _: Callable[[int], Money]) -> Iterable[Phrase]:
        """Which month is the usual one."""
        text = "Your usual month is the mean of the calendar months before it, over {length}."
        yield phrase(text, length=Span(count=self.months, unit="months"))


RULE = MoreThanUsual
