"""Points for every so much paid.

    points:
      earn:
        basic: {points: 1, for_every: 10.00}
        thread: {points: 2, for_every: 10.00, only: {categories: [thread]}}

Counts what was paid after discounts, without the part paid by coupon or points. Rounded once for the whole receipt.
"""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field
from pydantic import field_validator

from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Factor
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.earn.contribution import Contribution
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class PerAmount(Settings):
    """Points for every so much paid."""

    points: Factor = Field(description="how many points")
    for_every: Amount = Field(description="for how much money paid")
    only: Only = Field(EVERYTHING, description="where it applies")

    @field_validator("for_every")
    @classmethod
    def not_nothing(cls, amount: int) -> int:
        """Points for every 0.00 would never end."""
        if not amount:
            raise refuse("0 would give points without end.", "Write an amount such as {example}.", example="10.00")
        return amount

    def contribution(self) -> Contribution:
        """So many points for each minor unit."""
        return Contribution(per_unit=Fraction(self.points) / self.for_every)


RULE = PerAmount
