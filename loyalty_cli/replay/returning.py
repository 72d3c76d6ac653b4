"""A return takes back what the returned goods gave: points of each rule, rewards, tickets, what counts for the tier.

Points used on the receipt come back in proportion, into the lots they were taken from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import PUT_BACK
from loyalty_cli.model.entry import REINSTATE
from loyalty_cli.replay.caps import less
from loyalty_cli.replay.debiting import debit
from loyalty_cli.replay.debiting import Taking
from loyalty_cli.replay.holding import let_purchase_go
from loyalty_cli.replay.plan import amount_for
from loyalty_cli.replay.purchases import Unmatched
from loyalty_cli.replay.rewards import reward_return
from loyalty_cli.replay.wallets import taken_from_wallet

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Payment
    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.caps import Shares
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.purchases import Matched

RECEIPT = int(Cause.RECEIPT)


def bring_back(member: Member, fact: Return, entries: list[Entry]) -> None:
    """A return: each purchase it touches gives back its share; what no purchase is known for counts today."""
    for payment in fact.unpaid:
        put_back(member, payment, fact, entries)
    matched = member.purchases.give_back(fact, by_line=member.version.program.returns_by_line)
    if matched.unfit:
        member.unfit.append((fact.id, matched.unfit))
    for bought in matched.touched:
        take_back(member, bought, fact, entries)
        reinstate(member, bought, fact, entries)
        off = bought.unspend()
        if member.version.counts(bought.day):
            member.spend(bought.day, -off)
        if bought.whole and not bought.undone:
            bought.undone = True
            member.visits -= 1
            rest_again(member, fact.day)
        uncount(member, bought, fact.day)
        if member.segmented:
            member.segmented.returned(bought)
    if matched.unknown:
        count_off(member, fact, matched, entries)


def rest_again(member: Member, day: Day) -> None:
    """A purchase came back whole: the time without one is as it would have been, but for the days that are over."""
    if member.sliding:
        kept = (bought.day for bought in member.purchases.by_id.values() if not bought.undone)
        member.sliding.active_on = max(kept, default=0)
        member.sliding.look_again(day)


def reinstate(member: Member, bought: Bought, fact: Return, entries: list[Entry]) -> None:
    """What paid a part of the purchase comes back with the goods: points into their lots with their last days, a voucher's money.

    A lot that has lapsed meanwhile lapses again at once, unless the program gives what comes back a least life. Only a
    return that names its receipt gives anything back: any other was matched by a guess.
    """
    for payment in bought.payments if bought.named_back else ():
        money = share_back(bought, payment.redemption, payment.amount) if payment.voucher else 0
        points = share_back(bought, payment.redemption, payment.points) if payment.redemption in member.uses else 0
        put_back(member, payment._replace(points=points, amount=money), fact, entries)


def put_back(member: Member, payment: Payment, fact: Return, entries: list[Entry]) -> None:
    """So much of what paid comes back: money on a voucher, points into their lots."""
    day, points = fact.day, payment.points
    if payment.voucher and payment.amount:
        entries.append(Entry(REINSTATE, RECEIPT, fact.id, PUT_BACK + payment.voucher, day, payment.amount))
    given = member.uses.get(payment.redemption)
    if given is None or not points:
        return
    lots = member.used_from.get(payment.redemption, member.lots)
    entries.append(Entry(REINSTATE, RECEIPT, fact.id, lots.asset, day, points))
    least = member.version.least_day(day)
    # All of it first: a lot that comes back pays no debt that ends with others of them.
    for lot, part in list(lots.refilled(given, points)):
        last = max(lots.last_of(lot), least)
        if last < day:
            lots.lapsed[lots.source(lot)] += part
            entries.append(Entry(LAPSE, RECEIPT, fact.id, lots.asset, day, -part))
        else:
            lots.reinstate(lot, part, last)


def share_back(bought: Bought, redemption: int, used: int) -> int:
    """The share of what was used on a purchase that belongs to what came back, less what has come back before.

    A later return may have rows above zero alone, which undo a discount: what has come back by then stays.
    """
    price, before = bought.price, bought.reinstated.get(redemption, 0)
    whole = used * min(bought.named_back, price) // price if price else 0
    bought.reinstated[redemption] = whole = max(before, whole)
    return whole - before


def take_back(member: Member, bought: Bought, fact: Return, entries: list[Entry]) -> None:
    """Points, rewards and tickets of one purchase, as far as its returns take them."""
    version, taking = member.versions[bought.version], Taking(fact.day, fact.id)
    for other, shares in points_moved(member, bought, fact.day):
        life = member.versions[other.version].life(other.day)
        debit(member.lots, (RECEIPT, other.id), shares, taking, entries, life)
        if other is not bought:
            uncount(member, other, fact.day)
    for wallet in version.wallets if bought.purses else ():
        if wallet.name in bought.purses:
            purse, shares = member.purses.of(wallet.name), taken_from_wallet(wallet, bought)
            debit(purse, (RECEIPT, bought.id), shares, taking, entries, wallet.life(bought.day))
    reward_return(member, bought, fact, entries)
    for name, (_, bit) in version.rewarding.draws.items():
        amount = member.tickets.brought.get((name, bought.id))
        if amount is not None:
            left = min(amount, bought.kept(bit))
            entries += member.tickets.count(version, name, left - amount, day=fact.day, receipt=bought.id)


def points_moved(member: Member, bought: Bought, day: Day) -> list[tuple[Bought, Shares]]:
    """What a purchase gives up by rule; under a cap also what others get, and what is taken for returns of no known purchase."""
    due = points_back(member, bought)
    if not member.versions[bought.version].most:
        before, bought.taken = bought.taken, due
        return [(bought, less(due, before))]
    backs = member.caps.unmatched[start_of_month(bought.day)]
    measured = [(back, measure_of_unmatched(member, back)) for back in backs]
    moved = member.caps.make_room(bought, due, member.versions)
    for back, was in measured:
        count_otherwise(member, back.moment.day, measure_of_unmatched(member, back) - was, day)
    return moved


def points_back(member: Member, bought: Bought) -> dict[str, int]:
    """The points that what came back so far gave, by rule; never more than the purchase gave."""
    earning = member.versions[bought.version].earning
    back = {} if bought.whole else dict(earning.points_of_some(bought.some_back, bought.held, of=bought.some))
    return dict(bought.earned) if bought.whole or sum(back.values()) >= sum(bought.earned.values()) else back


def uncount(member: Member, bought: Bought, day: Day) -> None:
    """A return counts off on the day of its purchase; the tier falls only at a review after the return."""
    climb, version = member.climb, member.version
    if climb and climb.holds:
        let_purchase_go(climb, bought.id, bought.kept(version.ladder_bit), day)
    if climb is None or bought.measure is None:
        return
    counts = version.measure_left(bought, member.versions[bought.version].earning)
    off = bought.measure - bought.unmeasured - counts
    bought.unmeasured += off
    count_otherwise(member, bought.day, off, day)


def count_otherwise(member: Member, counted: Day, off: int, day: Day) -> None:
    """So much less counts towards the tier for a day, as another one shows."""
    if member.climb and off:
        member.climb.count_off(counted, off)
        member.climb.look_sooner(day)


def count_off(member: Member, fact: Return, matched: Matched, entries: list[Entry]) -> None:
    """A return whose purchase is not known counts as a purchase below zero, on its own day.

    Nobody knows the tier it was bought at, so the lowest one is taken: otherwise a member who bought less, and so
    stands lower, would keep more points.
    """
    version, day, moment = member.version, fact.day, member.moment(fact)
    taking = Taking(day, fact.id)
    parts, units = matched.unknown, matched.units
    unmatched = Unmatched(moment, version.index, parts, units, 0)
    if version.promises(day):
        lowest = member.climb.names[0] if member.climb else ""
        earning = version.earning
        unmatched.held = earning.filled(member.holding(earning, moment, day, lowest), parts)
        unmatched.gave = unmatched.taken = earning.points(parts, unmatched.held, units)
        if version.most:
            member.caps.cut_off(unmatched, version.most)
        debit(member.lots, (RECEIPT, fact.id), unmatched.taken, taking, entries)
        for wallet in version.wallets:
            held_there = wallet.earning.filled(member.holding(wallet.earning, moment, day, lowest), parts)
            shares = wallet.earning.points(parts, held_there, units)
            debit(member.purses.of(wallet.name), (RECEIPT, fact.id), shares, taking, entries)
        for name, amount in version.rewarding.drawn(moment, parts):
            entries += member.tickets.count(version, name, -amount, day=day, receipt=fact.id, store=fact.store)
    if version.counts(day):
        member.spend(day, -amount_for(0, parts))
    member.purchases.unmatched.append(unmatched)
    measure = measure_of_unmatched(member, unmatched)
    if member.climb and (measure or version.most):
        # Under a cap it may take something later that it does not take now.
        member.climb.count(day, -measure)
        member.climb.look_sooner(day)


def measure_of_unmatched(member: Member, back: Unmatched) -> int:
    """What a return of no known purchase takes off the ladder of the version in force."""
    version = member.version
    ladder = version.ladder
    if ladder is None or ladder.by == "visits" or not version.counts(back.moment.day) or not ladder.only.holds(back.moment):
        return 0
    earning = member.versions[back.version].earning
    return version.measured(back.parts, earning.counted(back.taken), back.held, back.units, earning)
