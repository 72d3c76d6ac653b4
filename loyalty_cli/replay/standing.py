"""How a member stands when replay stops: tier, points, what is near, the personal discount, the next due day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.standing import Standing
from loyalty_cli.replay.discount import personal_discount
from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.rules.tiers.ladder import NO_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.qualifying import Climb


def standing_of(member: Member) -> Standing:
    """The standing at the end of the last replayed day."""
    lots, climb, until = member.lots, member.climb, member.until
    # Without grace the sum holds the window alone: settle has just brought it up to the day.
    measure = 0 if climb is None else climb.sum if climb.grace_from is None else climb.counts(until)
    next_tier, missing = next_rung(climb, measure)
    keep_until, keep_missing = to_keep(climb)
    lapse_on = lots.lots[0][LAST] if lots.lots and lots.lots[0][LAST] < NEVER else None
    return Standing(
        until=until,
        tier=climb.tier if climb else "",
        tier_since=climb.since if climb else None,
        next_tier=next_tier,
        missing=missing,
        keep_until=keep_until,
        keep_missing=keep_missing,
        points=lots.balance,
        pending=sum([waiting[4] for waiting in lots.pending]) if lots.pending else 0,
        debt=lots.debt,
        lapsing=sum([lot[LEFT] for lot in lots.lots if lot[LAST] == lapse_on]) if lapse_on else 0,
        lapse_on=lapse_on,
        qualifying=measure,
        spent=member.spent,
        visits=member.visits,
        discount=personal_discount(member),
        first_on=member.first_on,
        last_on=member.last_on,
        due_on=due_day(member),
    )


def next_rung(climb: Climb | None, measure: int) -> tuple[str, int | None]:
    """The next tier and what it still needs."""
    if climb is None or climb.place + 1 >= len(climb.floors) or climb.floors[climb.place + 1] >= NO_FLOOR:
        return "", None
    return climb.names[climb.place + 1], max(0, climb.floors[climb.place + 1] - measure)


def to_keep(climb: Climb | None) -> tuple[Day | None, int | None]:
    """The next review that the member would fail, or the last day of a tier that is held, and what it needs until then."""
    if climb and climb.held_rank > climb.rank:
        last = max(hold[1] for hold in climb.holds if hold[0] == climb.held_rank)
        if last >= NEVER:
            return None, None
        needs = climb.floors[climb.held_rank]
        return last, max(0, needs - climb.would_count(last)) if needs < NO_FLOOR else None
    if climb is None or climb.review_on >= NEVER:
        return None, None
    return climb.review_on, max(0, climb.floors[climb.rank] - climb.would_count(climb.review_on))


def due_day(member: Member) -> Day:
    """The next day on which something changes though nothing is imported."""
    due = min(member.lots.next_usable, member.lots.next_lapse, member.next_review, member.memories.next_day)
    if member.segmented:
        due = min(due, member.segmented.next_day)
    if member.purses.by_name:
        due = min(due, member.purses.next_usable, member.purses.next_lapse)
    if member.climb and member.climb.counted:
        # What counts for the tier grows less that day, though the tier itself is looked at only at a review.
        window, anchor = member.climb.window, member.climb.anchor
        for counted, _ in member.climb.counted:
            leaves = window.leaves(counted, anchor)
            if leaves > member.until:
                due = min(due, leaves)
                break
    for window in member.spending_windows if member.by_day else ():
        anchor = member.anchor
        leaving = (window.leaves(day, anchor) for day in member.by_day)
        due = min(due, min((day for day in leaving if day > member.until), default=NEVER))
    if member.known.groups or member.known.elsewhere or not member.begun or member.version.index + 1 < len(member.versions):
        due = min(due, *other_days(member))
    return due


def other_days(member: Member) -> Iterator[Day]:
    """The days on which a version, the program, a group or a share in a household's account begins or ends."""
    later = member.version.index + 1
    if later < len(member.versions):
        yield member.versions[later].from_day
    if not member.begun:
        yield member.version.program.starts
    yield member.known.regrouped_after(member.until)
    yield member.known.moves_after(member.until)
