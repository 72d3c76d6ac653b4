"""A discount that grows with the member's visits.

    discounts:
      offers:
        regulars: {by: visits so far, discount: {10: 3%, 50: 5%}}

A visit is a receipt. The new percent holds from the next purchase: with `{10: 3%}` the eleventh has it.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.discounts.steps import counts_said
from loyalty_cli.rules.discounts.steps import CountSteps
from loyalty_cli.rules.discounts.steps import Stepped

if TYPE_CHECKING:
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.discounts.offer import Said


class ByVisits(Stepped):
    """Steps by the number of visits."""

    too_little: ClassVar[Phrase] = phrase("There have been too few visits for it.")
    too_much: ClassVar[Phrase] = phrase("There have been too many visits for it.")

    by: Literal["visits so far"] = Field(description="visits so far")
    discount: CountSteps = Field(description="numbers of visits with their percents")

    def looked_at(self, buyer: Buyer) -> int:
        """The visits."""
        return buyer.visits

    def announced(self, _: Said) -> Phrase:
        """The sentence that a poster would have."""
        steps = counts_said(self.discount)
        if self.rises:
            return phrase("The more often you have come, the more is off: {steps}.", steps=steps)
        return phrase("What is off depends on how often you have come: {steps}.", steps=steps)


RULE = ByVisits
