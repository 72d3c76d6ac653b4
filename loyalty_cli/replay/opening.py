"""What a member brings along from another system, from a day on: turnover and visits that count, a tier, points with a last day.

Who is in a tier is taken to have just reached it on that day, unless the turnover that came along is more; so the first
review that can take the tier away is a whole window later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import HELD
from loyalty_cli.replay.holding import held_by_hand

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.qualifying import Climb

SPENT, VISITS, TIER = "spent", "visits", "tier:"
COUNTS_FOR = {SPENT: "spend", VISITS: "visits"}


def is_opening(asset: str) -> bool:
    """Whether an adjustment changes how a member stands, rather than what they own."""
    return asset in COUNTS_FOR or asset.startswith((TIER, HELD))


def open_with(member: Member, fact: Adjustment, entries: list[Entry]) -> None:
    """Let something count that was there before."""
    version, climb, day = member.version, member.climb, fact.day
    member.opened.append(fact)
    counts = version.counts(day)
    if fact.asset == SPENT and counts:
        member.spend(day, fact.quantity)
    elif fact.asset == VISITS and counts:
        member.visits += fact.quantity
    if climb is None:
        return
    cause = (int(Cause.ADJUSTMENT), fact.id)
    measure = measured(climb, fact) if counts else 0
    if measure:
        climb.count(day, measure)
        if member.begun:
            member.moved(climb.climb(day, cause), entries)
    elif fact.asset.startswith(TIER):
        member.moved(enter(climb, fact, cause), entries)
    elif fact.asset.startswith(HELD):
        held_by_hand(climb, fact)
        member.moved(climb.look_at_holds(day, cause) if member.begun else [], entries)
    member.wake = min(member.wake, member.next_review)


def measured(climb: Climb, fact: Adjustment) -> int:
    """What an opening counts towards the tier."""
    return fact.quantity if COUNTS_FOR.get(fact.asset) == climb.ladder.by else 0


def enter(climb: Climb, fact: Adjustment, cause: tuple[int, int]) -> list[Entry]:
    """The member is in a tier already; a lower one than turnover has opened changes nothing."""
    name = fact.asset.removeprefix(TIER)
    if name not in climb.names:
        return []
    rank = climb.names.index(name)
    missing = climb.floors[rank] - climb.within(fact.day)
    if missing > 0:
        climb.count(fact.day, missing)
    entries = climb.move(rank, fact.day, cause) if rank > climb.rank else []
    if climb.rank == rank and fact.since is not None:
        climb.since = fact.since
    climb.grace_from = None
    climb.review_on = climb.next_review(fact.day)
    return entries


def counted_again(member: Member, climb: Climb) -> list[tuple[Day, int]]:
    """What openings count towards a new ladder, by day."""
    counted: list[tuple[Day, int]] = []
    for fact in member.opened:
        measure = measured(climb, fact) if member.version.counts(fact.day) else 0
        name = fact.asset.removeprefix(TIER)
        if fact.asset.startswith(TIER) and name in climb.names:
            measure = max(0, climb.floors[climb.names.index(name)] - sum(pair[1] for pair in counted))
        if measure:
            counted.append((fact.day, measure))
    return counted
