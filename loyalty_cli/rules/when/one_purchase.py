"""When one purchase comes to an amount.

    rewards:
      coupon for 500: {when: {one_purchase: 500.00}, give: {points: 50}}
      small basket: {when: {one_purchase: {at_least: 100.00, below: 500.00}}, give: {points: 5}}

      for every hundred: {when: {one_purchase: {for_every: 100.00}}, give: {points: 10}}

Counts what was paid for the lines that fit `only:`. A return that takes the purchase below the amount takes the
reward back.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import AtLeast
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State


class OnePurchase(Watch):
    """A purchase of at least so much, and below so much if that is said; or one for every so much of it."""

    short: ClassVar[str] = "at_least"
    hears_purchases: ClassVar[bool] = True
    later: ClassVar[tuple[str, ...]] = ("for_every",)

    at_least: AtLeast = Field(1, description="the smallest purchase that counts; `any` for every one")
    below: Amount | None = Field(None, description="the purchase must be smaller than this")
    for_every: Amount | None = Field(None, description="given as often as this amount is in the purchase")

    @model_validator(mode="after")
    def in_order(self) -> OnePurchase:
        """The upper end must lie above the lower."""
        if self.below is not None and self.below <= self.at_least:
            raise refuse("`below` is not above `at_least`.", "Write the larger amount behind below.")
        if self.for_every == 0:
            raise refuse("for_every is an amount above zero.", "Write one such as 100.00.")
        return self

    @property
    def several(self) -> bool:
        """Once for every so much of the purchase."""
        return self.for_every is not None

    def times(self, amount: int) -> int:
        """How often a purchase of this much brings the reward."""
        if amount < self.at_least:
            return 0
        return amount // self.for_every if self.for_every else 1

    def bought(self, _: State, heard: Heard) -> Sequence[Due]:
        """The purchase itself is the cause."""
        times = self.times(heard.amount)
        if not times or (self.below is not None and heard.amount >= self.below):
            return ()
        return (Due(Cause.RECEIPT, heard.id, times),)

    def all_bought(self, state: State, row: Sequence[Heard]) -> Sequence[tuple[int, Sequence[Due]]]:
        """Each for itself; most are too small."""
        return super().all_bought(state, [heard for heard in row if heard.amount >= self.at_least])

    def returned(self, _: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """Below the amount it no longer counts; a return never brings a purchase into the amounts."""
        fewer = self.times(before.amount) - (self.times(left.amount) if left else 0)
        if fewer > 0:
            yield Due(Cause.RECEIPT, before.id, -fewer)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.for_every:
            return phrase("For every {amount} of a purchase", amount=money(self.for_every))
        if self.below is not None:
            return phrase("For a purchase from {least} to below {most}", least=money(self.at_least), most=money(self.below))
        if self.at_least <= 1:
            return phrase("For every purchase")
        return phrase("For a purchase from {least} on", least=money(self.at_least))


RULE = OnePurchase
