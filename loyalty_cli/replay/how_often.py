"""How often a member gets a reward: as often as `at_most:` says, each day by the version of the program that it belongs to.

When goods come back, what is left of the purchases may reach a target on another day than they did, and a limit looks at days. So
what is due of such a reward gets the day on which what is left reaches it, and all of it is let through anew, day by day.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.replay.counted_anew import asked_for
from loyalty_cli.replay.counted_anew import count_anew

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Asked
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


def within_limit(member: Rewarded, watched: Watched, memory: Memory, due: tuple[Cause, int], day: Day) -> int:
    """How many times the limit lets through; all of it is noted where goods that come back may make room.

    What is given while there is no limit is noted, too, where another version of the program has one.
    """
    cause, times = due
    allowed = min(times, room(member, watched, memory.times, day))
    if member.remembers:
        asked = asked_for(watched, memory, cause, day)
        asked.day, asked.times, asked.allowed = asked.day if asked.times else day, asked.times + times, asked.allowed + allowed
        memory.changed_on(asked.day)
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
    memory.changed_on(asked.day)
    return max(0, times - refused)


def what_it_gives(member: Rewarded, watched: Watched, cause: Cause) -> Sequence[Given]:
    """What a reward gives for a cause, with a place among those that only so many get, or without."""
    places = member.known.places
    return watched.gives if places is None or (watched.name, *cause) in places else watched.without_place


def what_counts(member: Rewarded, gives: Sequence[Given], day: Day) -> Sequence[Given]:
    """What of that counts on a day."""
    return [given for given in gives if member.version.rewarding.counts_on(given, day)]


def weighed(member: Rewarded, looked_at: Sequence[Asked]) -> tuple[list[Change], list[Change]]:
    """What is to be taken and what to be given for each of what is due, where not as much stands already, also for another cause."""
    off: list[Change] = []
    on: list[Change] = []
    for asked in looked_at:
        watched = member.versions.watched_on(asked.watched, asked.day)
        given_on, times, gave = asked.memory.given.get(asked.cause, NOTHING)
        gives = what_it_gives(member, watched, asked.cause)
        stays = min(times, asked.allowed) if what_counts(member, gave, given_on) == what_counts(member, gives, asked.day) else 0
        # With a place or without: which of the two has one does not matter here.
        gave = member.versions.watched_on(asked.watched, given_on).gives if times > stays else ()
        off += [Change(asked.watched, asked, what_counts(member, gave, given_on), times - stays)] if times > stays else []
        gives = what_counts(member, watched.gives, asked.day)
        on += [Change(watched, asked, gives, asked.allowed - stays)] if asked.allowed > stays else []
        asked.uneven = not times == asked.allowed == stays
    # What was given for a cause for which something is to be given, too, stands for no other: what is kept of it has one day.
    lacking = {id(each.asked) for each in on}
    for lacks, each in enumerate(on):
        for spare in reversed(range(len(off))):
            may_stand = off[spare].asked is each.asked or id(off[spare].asked) not in lacking
            if may_stand and off[spare].gives == each.gives and (stays := min(on[lacks].times, off[spare].times)):
                on[lacks], off[spare] = on[lacks].fewer(stays), off[spare].fewer(stays)
    return [each for each in off if each.times], [each for each in on if each.times]


def moved_along(member: Rewarded, looked_at: Iterable[Asked]) -> Iterator[Memory]:
    """Those who heard of what was given on another day than it counts on now, which is that day for them, too."""
    for asked in looked_at:
        for given in asked.watched.gives:
            for fed in member.memories.fed.get((given.asset, asked.watched.rule, *asked.cause), {}).values():
                if fed.day != asked.day:
                    fed.memory.changed_on(min(fed.day, asked.day))
                    fed.day = asked.day
                    if fed.memory.asked:
                        yield fed.memory


def let_through_anew(member: Rewarded, memory: Memory) -> list[Asked]:
    """Each of what is due since the first day that is told otherwise, with how many times the limit lets it through, day by day.

    What came before stays; with it stands what was given for another cause then.
    """
    memories = {id(asked.memory): asked for asked in memory.asked.values()}.values()
    since = min([each.memory.changed for each in memories])
    for each in memories:
        count_anew(member, each.watched, each.memory, since)
        each.memory.changed = NEVER
    del memory.times[bisect_left(memory.times, since) :]
    looked_at = sorted([each for each in memory.asked.values() if each.day >= since or each.uneven], key=lambda each: each.day)
    for asked in looked_at:
        if asked.day >= since:
            asked.allowed = min(asked.times, room(member, asked.watched, memory.times, asked.day))
            memory.times += [asked.day] * asked.allowed
    return looked_at
