"""How often a member gets a reward: as often as `at_most:` says, each day by the version of the program that it belongs to.

When goods come back, what is left of the purchases may reach a target on another day than they did, and a limit looks at days. So
what is due of such a reward gets the day on which what is left reaches it, and all of it is let through anew, day by day.
"""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause as Kind
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.memories import Asked
from loyalty_cli.replay.memories import Before
from loyalty_cli.rules.watch import Heard
from loyalty_cli.rules.watch import Scored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Cause
    from loyalty_cli.replay.memories import Fed
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.give.given import Given
    from loyalty_cli.rules.watch import Due
    from loyalty_cli.rules.watch import State

    # Something that a memory hears of: on which day, as which version of the reward, a purchase or an asset that came.
    Telling = tuple[Day, Watched, Heard | tuple[str, Fed] | None]

WINDOW = int(Kind.WINDOW)
# What was given for a cause of which nothing was.
NOTHING = (0, 0, ())
# Of so many days, the last ones, it is kept what a memory held before them: what comes back was mostly bought of late.
MOST_KEPT = 20
BY_DAY = itemgetter(0)


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


def weighed(member: Rewarded, looked_at: Sequence[Asked]) -> tuple[list[Change], list[Change]]:
    """What is to be taken and what to be given for each of what is due, where not as much stands already, also for another cause."""
    off: list[Change] = []
    on: list[Change] = []
    for asked in looked_at:
        watched = member.versions.watched_on(asked.watched, asked.day)
        given_on, times, gave = asked.memory.given.get(asked.cause, NOTHING)
        stays = min(times, asked.allowed) if gave == what_it_gives(member, watched, asked.cause) else 0
        # With a place or without: which of the two has one does not matter here.
        gave = member.versions.watched_on(asked.watched, given_on).gives if times > stays else ()
        off += [Change(asked.watched, asked, gave, times - stays)] if times > stays else []
        on += [Change(watched, asked, watched.gives, asked.allowed - stays)] if asked.allowed > stays else []
        asked.uneven = not times == asked.allowed == stays
    for lacks, each in enumerate(on):
        for spare in reversed(range(len(off))):
            if off[spare].gives == each.gives and (stays := min(on[lacks].times, off[spare].times)):
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
        count_what_is_left(member, each.watched, each.memory, since)
        each.memory.changed = NEVER
    del memory.times[bisect_left(memory.times, since) :]
    looked_at = sorted([each for each in memory.asked.values() if each.day >= since or each.uneven], key=lambda each: each.day)
    for asked in looked_at:
        if asked.day >= since:
            asked.allowed = min(asked.times, room(member, asked.watched, memory.times, asked.day))
            memory.times += [asked.day] * asked.allowed
    return looked_at


def count_what_is_left(member: Rewarded, watched: Watched, memory: Memory, since: Day) -> None:
    """Each cause of a memory since a day gets that on which what the member has left reaches it, had nothing else been bought.

    Where nothing else counts, a window that it does not reach is not due, and the memory is as if only that had been told.
    """
    # What remembers nothing looks at each purchase by itself, whose day is its own.
    days, state = days_reached(member, watched, memory, since) if memory.state else ({}, [])
    tells_all = bool(state) and watched.when.is_told_all and not memory.carried
    own = [asked for asked in memory.asked.values() if asked.day >= since and asked.memory is memory]
    if tells_all:
        memory.state[:] = state
        own += [asked_for(watched, memory, cause, day) for cause, day in days.items() if (id(memory), cause) not in memory.asked]
    for asked in own:
        asked.day = days.get(asked.cause, asked.day)
        asked.times = int(asked.cause in days) if tells_all and asked.cause[0] == WINDOW else asked.times


def asked_for(watched: Watched, memory: Memory, cause: Cause, day: Day) -> Asked:
    """What is due for a cause; on a day, if nothing was so far."""
    return memory.asked.setdefault((id(memory), cause), Asked(watched, memory, cause, day))


def days_reached(member: Rewarded, watched: Watched, memory: Memory, since: Day) -> tuple[dict[Cause, Day], State]:
    """The days from one on on which what the member has left reaches each cause of a reward, and the memory that is left by it."""
    while memory.before and memory.before[-1].day > since:
        memory.before.pop()
    known = memory.before[-1] if memory.before else None
    told = sorted(what_is_left(member, watched, memory, known.day if known else 0), key=BY_DAY)
    days: dict[Cause, Day] = {}
    if not (told or known):
        return days, []
    so_far = known.watched if known else told[0][1]
    state = deepcopy(known.state) if known else so_far.when.fresh(member.known, so_far.since)
    if member.memories.by_name.get(watched.name) is memory:
        told = sorted([*changes_since(member, so_far), *told], key=BY_DAY)
    first = bisect_left(told, since, key=BY_DAY)
    for number, (day, as_it_is, what) in enumerate(told):
        if number == first and not (known and known.day == since):
            memory.before = [*memory.before[1 - MOST_KEPT :], Before(since, so_far, deepcopy(state))]
        if as_it_is is not so_far:
            note(days, as_it_is.when.look_again(state, day, so_far.when), day)
            so_far = as_it_is
        note(days, told_of(state, as_it_is, what), day)
    return days, state


def changes_since(member: Rewarded, watched: Watched) -> Iterator[Telling]:
    """The later versions of a reward, which count on with the same memory."""
    for version in member.versions[: member.version.index + 1]:
        later = version.rewarding.watched.get(watched.name)
        if later and later.since > watched.since:
            yield version.from_day, later, None


def note(days: dict[Cause, Day], dues: Iterable[Due], day: Day) -> None:
    """The causes that a day reaches."""
    days.update({(int(due.cause), due.cause_id): day for due in dues if due.times > 0})


def what_is_left(member: Rewarded, watched: Watched, memory: Memory, since: Day) -> Iterator[Telling]:
    """What a memory has heard of since a day and the member still has: purchases, and what other rewards gave."""
    later = [*takewhile(lambda bought: bought.day >= since, reversed(member.purchases.by_id.values()))]
    for bought in reversed(later):
        for each, own, heard in bought.heard.values():
            if own is memory:
                yield heard.day, each, heard
    for (asset, *_), heard_of in member.memories.fed.items() if watched.when.hears_assets else ():
        fed = heard_of.get(id(memory))
        if fed and fed.times and fed.day >= since:
            then = member.versions.watched_on(watched, fed.day)
            yield fed.day, then if then.when.counts_alike(watched.when) else watched, (asset, fed)


def told_of(state: State, watched: Watched, what: Heard | tuple[str, Fed] | None) -> Iterator[Due]:
    """What is due once a purchase is told, or an asset that came so many times, or so many points."""
    if isinstance(what, Heard):
        yield from watched.when.bought(state, what)
    elif what:
        asset, fed = what
        if asset != POINTS:
            for _ in range(fed.times):
                yield from watched.when.held(state, asset, 1)
        elif watched.when.counts_points:
            yield from watched.when.scored(state, Scored(fed.day, fed.times, 0, 0))
