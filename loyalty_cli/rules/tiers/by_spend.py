"""Tiers by money paid within the window.

    tiers:
      by: spend
      counted_over: 12 months
      going_down: one step
      ladder:
        guest: {at_least: 0}
        friend: {at_least: 1000.00, discount: 5%}
        patron: {at_least: 5000.00, one_purchase: 2000.00, discount: 8%}
        circle: {best: 50, of_each: calendar quarter, benefits: [free hemming]}

What was paid after discounts, without the part paid by coupon or points; returns count off the purchase they belong to.
`one_purchase` opens a tier at once, for as long as that purchase counts. The `best` of a period have their tier through the
next one: they are told once, by the first recalculation after the period, and what comes in later changes nothing.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.tiers.ladder import Ladder
from loyalty_cli.rules.tiers.ladder import no_floor
from loyalty_cli.rules.tiers.ladder import Rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class SpendRung(Rung):
    """A tier by money paid within the window."""

    at_least: Amount = Field(default_factory=no_floor, description="money paid within the window")


class BySpend(Ladder):
    """A ladder by money paid within the window."""

    in_money: ClassVar[bool] = True

    by: Literal["spend"] = Field(description="spend")
    ladder: dict[str, SpendRung] = Field(description="the tiers from the lowest to the highest")

    def measured(self, amount: int, points: int) -> int:
        """What a purchase counts towards the next tier."""
        return amount

    def counts(self) -> Phrase:
        """What a tier goes by, before the window is said."""
        return phrase("Your tier goes by what you have paid")

    def floor_said(self, amount: int, money: Callable[[int], Money]) -> Phrase:
        """What must be reached for a tier."""
        return phrase("from {amount} on", amount=money(amount))


RULE = BySpend
