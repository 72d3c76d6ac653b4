"""Who has bought on at least so many days.

    segments:
      regulars: {visits: {at_least: 6, counted_over: 3 months}}
      nobody yet: {not: {visits: 1}}

A day counts once, however many receipts it has; a purchase that came back whole does not count.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.condition import BEFORE
from loyalty_cli.rules.condition import Counting
from loyalty_cli.rules.condition import ROW_COUNT
from loyalty_cli.rules.condition import ROW_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import State
    from loyalty_cli.rules.watch import Heard


class Visits(Counting):
    """Days with a purchase. A row counts its receipts; that of all the days before counts days."""

    short: ClassVar[str] = "at_least"

    at_least: Whole = Field(description="on how many days at least: 6")

    @property
    def enough(self) -> int:
        """So many days."""
        return self.at_least

    def measure(self, _: Heard) -> int:
        """One receipt."""
        return 1

    def worths(self, state: State) -> list[int]:
        """One for each day of which a receipt is left."""
        return [row[ROW_COUNT] if row[ROW_DAY] == BEFORE else int(row[ROW_COUNT] > 0) for row in state]

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        text = "purchases on at least {count} day", "purchases on at least {count} days"
        return self.in_window(phrase(*text, count=self.at_least))


RULE = Visits
