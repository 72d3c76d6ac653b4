"""Which discounts a member has before there is a basket."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.discounts import discounts_of
from loyalty_cli.baskets.discounts import NO_TERMS
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.offer import Buyer

if TYPE_CHECKING:
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.discounts import Discounts
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.discounts.offer import Offer

TIERS_OWN = phrase("tier discount")


def name_said(name: str) -> str:
    """A discount's name as a column of kind said shows it: that of the tier is ours, all others are the owner's."""
    return kept(TIERS_OWN) if name == TIER_DISCOUNT else name


class Held(NamedTuple):
    """A discount as a member has it before there is a basket: what it is, and whether they have it now."""

    name: str
    offer: Offer
    now: Phrase


def held_by(program: Program, shopper: Shopper) -> list[Held]:
    """Every discount of a program and whether a member has it."""
    terms = program.discounts or NO_TERMS
    return [Held(name, offer, state_of(offer, terms, shopper)) for name, offer in discounts_of(program, shopper).items()]


def state_of(offer: Offer, terms: Discounts, shopper: Shopper) -> Phrase:
    """Whether a member has a discount on a day, as far as that can be said without basket, hour and store."""
    moment = shopper.moment
    anywhere = offer.only.model_copy(update={"hours": None, "stores": ()})
    if not (offer.only.fits_the_member(moment) and terms.only.fits_the_member(moment)):
        by_chance = offer.only.control and offer.only.control.has(moment.chance)
        return phrase("Chance has kept this member out of it.") if by_chance else phrase("It is for other members.")
    if not anywhere.fits_the_time(moment):
        return phrase("It is for another day.")
    buyer = Buyer(spent=shopper.spent, visits=shopper.visits, day=moment.day, joined=shopper.joined, by_day=shopper.by_day)
    if offer.takes != "percent" or offer.asks_the_basket:
        return phrase("It depends on the basket.")
    percent = offer.percent(buyer)
    if not percent:
        return offer.why_nothing(buyer)
    if offer.only.filter or offer.only.hours or offer.only.stores:
        return phrase("{percent} for its goods, hours and stores.", percent=Share(percent))
    return phrase("{percent}%", percent=Percent(percent))
