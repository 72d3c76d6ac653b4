"""A morning on which a member may belong to other segments than before: what is entered and left, and who is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import SEGMENT
from loyalty_cli.model.entry import SEGMENTS
from loyalty_cli.replay.rewards import Now
from loyalty_cli.replay.rewards import reward_asset
from loyalty_cli.rules.condition import Judged

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.rewarded import Rewarded


def judge(member: Rewarded, day: Day, entries: list[Entry]) -> None:
    """Find the segments of a morning; whoever feeds on one that was entered or left is told."""
    segmented = member.segmented
    if segmented is None:
        return
    points = member.lots.balance if segmented.asks_standing else 0
    at = Judged(day, member.tier, points, member.known.groups_on(day), member.known, member.anchor)
    so = segmented.judged(at)
    if so == segmented.so:
        return
    segmented.so = so
    before, now = segmented.names, frozenset([name for name, segment in member.version.segments if segment.holds(so)])
    segmented.names = now
    changes = [*((name, -1) for name in sorted(before - now)), *((name, 1) for name in sorted(now - before))] if before != now else ()
    for name, change in changes:
        entries.append(Entry(SEGMENTS, int(Cause.DAY), day, SEGMENT + name, day, change))
        reward_asset(Now(member, day, entries), SEGMENT + name, change)
    if changes and segmented.asks_standing:
        # What a reward gave for it may itself be asked by a segment.
        segmented.look_on(day + 1)
