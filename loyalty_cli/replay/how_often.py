"""How often a member gets a reward: as often as `at_most:` says, each day by the version of the program that it belongs to.

When goods come back, what is left of the purchases may reach a target on another day than they did, and a limit looks at days. So
what is due of such a reward gets the day on which what is left reaches it, and all of it is let through anew, day by day.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from operator import itemgetter
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause as Kind
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.memories import Asked
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
        count_what_is_left(member, each.watched, each.memory)
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


def count_what_is_left(member: Rewarded, watched: Watched, memory: Memory) -> None:
    """Each cause of a memory gets the day on which what the member has left reaches it, had nothing else been bought.

    Where nothing else counts, a window that it does not reach is not due, and the memory is as if only that had been told.
    """
    # What remembers nothing looks at each purchase by itself, whose day is its own.
    days, state = days_reached(member, watched, memory) if memory.state else ({}, [])
    tells_all = bool(state) and watched.when.is_told_all and not memory.carried
    if tells_all:
        memory.state[:] = state
        for cause, day in days.items():
            memory.asked.setdefault((id(memory), cause), Asked(watched, memory, cause, day))
    for (number, cause), asked in memory.asked.items():
        if number == id(memory):
            asked.day = days.get(cause, asked.day)
            asked.times = int(cause in days) if tells_all and cause[0] == WINDOW else asked.times


def days_reached(member: Rewarded, watched: Watched, memory: Memory) -> tuple[dict[Cause, Day], State]:
    """The day on which what the member has left reaches each cause of a reward, and the memory that is left by it."""
    told = sorted(what_is_left(member, watched, memory), key=itemgetter(0))
    days: dict[Cause, Day] = {}
    if not told:
        return days, []
    so_far = told[0][1]
    state = so_far.when.fresh(member.known, so_far.since)
    if member.memories.by_name.get(watched.name) is memory:
        told = sorted([*changes_since(member, so_far), *told], key=itemgetter(0))
    for as_it_is, some in groupby(told, key=itemgetter(1)):
        of_one = list(some)
        if as_it_is is not so_far:
            first = of_one[0][0]
            note(days, as_it_is.when.look_again(state, first, so_far.when), first)
            so_far = as_it_is
        row = [what for _, _, what in of_one if isinstance(what, Heard)]
        for receipt, dues in as_it_is.when.all_bought(state, row):
            note(days, dues, member.purchases.by_id[receipt].day)
        for day, _, what in of_one if len(row) < len(of_one) else ():
            if what and not isinstance(what, Heard):
                note(days, holds(state, as_it_is, *what), day)
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


def what_is_left(member: Rewarded, watched: Watched, memory: Memory) -> Iterator[Telling]:
    """What a memory has heard of and the member still has: purchases, or what other rewards gave; no kind looks at both."""
    for bought in member.purchases.by_id.values():
        for each, own, heard in bought.heard.values():
            if own is memory:
                yield heard.day, each, heard
    for (asset, *_), heard_of in member.memories.fed.items():
        fed = heard_of.get(id(memory))
        if fed and fed.times:
            then = member.versions.watched_on(watched, fed.day)
            yield fed.day, then if then.when.counts_alike(watched.when) else watched, (asset, fed)


def holds(state: State, watched: Watched, asset: str, fed: Fed) -> Iterable[Due]:
    """An asset came so many times, or so many points."""
    if asset == POINTS:
        return watched.when.scored(state, Scored(fed.day, fed.times, 0, 0)) if watched.when.counts_points else ()
    return [due for _ in range(fed.times) for due in watched.when.held(state, asset, 1)]
