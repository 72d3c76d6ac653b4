"""A morning on which a member may belong to other segments than before: what is entered and left, and who is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
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
    at = Judged(day, member.tier, member.lots.balance, member.known.groups_on(day), member.known, member.anchor)
    together = list(zip(segmented.asking, segmented.states, strict=True))
    so = [condition.holds(state, at) for (condition, _), state in together]
    segmented.next_day = min((condition.next_day(state, at) for (condition, _), state in together), default=NEVER)
    before = segmented.names
    segmented.names = now = frozenset(name for name, segment in member.version.segments if segment.holds(so))
    changes = [*((name, -1) for name in sorted(before - now)), *((name, 1) for name in sorted(now - before))]
    for name, change in changes:
        entries.append(Entry(SEGMENTS, int(Cause.DAY), day, SEGMENT + name, day, change))
        reward_asset(Now(member, day, entries), SEGMENT + name, change)
    if changes:
        # What a reward gave for it may itself be asked by a segment.
        segmented.look_on(day + 1)
