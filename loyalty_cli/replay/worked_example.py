"""Replaying one worked example of a program, and what comes out differently."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import HELD
from loyalty_cli.model.entry import PUT_BACK
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.model.facts import InGroup
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import Payment
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.examples import Difference
from loyalty_cli.replay.receipts import less

if TYPE_CHECKING:
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.program.examples import Example
    from loyalty_cli.program.examples import ExampleFriend
    from loyalty_cli.program.examples import ExampleLine
    from loyalty_cli.program.examples import ExampleMember
    from loyalty_cli.program.examples import ExamplePurchase
    from loyalty_cli.program.examples import ExampleReturn
    from loyalty_cli.program.examples import Then
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.replayer import Replayed
    from loyalty_cli.replay.replayer import Replayer


ONE = 1000
# The numbers of members in an example, and a time after all times of a day.
MEMBER, FIRST_FRIEND = 1, 2
AFTER_THE_DAY = 86_400


class Played(NamedTuple):
    """An example replayed: the member, and the friends whom the member brought."""

    member: Replayed
    friends: tuple[Replayed, ...]


def played(example: Example, replayer: Replayer) -> Played:
    """Replay the friends, and then the member with what they hand over."""
    friends = tuple(
        replayer.replay(facts_of_friend(number, friend, replayer.plan), example.until)
        for number, friend in enumerate(example.friends, FIRST_FRIEND)
    )
    facts = facts_of(example, replayer.plan)
    handed = [
        HandedOver(told.day, AFTER_THE_DAY, HANDED_OVER, friend.member.known.member, told.reward, told.times)
        for friend in friends
        for told in friend.member.memories.told
        if told.to
    ]
    known = facts._replace(facts=sorted((*facts.facts, *handed), key=lambda fact: fact[:4]), referred_by=int(example.member.referred))
    return Played(replayer.replay(known, example.until), friends)


def differences(example: Example, played: Played) -> list[Difference]:
    """What an example says otherwise than replay."""
    found = different_things(("then",), example.then, played.member)
    for index, (then, friend) in enumerate(zip(example.then.friends, played.friends)):
        found += different_things(("then", "friends", index), then, friend)
    return found


def different_things(path: tuple[str | int, ...], then: Then, replayed: Replayed) -> list[Difference]:
    """What one of them should have otherwise."""
    held: Counter[str] = Counter()
    for entry in replayed.entries:
        held[entry.asset] += entry.quantity
    standing = replayed.standing
    found = [
        Difference((*path, name), expected, getattr(standing, name))
        for name in ("points", "pending", "tier", "discount", "spent")
        if (expected := getattr(then, name)) is not None and expected != getattr(standing, name)
    ]
    for section, expected_of in {**then.held, "put_back": then.put_back or {}}.items():
        # The ledger calls one of them by the singular: `badge:regular` is among the badges.
        prefix = PUT_BACK if section == "put_back" else f"{section.removesuffix('s')}:"
        for name, expected in expected_of.items():
            if held[prefix + name] != expected:
                found.append(Difference((*path, section, name), expected, held[prefix + name]))
    return found


def facts_of_friend(number: int, friend: ExampleFriend, plan: Plan) -> MemberFacts:
    """What is known of a friend whom the example's member brought."""
    facts = sorted(receipts_of(friend, plan), key=lambda fact: fact[:4])
    return known_of(number, friend, facts)._replace(referred_by=MEMBER)


def receipts_of(buyer: Example | ExampleFriend, plan: Plan) -> list[Fact]:
    """Purchases and returns; receipts without a number get one of their own."""
    numbers = {bought.receipt: number for number, bought in enumerate(buyer.purchases, 1) if bought.receipt}
    facts: list[Fact] = [purchase(number, bought, plan) for number, bought in enumerate(buyer.purchases, 1)]
    for number, back in enumerate(buyer.returns, len(facts) + 1):
        facts.append(returned(number, back, plan, numbers.get(back.of)))
    return facts


def known_of(number: int, member: ExampleMember, facts: list[Fact]) -> MemberFacts:
    """A member with facts."""
    birthday, name_day = ((date_of(day).month, date_of(day).day) if day else None for day in (member.birthday, member.name_day))
    return MemberFacts(
        member=number,
        facts=facts,
        joined=member.joined,
        birthday=birthday,
        name_day=name_day,
        groups=tuple(InGroup(name, 0, NEVER) for name in member.groups),
        cards=member.cards,
    )


def facts_of(example: Example, plan: Plan) -> MemberFacts:
    """The example's facts in their order."""
    facts = receipts_of(example, plan)
    for number, use in enumerate(example.points_used, 1):
        facts.append(Redemption(use.on, use.at, REDEMPTION, number, use.points, 0, use.wallet, use.gift))
    for number, tier in enumerate(example.tiers_given, 1):
        facts.append(Adjustment(tier.on, 0, ADJUSTMENT, number, f"{HELD}{tier.tier}", 1, tier.until))
    for number, event in enumerate(example.events, len(example.tiers_given) + 1):
        facts.append(Adjustment(event.on, 0, ADJUSTMENT, number, EVENT + event.event, 1, opinion=event.opinion or ""))
    for number, coupon in enumerate(example.coupons_issued, 1):
        in_hand = number, IN_HAND + coupon.coupon
        facts.append(Adjustment(coupon.on, 0, ADJUSTMENT, *in_hand, 1, coupon.until))
        if coupon.gone is not None:
            facts.append(Adjustment(coupon.gone, 0, ADJUSTMENT, *in_hand, -1, coupon.until))
    for number, asked in enumerate(example.consents_asked, 1):
        facts.append(Adjustment(asked.on, 0, ADJUSTMENT, number, ASKED + asked.channel, 1))
    return known_of(MEMBER, example.member, sorted(facts, key=lambda fact: fact[:4]))


def items_of(bought: ExamplePurchase | ExampleReturn, plan: Plan) -> tuple[Item, ...]:
    """The lines with the class of their product; products are told apart by code and category."""
    if not bought.lines:
        return (Item(0, plan.class_of("", ""), bought.paid or 0, bought.paid or 0, ONE if bought.paid else 0),)
    return tuple(
        Item(
            product_of(line),
            plan.class_of(line.product, line.category, reduced=line.discount > 0),
            line.paid,
            line.paid,
            line.quantity if line.paid else 0,
        )
        for line in bought.lines
    )


def product_of(line: ExampleLine) -> int:
    """A number for a product; 0 where the line says nothing of it."""
    return hash((line.product, line.category)) if line.product or line.category else 0


def purchase(number: int, bought: ExamplePurchase, plan: Plan) -> Purchase:
    """A purchase of an example."""
    items = items_of(bought, plan)
    parts = Counter[int]()
    for item in items:
        parts[item.class_] += item.money
    amount = sum(item.money for item in items)
    units = tuple((item.class_, item.quantity) for item in items)
    whole = Purchase(bought.on, bought.at, PURCHASE, number, bought.store, amount, tuple(parts.items()), items, units=units)
    payments = [
        Payment(-number, points, amount)
        for points, amount in ((1, bought.paid_by_points), (0, bought.paid_by_coupon))
        if amount is not None
    ]
    payments += [Payment(-number, 0, amount, name) for name, amount in bought.paid_by_voucher.items()]
    return less(whole, payments, 0) if payments else whole


def returned(number: int, back: ExampleReturn, plan: Plan, sale: int | None) -> Return:
    """A return of an example."""
    return Return(back.on, back.at, RETURN, number, back.store, items_of(back, plan), sale)
