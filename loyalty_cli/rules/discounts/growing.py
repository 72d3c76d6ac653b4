"""A discount that grows with everything the member has bought so far.

    discounts:
      offers:
        growing: {by: spend so far, discount: {2000: 5%, 10000: 8%, 50000: 12%}}

The new percent holds from the next purchase. Returns count off.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.discounts.steps import reached
from loyalty_cli.rules.discounts.steps import Steps
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class Growing(Settings):
    """Steps by the member's turnover."""

    by: Literal["spend so far"] = Field(description="spend so far")
    discount: Steps = Field(description="amounts bought so far with their percents")
    only: Only = Field(EVERYTHING, description="where it applies")

    def percent(self, *, spent: int, basket: int | None) -> int:
        """Basis points off."""
        return reached(self.discount, spent)


RULE = Growing
