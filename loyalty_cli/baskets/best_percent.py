"""The discount of a basket where only the best of some percents on all goods holds, which needs no look at single lines.

Most programs have no other discounts. Here a basket is its sum, and a hundred thousand of them are priced in a second.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.discounts import discounts_of
from loyalty_cli.model.money import rounded
from loyalty_cli.program.sections import Discounts
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.only import EVERYTHING

if TYPE_CHECKING:
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.program.program import Program

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


def best_percent(program: Program, total: int, shopper: Shopper) -> Best | None:
    """What comes off a basket by its sum before discounts, where `is_best_percent`; of equal ones the first of the file holds."""
    terms, moment = program.discounts or NO_TERMS, shopper.moment
    if not (terms.only.fits_the_member(moment) and terms.only.fits_the_time(moment)):
        return None
    buyer = Buyer(shopper.spent, shopper.visits, total, moment.day, shopper.joined, shopper.by_day)
    best, percent = "", 0
    for name, offer in discounts_of(program, shopper).items():
        only = offer.only
        if only is not EVERYTHING and not (only.fits_the_member(moment) and only.fits_the_time(moment)):
            continue
        own = offer.percent(buyer)
        if own > percent:
            best, percent = name, own
    off = rounded(total * min(percent, terms.never_above), WHOLE, terms.round)
    return Best(best, min(off, total)) if off > 0 else None
