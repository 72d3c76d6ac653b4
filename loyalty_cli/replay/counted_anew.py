"""A reward counted anew from what the member has left of what it has heard: on which day that reaches what it asks for."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause as Kind
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.memories import Asked
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


def count_anew(member: Rewarded, watched: Watched, memory: Memory) -> None:
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
