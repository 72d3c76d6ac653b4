"""When purchases together come to an amount within a window.

    rewards:
      spring: {when: {spend: 5000.00, counted_over: calendar month}, give: {points: 200}}
      each thousand: {when: {spend: 1000.00, times: every time}, give: {points: 50}}

Counts what was paid for the lines that fit `only:`. Over the last N days a window is used up: what has brought the reward
does not count for the next one. A return that takes the sum below the amount takes the reward back.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.counted import Counted
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard


class Spend(Counted):
    """Purchases that come to so much together."""

    short: ClassVar[str] = "at_least"

    at_least: Amount = Field(description="what the purchases must come to")

    @property
    def target(self) -> int:
        """The amount."""
        return self.at_least

    def measure(self, heard: Heard) -> int:
        """The money that was paid."""
        return heard.amount

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        once = phrase("For purchases of {amount} together", amount=money(self.at_least))
        each = phrase("For every {amount} of purchases together", amount=money(self.at_least))
        return in_its_window(each if self.times == "every time" else once, self.counted_over)


RULE = Spend
