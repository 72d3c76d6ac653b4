"""The discount of a basket where only the best of some percents on all goods holds, which needs no look at single lines.

Most programs have no other discounts. Here a basket is its sum, and a hundred thousand of them are priced in a second.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.program.sections import Discounts
from loyalty_cli.rules.only import EVERYTHING

if TYPE_CHECKING:
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.only import Moment

WHOLE = 10_000
NO_TERMS = Discounts(offers={})


class Best(NamedTuple):
    """The discount that holds, and what it takes off."""

    name: str
    amount: int


def is_best_percent(program: Program) -> bool:
    """Whether a program's discounts are nothing but percents on all goods, of which the best holds."""
    terms = program.discounts or NO_TERMS
    if terms.together != "best" or terms.at_most or terms.never_below or terms.only.filter:
        return False
    return all(
        offer.takes == "percent" and not (offer.group or offer.never_with or offer.at_most or offer.only.filter)
        for offer in program.offers.values()
    )


class BestPercent:
    """The discounts of a program where `is_best_percent`, made ready for very many baskets."""

    def __init__(self, program: Program) -> None:
        self.terms = program.discounts or NO_TERMS
        self.offers = program.offers
        self.ladder = program.ladder.ladder if program.ladder else {}
        # Whether anything is asked of the moment or the member; most often nothing is.
        self.asks = self.terms.only is not EVERYTHING or any(offer.only is not EVERYTHING for offer in self.offers.values())

    def of(self, buyer: Buyer, tier: str, moment: Moment | None) -> Best | None:
        """What comes off a basket by its sum before discounts; of equal ones the tier's holds, then the first of the file.

        `moment` may be missing where nothing is asked of it.
        """
        if moment and not (self.terms.only.fits_the_member(moment) and self.terms.only.fits_the_time(moment)):
            return None
        best, percent = TIER_DISCOUNT, self.ladder[tier].discount if tier in self.ladder else 0
        for name, offer in self.offers.items():
            only = offer.only
            if moment and only is not EVERYTHING and not (only.fits_the_member(moment) and only.fits_the_time(moment)):
                continue
            own = offer.percent(buyer)
            if own > percent:
                best, percent = name, own
        total = buyer.basket or 0
        off = rounded(total * min(percent, self.terms.never_above), WHOLE, self.terms.round) if percent else 0
        return Best(best, min(off, total)) if off > 0 else None
