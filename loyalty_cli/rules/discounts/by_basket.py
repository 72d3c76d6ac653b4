"""A discount by the size of this one basket.

    discounts:
      offers:
        big basket: {by: this basket, discount: {1500: 5%, 2500: 8%}}

The basket is counted before discounts; a step holds at its very amount.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.discounts.steps import reached
from loyalty_cli.rules.discounts.steps import Steps
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class ByBasket(Settings):
    """Steps by the amount of the basket before discounts."""

    by: Literal["this basket"] = Field(description="this basket")
    discount: Steps = Field(description="basket amounts with their percents")
    only: Only = Field(EVERYTHING, description="where it applies")

    def percent(self, *, spent: int, basket: int | None) -> int:
        """Basis points off; nothing is known before there is a basket."""
        return 0 if basket is None else reached(self.discount, basket)


RULE = ByBasket
