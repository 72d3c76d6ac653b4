"""Some days before a coupon lapses that the member has not used.

    coupons: {next visit: {worth: 20.00, valid_for: 30 days}}
    rewards: {big basket: {when: {one_purchase: 100.00}, give: {coupon: next visit}}}
    messages:
      use it: {when: {coupon_lapses: 5 days before}, purpose: service, text: "Your coupon {coupons} is good until {coupon_day}."}

Once for each coupon; of one that lives shorter than that, when it is issued. Who has used it by then is not told, nor is whoever
uses it before the message goes.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch
from loyalty_cli.rules.yearly import Beside

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import InHand
    from loyalty_cli.rules.watch import State

NUMBER, LAST, TELL = 0, 1, 2


class CouponLapses(Watch):
    """A coupon lapses soon. The state is a list of coupons: the number, the last day, the day on which to tell it (NEVER: told)."""

    short: ClassVar[str] = "day"

    day: Beside = Field(description="how long before its last day: 5 days before")
    coupons: Names = Field((), description="only coupons of these names")

    @field_validator("day")
    @classmethod
    def before(cls, beside: int) -> int:
        """Afterwards it is too late."""
        if beside >= 0:
            raise refuse("By then it has lapsed.", "Write {example}.", example="5 days before")
        return beside

    @property
    def hears_assets(self) -> frozenset[str]:
        """Coupons that come into the member's hand and leave it."""
        return frozenset({IN_HAND})

    def coupon_came(self, state: State, coupon: InHand) -> None:
        """It is told on its day, or at once where that has passed; what is known stays as it is."""
        state[:] = [own for own in state if own[LAST] >= coupon.day]
        known = any(own[NUMBER] == coupon.number for own in state)
        if not known and coupon.last >= coupon.day and (not self.coupons or coupon.name in self.coupons):
            state.append([coupon.number, coupon.last, max(coupon.last + self.day, coupon.day)])

    def coupon_left(self, state: State, number: int) -> None:
        """Nothing is left to tell; what was told is remembered, for the coupon may come back."""
        state[:] = [own for own in state if own[NUMBER] != number or own[TELL] == NEVER]

    def next_day(self, state: State) -> Day:
        """The first day on which to tell one."""
        return min((own[TELL] for own in state), default=NEVER)

    def came(self, state: State, day: Day) -> Iterator[Due]:
        """The coupon is the cause."""
        for own in state:
            if own[TELL] <= day:
                own[TELL] = NEVER
                if own[LAST] >= day:
                    yield Due(Cause.COUPON, own[NUMBER], 1)

    def carried_over(self, state: State, old: State) -> None:
        """What was told is not told again."""
        state[:] = [own for own in old if own[TELL] == NEVER]

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("{count} day before a coupon lapses", "{count} days before a coupon lapses", count=-self.day)


RULE = CouponLapses
