"""A reward counted anew from what the member has left of what it has heard: on which day that reaches what it asks for."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause as Kind
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.memories import Asked
from loyalty_cli.replay.memories import Before
from loyalty_cli.rules.watch import Heard
from loyalty_cli.rules.watch import Scored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Cause
    from loyalty_cli.replay.memories import Fed
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.watch import Due
    from loyalty_cli.rules.watch import State

    # Something that a memory hears of: on which day, as which version of the reward, a purchase or an asset that came.
    Telling = tuple[Day, Watched, Heard | tuple[str, Fed] | None]

WINDOW = int(Kind.WINDOW)
# Of so many days, the last ones, it is kept what a memory held before them: what comes back was mostly bought of late.
MOST_KEPT = 20
BY_DAY = itemgetter(0)


def count_anew(member: Rewarded, watched: Watched, memory: Memory, since: Day) -> None:
    """Each cause of a memory since a day gets that on which what the member has left reaches it, had nothing else been bought.

    Where nothing else counts, a window that it does not reach is not due, and the memory is as if only that had been told.
    """
    # What remembers nothing looks at each purchase by itself, whose day is its own.
    days, state = days_reached(member, watched, memory, since) if memory.state else ({}, [])
    tells_all = bool(state) and watched.when.is_told_all and not memory.carried
    own = [asked for asked in memory.asked.values() if asked.day >= since and asked.memory is memory]
    if tells_all:
        memory.state[:] = state
        new = {cause: day for cause, day in days.items() if day >= since and (id(memory), cause) not in memory.asked}
        own += [asked_for(watched, memory, cause, day) for cause, day in new.items()]
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
    state = so_far.when.copied(known.state) if known else so_far.when.fresh(member.known, so_far.since)
    if member.memories.by_name.get(watched.name) is memory:
        told = sorted([*changes_since(member, so_far), *told], key=BY_DAY)
    first = bisect_left(told, since, key=BY_DAY)
    for number, (day, as_it_is, what) in enumerate(told):
        if number == first and not (known and known.day == since):
            memory.before = [*memory.before[1 - MOST_KEPT :], Before(since, so_far, so_far.when.copied(state))]
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
