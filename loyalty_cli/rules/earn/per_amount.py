"""Points for every so much paid.

    points:
      earn:
        basic: {points: 1, for_every: 10.00}
        thread: {points: 2, for_every: 10.00, only: {categories: [thread]}}
        small baskets: {points: 1, for_every: 20.00, steps: full, basket_below: 500.00}
        large baskets: {points: 10, for_every: 200.00, steps: full, basket_at_least: 500.00}

Counts what was paid after discounts, without the part paid by coupon or points. Rounded once for the whole receipt.
With `steps: exact` 7.00 at 10 for every 2.00 are 35 points ("5 points for every 1.00"), with `steps: full` they are 30
("10 points for every full 2.00"). Below `basket_at_least` of what fits `only:`, and from `basket_below` on, the rule gives
nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Factor
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.earn.contribution import completed
from loyalty_cli.rules.earn.contribution import Contribution
from loyalty_cli.rules.earn.contribution import EarnRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PerAmount(EarnRule):
    """Points for every so much paid."""

    later: ClassVar[tuple[str, ...]] = (*EarnRule.later, "steps", "basket_at_least", "basket_below", "counts_for_tier", "into")

    points: Factor = Field(description="how many points")
    for_every: Amount = Field(description="for how much money paid")
    steps: Literal["exact", "full"] = Field(
        "exact", description="exact: a part of the amount gives its part of the points; full: only full amounts count"
    )

    @field_validator("for_every")
    @classmethod
    def not_nothing(cls, amount: int) -> int:
        """Points for every 0.00 would never end."""
        if not amount:
            raise refuse("0 would give points without end.", "Write an amount such as {example}.", example="10.00")
        return amount

    def contribution(self) -> Contribution:
        """So many points for each minor unit."""
        return self.adding(
            per_unit=Fraction(self.points) / self.for_every,
            step=self.for_every if self.steps == "full" else 0,
        )

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have; half a point for 1.00 is a point for 2.00."""
        points, every = self.points.as_integer_ratio()
        if self.steps == "exact":
            said = phrase(
                "{count} point for every {amount}; a part of it gives its part.",
                "{count} points for every {amount}; a part of it gives its part.",
                count=points,
                amount=money(self.for_every * every),
            )
        elif every == 1:
            said = phrase(
                "{count} point for every full {amount}.",
                "{count} points for every full {amount}.",
                count=points,
                amount=money(self.for_every),
            )
        else:
            said = phrase("Points for every full {amount}: {points}.", amount=money(self.for_every), points=f"{points}/{every}")
        return completed(said, self, money)

    def reckoned(self, money: Callable[[int], Money], looked_at: int, points: int) -> Phrase:
        """What it made of a receipt, with the rate."""
        each, every = self.points.as_integer_ratio()
        return phrase(
            "{count} point for every {amount}: {points} of {money}.",
            "{count} points for every {amount}: {points} of {money}.",
            count=each,
            amount=money(self.for_every * every),
            points=points,
            money=money(looked_at),
        )


RULE = PerAmount
