"""The coupons that a member holds, where rewards hear of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.replay.feeding import hearing
from loyalty_cli.rules.watch import InHand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.replay.rewarded import Rewarded


def reward_coupon(member: Rewarded, fact: Adjustment) -> None:
    """A coupon came into the member's hand or left it."""
    coupons = member.memories.coupons
    if fact.quantity > 0 and fact.last is not None:
        coupons[fact.id] = InHand(fact.id, fact.asset.removeprefix(IN_HAND), fact.last, fact.day)
        tell_coupons(member, fact.day, [coupons[fact.id]])
        return
    coupons.pop(fact.id, None)
    for watched in member.version.rewarding.by_asset.get(IN_HAND, ()):
        watched.when.coupon_left(member.memories.of(watched, member.known).state, fact.id)


def tell_coupons(member: Rewarded, day: Day, coupons: Iterable[InHand]) -> None:
    """Rewards that wait for the last days of coupons are told which there are."""
    for watched, memory in hearing(member, IN_HAND, day):
        for coupon in coupons:
            watched.when.coupon_came(memory.state, coupon._replace(day=day))
        if watched.waits:
            member.wake = min(member.wake, member.memories.expect(watched.when.next_day(memory.state)))
