"""A member when the next version of the program comes into force: the tier kept by its name, the ladder filled again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import TIERS
from loyalty_cli.replay.holding import carry_over
from loyalty_cli.replay.holding import hold_for
from loyalty_cli.replay.opening import counted_again
from loyalty_cli.replay.returning import measure_of_unmatched

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.qualifying import Climb
    from loyalty_cli.replay.version import Version


def change_version(member: Member, version: Version, day: Day) -> list[Entry]:
    """The next version comes into force: the tier keeps its name if the new ladder has it."""
    member.version, old = version, member.climb
    climb = member.climb = member.first_rung(version)
    cause = (int(Cause.DAY), day)
    entries: list[Entry] = []
    if member.sliding:
        member.sliding.rests = version.rests
        member.sliding.look_again(day)
    before = old.tier if old and old.place else ""
    if old and climb:
        carry_over(old, climb, day)
        if old.names[old.rank] in climb.names:
            climb.keep(old.names[old.rank], old.since)
    if climb:
        count_again(member, climb, day)
        if member.begun:
            climb.climb(day, cause)
            climb.look_at_holds(day, cause)
        climb.review_on = climb.next_review(day)
    after = climb.tier if climb and climb.place else ""
    if before != after:
        entries = [Entry(TIERS, *cause, f"tier:{name}", day, sign) for name, sign in ((before, -1), (after, 1)) if name]
    elif climb and old:
        climb.since = old.since
    return entries


def count_again(member: Member, climb: Climb, day: Day) -> None:
    """Fill a new ladder's window from the purchases; what they hold is over where it ended before the day."""
    version = member.version
    only = version.ladder.only
    counted = counted_again(member, climb)
    for bought in member.purchases.by_id.values():
        bought.measure, bought.unmeasured = None, 0
        fits = not only.conditional or (bought.moment is not None and only.holds(bought.moment))
        if fits and version.counts(bought.day) and version.at_once:
            held = hold_for(climb, bought.id, bought.kept(version.ladder_bit), bought.day)
            climb.holds += [hold for hold in held if hold[1] >= day]
        if fits and version.counts(bought.day):
            bought.measure = version.measure_left(bought, member.versions[bought.version].earning)
            counted.append((bought.day, bought.measure))
    counted += [(back.moment.day, -measure_of_unmatched(member, back)) for back in member.purchases.unmatched]
    for bought_on, measure in sorted(counted):
        climb.count(bought_on, measure)
