"""Which percents a member has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.offer import Buyer

if TYPE_CHECKING:
    from loyalty_cli.replay.member import Member


def personal_discount(member: Member) -> int:
    """The percent a member has on any purchase: their tier's, and offers that ask nothing of basket or hour."""
    version = member.version
    offers, program = version.personal_offers, version.program
    terms = program.discounts
    if not offers or terms is None:
        return tier_discount(member)
    if version.offers_ask_the_member:
        moment = member.moment_of(member.until)
        if not terms.only.fits_the_member(moment):
            return 0
        offers = {name: offer for name, offer in offers.items() if offer.only.fits_the_member(moment)}
    buyer = buyer_of(member)
    percents = {TIER_DISCOUNT: tier_discount(member)}
    for name, offer in offers.items():
        percents[name] = offer.percent(buyer)
    return terms.of_offers(percents, program.offers) if version.offers_part else terms.of([*percents.values()])


def buyer_of(member: Member) -> Buyer:
    """What discounts may know of a member before there is a basket."""
    return Buyer(
        spent=member.spent,
        visits=member.visits,
        day=member.until,
        joined=member.anchor,
        by_day=tuple(member.by_day.items()),
    )


def tier_discount(member: Member) -> int:
    """The discount of the member's tier."""
    percent: int = member.climb.ladder.ladder[member.climb.tier].discount if member.climb else 0
    return percent
