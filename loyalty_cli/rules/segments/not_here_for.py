"""Who has not bought anything for so long.

    segments:
      drowsy: {not_here_for: 45 days, not: {not_here_for: 180 days}}
      no tea: {not_here_for: {length: 3 months, only: {categories: [tea]}}}

Who never bought anything is not meant. Goods that come back do not undo the visit.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.condition import OfPurchases
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State
    from loyalty_cli.rules.watch import Heard


class NotHereFor(OfPurchases):
    """So long without a purchase. The state is the day of the last one."""

    short: ClassVar[str] = "length"

    length: Length = Field(description="how long without a purchase: 45 days, 3 months")

    def bought(self, state: State, heard: Heard) -> None:
        """The member is here."""
        state[:] = [heard.day]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether so many days without a purchase are over; else the morning after the last of them."""
        over = self.length.after(state[0]) + 1 if state else NEVER
        if over > at.day:
            return Stands(holds=False, until=over)
        # What is bought on the cards of a household is told to its account.
        return Stands(not at.known.buys_elsewhere(at.day), until=at.known.moves_after(at.day))

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return self.of_which(phrase("no purchase for {length}", length=self.length))


RULE = NotHereFor
