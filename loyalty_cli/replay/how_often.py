"""How often a member gets a reward: as often as `at_most:` says, each day by the version of the program that it belongs to.

When goods come back, what is left of the purchases may reach a target on another day than they did, and a limit looks at days. So
what is due of such a reward gets the day on which what is left reaches it, and all of it is let through anew, day by day.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.replay.counted_anew import count_anew
from loyalty_cli.replay.memories import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Cause
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.give.given import Given

# What was given for a cause of which nothing was.
NOTHING = (0, 0, ())


class Change(NamedTuple):
    """So many times of what a reward gives are to be given, or taken."""

    watched: Watched
    asked: Asked
    gives: Sequence[Given]
    times: int

    def fewer(self, times: int) -> Change:
        """The same so many times fewer."""
        return self._replace(times=self.times - times)


def within_limit(
    member: Rewarded, watched: Watched, memory: Memory, due: tuple[Cause, int], day: Day, *, weighed: bool = True
) -> int:
    """How many times the limit lets through; all of it is noted where goods that come back may make room.

    What is given while there is no limit is noted, too, where another version of the program has one. While goods come back it is
    not `weighed` yet against what they free.
    """
    cause, times = due
    allowed = min(times, room(member, watched, memory.times, day))
    if member.remembers:
        asked = memory.asked.setdefault((id(memory), cause), Asked(watched, memory, cause, day))
        asked.day, asked.times, asked.allowed = day if not asked.times else asked.day, asked.times + times, asked.allowed + allowed
        if weighed:
            asked.weighed = asked.day, asked.times
    else:
        memory.times = watched.limited(memory.times, day, member.anchor)
    memory.times += [day] * allowed
    return allowed


def room(member: Rewarded, watched: Watched, times: Sequence[Day], day: Day) -> int:
    """How many more times there is room on a day, which is none before those on which it was given."""
    limit = member.versions.watched_on(watched, day).at_most
    return max(0, limit.count - len(times) + bisect_left(times, limit.window.first_day(day, member.anchor))) if limit else NEVER


def ask_fewer(memory: Memory, cause: Cause, times: int) -> int:
    """So many fewer of a cause are due; how many of them had been given, as what the limit refused goes first."""
    asked = memory.asked.get((id(memory), cause))
    if asked is None:
        return times
    refused = asked.times - memory.given.get(cause, NOTHING)[1]
    asked.times -= min(asked.times, times)
    return max(0, times - refused)


def what_it_gives(member: Rewarded, watched: Watched, cause: Cause) -> Sequence[Given]:
    """What a reward gives for a cause, with a place among those that only so many get, or without."""
    places = member.known.places
    return watched.gives if places is None or (watched.name, *cause) in places else watched.without_place


def weighed(member: Rewarded, found: Sequence[Asked]) -> tuple[list[Change], list[Change]]:
    """What is to be taken and what to be given for each of what is due, where not as much stands already, also for another cause."""
    off: list[Change] = []
    on: list[Change] = []
    for asked in found:
        watched = member.versions.watched_on(asked.watched, asked.day)
        given_on, times, gave = given_for(asked)
        stays = min(times, asked.allowed) if gave == what_it_gives(member, watched, asked.cause) else 0
        # With a place or without: which of the two has one does not matter here.
        gave = member.versions.watched_on(asked.watched, given_on).gives if times > stays else ()
        off += [Change(asked.watched, asked, gave, times - stays)] if times > stays else []
        on += [Change(watched, asked, watched.gives, asked.allowed - stays)] if asked.allowed > stays else []
    for lacks, each in enumerate(on):
        for spare in reversed(range(len(off))):
            if off[spare].gives == each.gives and (stays := min(on[lacks].times, off[spare].times)):
                on[lacks], off[spare] = on[lacks].fewer(stays), off[spare].fewer(stays)
    return [each for each in off if each.times], [each for each in on if each.times]


def moved_along(member: Rewarded, found: Sequence[Asked]) -> Iterator[Memory]:
    """Those who heard of what was given on another day than it counts on now, which is that day for them, too."""
    for asked in found:
        for given in asked.watched.gives:
            for fed in member.memories.fed.get((given.asset, asked.watched.rule, *asked.cause), {}).values():
                if fed.day != asked.day:
                    fed.day = asked.day
                    if fed.memory.asked:
                        yield fed.memory


def let_through_anew(member: Rewarded, memory: Memory) -> list[Asked]:
    """What is due from the first day on that something has changed, each let through as often as the limit says, day by day.

    Of earlier days that which was given without being let through, or the other way round, as one stands for the other.
    """
    for each in {id(asked.memory): asked for asked in memory.asked.values()}.values():
        count_anew(member, each.watched, each.memory)
    changed = [each for each in memory.asked.values() if (each.day, each.times) != each.weighed]
    # What was due before any of these is as it was.
    since = min((min(each.day, each.weighed[0]) for each in changed), default=NEVER)
    del memory.times[bisect_left(memory.times, since) :]
    found = sorted((each for each in memory.asked.values() if each.day >= since), key=lambda each: each.day)
    for asked in found:
        asked.weighed = asked.day, asked.times
        asked.allowed = min(asked.times, room(member, asked.watched, memory.times, asked.day))
        memory.times += [asked.day] * asked.allowed
    stand_for_others = (each for each in memory.asked.values() if each.day < since and given_for(each)[1] != each.allowed)
    return [*stand_for_others, *found]


def given_for(asked: Asked) -> Sequence[Any]:
    """The day, the times and what was given for a cause."""
    return asked.memory.given.get(asked.cause, NOTHING)
