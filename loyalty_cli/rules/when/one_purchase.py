"""When one purchase comes to an amount.

    rewards:
      coupon for 500: {when: {one_purchase: 500.00}, give: {points: 50}}
      small basket: {when: {one_purchase: {at_least: 100.00, below: 500.00}}, give: {points: 5}}

Counts what was paid for the lines that fit `only:`. A return that takes the purchase below the amount takes the
reward back.
"""

from __future__ import annotations

from typing import Annotated
from typing import ClassVar

from pydantic import Field
from pydantic import model_validator
from pydantic import PlainValidator
from pydantic import ValidationInfo

from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import read_amount
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import refuse


def read_at_least(value: object, info: ValidationInfo) -> int:
    """An amount, or `any` purchase."""
    return 1 if value == "any" else read_amount(value, info)


AtLeast = Annotated[
    int, Unit("money"), PlainValidator(read_at_least), as_text(r"^(any|\d+(\.\d+)?)$", "an amount, or any")
]


class OnePurchase(Settings):
    """A purchase of at least so much, and below so much if that is said."""

    short: ClassVar[str] = "at_least"
    by_purchase: ClassVar[bool] = True

    at_least: AtLeast = Field(1, description="the smallest purchase that counts; `any` for every one")
    below: Amount | None = Field(None, description="the purchase must be smaller than this")

    @model_validator(mode="after")
    def in_order(self) -> OnePurchase:
        """The upper end must lie above the lower."""
        if self.below is not None and self.below <= self.at_least:
            raise refuse("`below` is not above `at_least`.", "Write the larger amount behind below.")
        return self

    def happens(self, amount: int) -> bool:
        """Whether a purchase of this much starts the reward."""
        return amount >= self.at_least and (self.below is None or amount < self.below)


RULE = OnePurchase
