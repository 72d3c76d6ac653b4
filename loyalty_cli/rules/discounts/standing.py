"""A discount that holds on every purchase, for everybody or for some.

    discounts:
      offers:
        everyone: {discount: 2%}
        pensioners: {discount: 7%, only: {groups: [pensioner]}}

Several discounts go together as `together:` says; the tier's own discount is one of them.
"""

from __future__ import annotations

from pydantic import Field

from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class Standing(Settings):
    """The same percent on every purchase."""

    discount: Percent = Field(description="the percent")
    only: Only = Field(EVERYTHING, description="where it applies")

    def percent(self, *, spent: int, basket: int | None) -> int:
        """Basis points off."""
        return self.discount


RULE = Standing
