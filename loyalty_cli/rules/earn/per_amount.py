"""Points for every so much paid.

    points:
      earn:
        basic: {points: 1, for_every: 10.00}
        thread: {points: 2, for_every: 10.00, only: {categories: [thread]}}
        large baskets: {points: 10, for_every: 200.00, steps: full, basket_at_least: 500.00}

Counts what was paid after discounts, without the part paid by coupon or points. Rounded once for the whole receipt.
With `steps: exact` 7.00 at 10 for every 2.00 are 35 points ("5 points for every 1.00"), with `steps: full` they are 30
("10 points for every full 2.00"). Below `basket_at_least` of what fits `only:` the rule gives nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar
from typing import Literal

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

    later: ClassVar[tuple[str, ...]] = ("steps", "basket_at_least")

    points: Factor = Field(description="how many points")
    for_every: Amount = Field(description="for how much money paid")
    steps: Literal["exact", "full"] = Field(
        "exact", description="exact: a part of the amount gives its part of the points; full: only full amounts count"
    )
    basket_at_least: Amount = Field(0, description="the smallest receipt that counts")
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
        return Contribution(
            per_unit=Fraction(self.points) / self.for_every,
            step=self.for_every if self.steps == "full" else 0,
            basket_at_least=self.basket_at_least,
        )


RULE = PerAmount
