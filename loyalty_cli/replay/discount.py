"""Which percents a member has, and how they go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.apart import apart
from loyalty_cli.rules.discounts.offer import Buyer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import Any

    from loyalty_cli.program.sections import Discounts
    from loyalty_cli.replay.member import Member


def combined(percents: Sequence[int], together: str, ceiling: int) -> int:
    """Several percents as one, in basis points, never above the ceiling.

    `one after another` takes each from what the one before left: 10 % and 5 % are 14.5 %. Rounded down once.
    """
    if together == "best":
        whole = max(percents, default=0)
    elif together == "add":
        whole = sum(percents)
    else:
        left, scale = 1, 1
        for percent in percents:
            left, scale = left * (10_000 - percent), scale * 10_000
        whole = (scale - left) * 10_000 // scale
    return min(whole, ceiling)


def personal_discount(member: Member) -> int:
    """The percent a member has on any purchase: their tier's, and offers that ask nothing of basket or hour."""
    version = member.version
    offers, program = version.personal_offers, version.program
    if not offers:
        return tier_discount(member)
    terms = program.discounts
    if version.offers_ask_the_member:
        moment = member.moment_of(member.until)
        if terms and not terms.only.fits_the_member(moment):
            return 0
        offers = {name: offer for name, offer in offers.items() if offer.only.fits_the_member(moment)}
    buyer = buyer_of(member)
    percents = {TIER_DISCOUNT: tier_discount(member)}
    for name, offer in offers.items():
        percents[name] = offer.percent(buyer)
    if terms is None:
        return combined(list(percents.values()), "best", 10_000)
    if not version.offers_part:
        return combined(list(percents.values()), terms.together, terms.never_above)
    return together(terms, program.offers, percents)


def buyer_of(member: Member) -> Buyer:
    """What discounts may know of a member before there is a basket."""
    return Buyer(
        spent=member.spent,
        visits=member.visits,
        day=member.until,
        joined=member.known.joined or member.version.program.starts,
        by_day=tuple(member.by_day.items()),
    )


def tier_discount(member: Member) -> int:
    """The discount of the member's tier."""
    percent: int = member.climb.ladder.ladder[member.climb.tier].discount if member.climb else 0
    return percent


def together(terms: Discounts, offers: Mapping[str, Any], percents: Mapping[str, int]) -> int:
    """Percents as the program puts them together: of those that never go together the best choice."""

    def never(one: str, other: str) -> bool:
        return any(b in offers[a].never_with for a, b in ((one, other), (other, one)) if a in offers)

    return max(in_groups(terms, offers, {name: percents[name] for name in names}) for names in apart(list(percents), never))


def in_groups(terms: Discounts, offers: Mapping[str, Any], percents: Mapping[str, int]) -> int:
    """Percents put together within their groups, and then with each other, in the order of the file."""
    named: dict[str, list[int]] = {}
    rows: list[tuple[str, int]] = []
    for name, percent in percents.items():
        group = offers[name].group if name in offers else ""
        if group not in named:
            rows.append((group, percent))
        elif not group:
            rows.append(("", percent))
        named.setdefault(group, []).append(percent)
    whole = [
        combined(named[group], terms.groups[group].together, terms.groups[group].never_above)
        if group in terms.groups
        else percent
        for group, percent in rows
    ]
    return combined(whole, terms.together, terms.never_above)
