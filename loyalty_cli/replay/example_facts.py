"""A worked example as the facts that replay reads: of the member, of friends and of others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import HELD
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.facts import EVENT
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
from loyalty_cli.model.money import shared
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.replay.receipts import less

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Fact
    from loyalty_cli.program.example_buyers import ExampleBuyer
    from loyalty_cli.program.example_buyers import ExampleLine
    from loyalty_cli.program.example_buyers import ExampleMember
    from loyalty_cli.program.example_buyers import ExamplePurchase
    from loyalty_cli.program.example_buyers import ExampleReturn
    from loyalty_cli.program.examples import Example
    from loyalty_cli.program.examples import ExampleUse
    from loyalty_cli.replay.plan import Plan

# The member's number in an example; friends and others follow.
MEMBER = 1


def everybody(example: Example, plan: Plan) -> dict[int, MemberFacts]:
    """All people of an example by their numbers: the member, then friends, who were brought by the member, then others."""
    member = facts_of(example, plan)._replace(referred_by=int(example.member.referred))
    people = [member]
    for buyer in (*example.friends, *example.others):
        facts = sorted(receipts_of(buyer, plan), key=lambda fact: fact[:4])
        people.append(known_of(len(people) + 1, buyer, facts))
    friends = range(MEMBER + 1, MEMBER + 1 + len(example.friends))
    return {each.member: each._replace(referred_by=MEMBER) if each.member in friends else each for each in people}


def receipts_of(buyer: Example | ExampleBuyer, plan: Plan, uses: Sequence[ExampleUse] = ()) -> list[Fact]:
    """Purchases, on some of which `uses` of points pay, and returns; receipts without a number get one of their own."""
    numbers = {bought.receipt: number for number, bought in enumerate(buyer.purchases, 1) if bought.receipt}
    facts: list[Fact] = [purchase(number, bought, plan, uses) for number, bought in enumerate(buyer.purchases, 1)]
    for number, back in enumerate(buyer.returns, len(facts) + 1):
        facts.append(returned(number, back, plan, numbers.get(back.of)))
    return facts


def known_of(number: int, member: ExampleMember, facts: list[Fact]) -> MemberFacts:
    """A member with facts."""
    birthday, name_day = ((date_of(day).month, date_of(day).day) if day else None for day in (member.birthday, member.name_day))
    recorded = member.joined or birthday or name_day or member.groups
    return MemberFacts(
        member=number,
        facts=facts,
        joined=member.joined,
        birthday=birthday,
        name_day=name_day,
        groups=tuple(InGroup(name, 0, NEVER) for name in member.groups),
        cards=member.cards,
        since=facts[0].day if facts and not recorded else 0,
    )


def facts_of(example: Example, plan: Plan) -> MemberFacts:
    """The example's facts in their order."""
    facts = receipts_of(example, plan, example.points_used)
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
        return (Item(0, plan.class_of("", ""), bought.paid or 0, bought.paid or 0, PIECE if bought.paid else 0),)
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


def purchase(number: int, bought: ExamplePurchase, plan: Plan, uses: Sequence[ExampleUse]) -> Purchase:
    """A purchase of an example."""
    items = items_of(bought, plan)
    parts = Counter[int]()
    for item in items:
        parts[item.class_] += item.money
    amount = sum(item.money for item in items)
    units = tuple((item.class_, item.quantity) for item in items)
    # In the order in which the shop's books have them: where a coin can not be halved, the first one has it.
    by_class = tuple(sorted(parts.items()))
    whole = Purchase(bought.on, bought.at, PURCHASE, number, bought.store, amount, by_class, items, units=units)
    payments = by_points(number, bought, plan, uses)
    payments += [Payment(-number, 0, amount, name) for name, amount in bought.paid_by_voucher.items()]
    if bought.paid_by_coupon is not None:
        payments.append(Payment(-number, 0, bought.paid_by_coupon))
    return less(whole, payments, 0) if payments else whole


def by_points(number: int, bought: ExamplePurchase, plan: Plan, uses: Sequence[ExampleUse]) -> list[Payment]:
    """What points paid of a purchase; those of `uses` that name it come back with its goods."""
    own = [(place, use) for place, use in enumerate(uses, 1) if use.receipt and use.receipt == bought.receipt]
    if not own:
        return [] if bought.paid_by_points is None else [Payment(-number, 1, bought.paid_by_points)]
    program = plan.in_force(bought.on)
    pay = [program.points_pay(use.points, use.wallet) for _, use in own]
    if bought.paid_by_points is not None:
        pay = shared(bought.paid_by_points, [use.points for _, use in own])
    return [Payment(place, use.points, amount) for (place, use), amount in zip(own, pay, strict=True)]


def returned(number: int, back: ExampleReturn, plan: Plan, sale: int | None) -> Return:
    """A return of an example."""
    return Return(back.on, back.at, RETURN, number, back.store, items_of(back, plan), sale)
