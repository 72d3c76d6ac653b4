"""How often a member gets a reward: as often as `at_most:` says, each day by the version of the program that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched


def within_limit(member: Rewarded, watched: Watched, memory: Memory, due: tuple[tuple[int, int], int], day: Day) -> int:
    """How many times the limit lets through; the others are noted, for a place may become free.

    What is given while there is no limit is noted, too, where another version of the program has one.
    """
    cause, times = due
    allowed = min(times, room(member, watched, memory.times, day))
    if not member.remembers:
        memory.times = watched.limited(memory.times, day, member.anchor)
    elif allowed < times:
        memory.refused[cause] = [day, times - allowed]
    memory.times += [day] * allowed
    return allowed


def room(member: Rewarded, watched: Watched, times: Sequence[Day], day: Day) -> int:
    """How many more times there is room on a day, and on every later one on which it was given: each by the limit of its version."""
    rooms = [NEVER]
    for each in (day, *(given for given in times if given > day)):
        limit = member.versions.watched_on(watched, each).at_most
        if limit and limit.window.first_day(each, member.anchor) <= day:
            rooms.append(limit.count - len(limit.still_counting(times, each, member.anchor)))
    return max(0, min(rooms))
