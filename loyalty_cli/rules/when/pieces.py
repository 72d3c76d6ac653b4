"""When a member has bought so many pieces, litres or kilograms: stamp cards.

    rewards:
      tenth coffee: {when: {units: 9, times: every time, only: {products: [coffee]}}, give: {points: 12}}
      flour: {when: {units: 10, counted_over: calendar month, only: {categories: [flour]}}, give: {points: 50}}

Counts the quantity of the lines that fit `only:`. A piece that was given away for nothing brings no stamp. A return takes the
stamps of its goods off again.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.counted import Counted
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard


class Units(Counted):
    """So many pieces, litres or kilograms."""

    short: ClassVar[str] = "count"
    unit: ClassVar[str] = "units"
    counts_units: ClassVar[bool] = True

    count: Whole = Field(description="how many pieces, litres or kilograms")

    @property
    def target(self) -> int:
        """The quantity in thousandths."""
        return self.count * PIECE

    def measure(self, heard: Heard) -> int:
        """The quantity in thousandths."""
        return heard.units

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.times == "every time":
            said = phrase("For every {count} piece bought", "For every {count} pieces bought", count=self.count)
        else:
            said = phrase("For {count} piece bought", "For {count} pieces bought", count=self.count)
        return in_its_window(said, self.counted_over)


RULE = Units
