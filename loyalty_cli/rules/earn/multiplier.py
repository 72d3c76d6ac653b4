"""Multiplies the points that the rules above it give, where its filter fits.

    points:
      earn:
        basic: {points: 1, for_every: 10.00}
        advent: {multiply: 3, only: {dates: 2026-12-01 to 2026-12-24, categories: [thread]}}

Two multipliers that both fit multiply each other. The receipt is rounded once, at the end. A multiplier for some
products or categories leaves points for the visit alone: with `hello: {points: 5, for_each: visit}` above it, thread for
20.00 in advent gives 2 x 3 + 5 = 11 points. A multiplier for everything multiplies them, too.
With `basket_at_least` and `basket_below` it works on receipts of such amounts alone.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Factor
from loyalty_cli.rules.earn.contribution import completed
from loyalty_cli.rules.earn.contribution import Contribution
from loyalty_cli.rules.earn.contribution import EarnRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Multiplier(EarnRule):
    """Multiplies what stands above it."""

    later: ClassVar[tuple[str, ...]] = (*EarnRule.later, "basket_at_least", "basket_below", "counts_for_tier", "into")

    multiply: Factor = Field(description="by how much: 2, 1.5")

    def contribution(self) -> Contribution:
        """The factor."""
        return self.adding(factor=self.multiply)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        said = phrase("{factor} times the points above.", factor=Figure(round(self.multiply * 1000)))
        return completed(said, self, money)

    def reckoned(self, money: Callable[[int], Money], looked_at: int, points: int) -> Phrase:
        """What it made of a receipt, with the factor."""
        return phrase("Times {factor}, points more: {points}.", factor=Figure(round(self.multiply * 1000)), points=points)


RULE = Multiplier
