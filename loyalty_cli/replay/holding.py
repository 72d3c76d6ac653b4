"""Tiers that a member holds through a day, whatever counts: for one large purchase, by hand, as one of the best of a period.

A large purchase holds its tier for as long as it counts in the ladder's window. If too little of it is left after a return,
the tier goes at the next review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import HELD

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.replay.qualifying import Climb
    from loyalty_cli.rules.give.given import Given

RECEIPT, BY_HAND = int(Cause.RECEIPT), int(Cause.ADJUSTMENT)


def rung_of(climb: Climb, amount: int) -> int:
    """The highest rung that one purchase of an amount opens, or 0."""
    return max((rank for least, rank in climb.ladder.opened_by_purchase if amount >= least), default=0)


def hold_for(climb: Climb, receipt: int, amount: int, day: Day) -> list[list[int]]:
    """What a purchase of a day holds: its tier for as long as it counts; nothing where it opens none."""
    rank = rung_of(climb, amount)
    last = NEVER if climb.ladder.stays else climb.window.leaves(day, climb.anchor)
    return [[rank, last if last >= NEVER else last - 1, RECEIPT, receipt]] if rank else []


def let_purchase_go(climb: Climb, receipt: int, left: int, day: Day) -> None:
    """After a return: a tier that what is left would not open goes at the next review, a lower one may be left."""
    hold = next((hold for hold in climb.holds if hold[2:] == [RECEIPT, receipt]), None)
    if hold is None or climb.ladder.stays:
        return
    rank = rung_of(climb, left)
    if rank == hold[0]:
        return
    if rank:
        climb.holds.append([rank, *hold[1:]])
    hold[1] = min(hold[1], climb.window.last_day(day, climb.anchor))
    hold[2:] = [int(Cause.DAY), day]
    climb.held_until = min(climb.held_until, hold[1])


def held_by_hand(climb: Climb, fact: Adjustment) -> None:
    """A tier is given by hand through a day, or what was given is over (the books hear of it from the caller)."""
    name = fact.asset.removeprefix(HELD)
    if fact.quantity < 0:
        climb.holds = [hold for hold in climb.holds if hold[2] != BY_HAND]
    elif name in climb.names:
        climb.holds.append([climb.names.index(name), NEVER if fact.last is None else fact.last, BY_HAND, fact.id])


def held_for_reward(climb: Climb, given: Given, cause: tuple[int, int], day: Day, times: int) -> None:
    """A reward gives a tier for a time, or takes it back; its cause is written below zero, apart from those of purchases."""
    name, mark = given.asset.removeprefix(HELD), [-cause[0], cause[1]]
    if name not in climb.names:
        return
    hold = [climb.names.index(name), given.last_day(day), *mark]
    if times > 0:
        climb.holds += [hold[:] for _ in range(times)]
    for own in [own for own in climb.holds if own[2:] == mark][: max(0, -times)]:
        climb.holds.remove(own)


def carry_over(old: Climb, climb: Climb, day: Day) -> None:
    """Into another version's ladder: what is held by hand keeps its name, what purchases hold is looked at afresh."""
    climb.holds = [
        [climb.names.index(old.names[rank]), last, kind, id_]
        for rank, last, kind, id_ in old.holds
        if kind != RECEIPT and old.names[rank] in climb.names and last >= day
    ]
