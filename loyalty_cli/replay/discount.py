"""Which percents a member has, and how they go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.program.program import Program
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
    if not member.version.personal_offers:
        return tier_discount(member)
    moment = Moment(member.until, 0, "", member.tier, member.groups_on(member.until), member.known.birthday)
    percents = [
        offer.percent(spent=member.spent, basket=None)
        for offer in member.version.personal_offers
        if not offer.only.of_the_member or offer.only.fits_the_member(moment)
    ]
    return together(member.version.program, [tier_discount(member), *percents])


def tier_discount(member: Member) -> int:
    """The discount of the member's tier."""
    percent: int = member.climb.ladder.ladder[member.tier].discount if member.climb else 0
    return percent


def together(program: Program, percents: Sequence[int]) -> int:
    """Percents as the program puts them together; without a discounts block the best one holds."""
    if program.discounts is None:
        return combined(percents, "best", 10_000)
    return combined(percents, program.discounts.together, program.discounts.never_above)
