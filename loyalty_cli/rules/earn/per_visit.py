"""Points for each visit, whatever was bought.

    points:
      earn:
        hello: {points: 5, for_each: visit, basket_at_least: 20.00}

A visit is a receipt. It counts when its lines that fit `only:` come to at least `basket_at_least` and
to less than `basket_below`.

Goods that come back take their share of its points along.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Factor
from loyalty_cli.rules.earn.contribution import completed
from loyalty_cli.rules.earn.contribution import Contribution
from loyalty_cli.rules.earn.contribution import EarnRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PerVisit(EarnRule):
    """Points for each receipt."""

    later: ClassVar[tuple[str, ...]] = (*EarnRule.later, "basket_below", "counts_for_tier", "into")

    points: Factor = Field(description="how many points")
    for_each: Literal["visit"] = Field(description="visit")
    basket_at_least: Amount = Field(1, description="the smallest receipt that counts")

    def contribution(self) -> Contribution:
        """So many points for the receipt."""
        return replace(self.adding(per_receipt=self.points), basket_at_least=max(1, self.basket_at_least))

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        points, visits = self.points.as_integer_ratio()
        said = (
            phrase("{count} point for every visit.", "{count} points for every visit.", count=points)
            if visits == 1
            else phrase("Points for every visit: {points}.", points=f"{points}/{visits}")
        )
        return completed(said, self, money)

    def reckoned(self, money: Callable[[int], Money], looked_at: int, points: int) -> Phrase:
        """What it made of a receipt, with the rate."""
        return phrase("{what} Here: {points}.", what=self.announced(money), points=points)


RULE = PerVisit
