"""Who has spent at least so much.

    segments:
      tea lovers: {spend: {at_least: 300.00, counted_over: 6 months, only: {categories: [tea]}}}
      buyers: {spend: 500.00}

What was returned is not spent. The window ends with the day before.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.condition import Counting

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard


class Spend(Counting):
    """Money spent."""

    short: ClassVar[str] = "at_least"

    at_least: Amount = Field(description="how much at least: 300.00")

    @property
    def enough(self) -> int:
        """The amount."""
        return self.at_least

    def measure(self, heard: Heard) -> int:
        """The money that fits."""
        return heard.amount

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return self.in_window(phrase("at least {amount} spent", amount=money(self.at_least)))


RULE = Spend
