"""A return: what it takes back of points, rewards and tickets, and what counts off for the tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.replay.plan import amount_for

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.member import Member

RECEIPT = int(Cause.RECEIPT)


def bring_back(member: Member, fact: Return, entries: list[Entry]) -> None:
    """A return: each purchase it touches gives back its share; what no purchase is known for counts today."""
    before = {bought.id: amount_for(0, bought.parts) for bought in member.purchases.by_id.values()}
    touched, unknown = member.purchases.give_back(fact)
    for bought in touched:
        take_back(member, bought.id, fact, entries)
        if member.version.counts(bought.day):
            member.spent -= before[bought.id] - amount_for(0, bought.parts)
        if bought.returned >= bought.paid and not bought.undone:
            bought.undone = True
            member.visits -= 1
        uncount(member, bought.id, fact.day)
    if unknown:
        count_off(member, fact._replace(parts=tuple(unknown)), entries)


def take_back(member: Member, receipt: int, fact: Return, entries: list[Entry]) -> None:
    """Points, rewards and tickets of one purchase, as far as its returns take them."""
    bought = member.purchases.by_id[receipt]
    rewarding = member.versions[bought.version].rewarding
    for rule, earned in bought.earned.items():
        share = bought.share(earned, bought.taken.get(rule, 0))
        if share:
            bought.taken[rule] = bought.taken.get(rule, 0) + share
            debit(member, rule, (RECEIPT, receipt), share, fact, entries)
    for name in rewarding.undone(bought):
        bought.rewards.remove(name)
        for given in rewarding.given[name]:
            if given.asset == "points":
                debit(member, f"rewards.{name}", (RECEIPT, receipt), given.quantity, fact, entries)
            else:
                # The same cause as the gift, so that the coupon of that cause is no longer due.
                entries.append(Entry(f"rewards.{name}", RECEIPT, receipt, given.asset, fact.day, -given.quantity))
    for (name, brought_by), amount in list(member.tickets.brought.items()):
        if brought_by == receipt and name in rewarding.draws:
            draw, bit = rewarding.draws[name]
            left = min(amount, amount_for(bit, bought.parts))
            entries += member.tickets.count(draw, name, left - amount, day=fact.day, receipt=receipt)


def debit(member: Member, rule: str, cause: tuple[int, int], points: int, fact: Return, entries: list[Entry]) -> None:
    """Take points back: pending ones, the lot itself, what lapsed of it, other lots, then as a debt."""
    pending, lapsed = member.lots.take_back(cause, points)
    if pending:
        entries.append(Entry(rule, RECEIPT, fact.id, "pending", fact.day, -pending))
    if points > pending:
        entries.append(Entry(rule, RECEIPT, fact.id, "points", fact.day, pending - points))
    if lapsed:
        # They were gone already: the lapse is undone, so that they are not taken twice.
        entries.append(Entry(LAPSE, RECEIPT, fact.id, "points", fact.day, lapsed))


def uncount(member: Member, receipt: int, day: Day) -> None:
    """A return counts off on the day of its purchase; the tier falls only at a review after the return."""
    bought, climb = member.purchases.by_id[receipt], member.climb
    if climb is None or not bought.measure:
        return
    off = bought.share(bought.measure, bought.unmeasured)
    if member.version.ladder.by == "visits":
        off = off if bought.returned >= bought.paid else 0
    if off:
        bought.unmeasured += off
        climb.count_off(bought.day, off)
        climb.look_sooner(day)


def count_off(member: Member, fact: Return, entries: list[Entry]) -> None:
    """A return whose purchase is not known counts as a purchase below zero, on its own day.

    Nobody knows the tier it was bought at, so the lowest one is taken: otherwise a member who bought less, and so
    stands lower, would keep more points.
    """
    version, day = member.version, fact.day
    points = 0
    if version.promises(day):
        lowest = member.climb.names[0] if member.climb else ""
        moment = member.moment(fact)._replace(tier=lowest)
        for rule, share in version.earning.points(fact.parts, version.earning.holding(moment)):
            points += share
            debit(member, rule, (RECEIPT, fact.id), share, fact, entries)
    if version.counts(day):
        member.spent -= amount_for(0, fact.parts)
        if member.climb and version.ladder.by != "visits":
            member.climb.count(day, -version.ladder.measured(amount_for(version.ladder_bit, fact.parts), points))
            member.climb.look_sooner(day)
