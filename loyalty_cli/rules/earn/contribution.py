"""What an earn rule adds to a receipt's points; every kind of earn rule gives one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.only import Only


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Exact points: for each minor unit paid, for the receipt as a whole, and a factor on what stands above the rule.

    `step` counts only whole steps of so much money (0: every minor unit); below `basket_at_least` the rule gives nothing.
    """

    per_unit: Fraction = Fraction(0)
    per_receipt: Fraction = Fraction(0)
    factor: Fraction = Fraction(1)
    step: int = 0
    basket_at_least: int = 0


class EarnRule(Protocol):
    """A kind of earn rule."""

    @property
    def only(self) -> Only:
        """Where it applies."""

    def contribution(self) -> Contribution:
        """What it adds."""

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
