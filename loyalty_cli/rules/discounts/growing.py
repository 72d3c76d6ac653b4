"""A discount that grows with everything the member has bought so far.

    discounts:
      offers:
        growing: {by: spend so far, discount: {2000: 5%, 10000: 8%, 50000: 12%}}
        this year: {by: spend so far, counted_over: 12 months, discount: {1000: 2%}}

The new percent holds from the next purchase. Returns count off. With `counted_over:` only the turnover of that stretch of
days counts: it shrinks again when purchases leave it.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.discounts.offer import Offer
from loyalty_cli.rules.discounts.steps import said_of
from loyalty_cli.rules.discounts.steps import Stepped
from loyalty_cli.rules.discounts.steps import Steps
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import in_its_window
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.discounts.offer import Said

LIFETIME = Window(kind="lifetime")


class Growing(Stepped):
    """Steps by the member's turnover."""

    later: ClassVar[tuple[str, ...]] = (*Offer.later, "counted_over")

    by: Literal["spend so far"] = Field(description="spend so far")
    discount: Steps = Field(description="amounts bought so far with their percents")
    counted_over: CountedOver = Field(LIFETIME, description="the stretch of days whose turnover counts; default: lifetime")

    def looked_at(self, buyer: Buyer) -> int:
        """The turnover."""
        return buyer.spent_over(self.counted_over)

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        steps = said_of(self.discount, money)
        if not self.rises:
            what = in_its_window(phrase("What is off depends on how much you have bought"), self.counted_over)
            return phrase("{what}: {steps}.", what=what, steps=steps)
        if self.counted_over == LIFETIME:
            return phrase("The more you have bought, the more is off: {steps}.", steps=steps)
        what = in_its_window(phrase("The more you have bought"), self.counted_over)
        return phrase("{what}, the more is off: {steps}.", what=what, steps=steps)


RULE = Growing
