"""Who hears of assets and points that come and go.

Their coming is heard by the rewards that are in the program on that day and meant for the member. Their going is told to whoever
heard them come: also to a reward that has gone from the program, whose season is over, and after the end of the program.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.lots import Source
from loyalty_cli.replay.lots import source_of
from loyalty_cli.replay.memories import Fed
from loyalty_cli.rules.watch import Scored

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.replay.lots import Lost
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched


class Listener(NamedTuple):
    """A reward that hears of points; one that no longer listens can only lose what it gave."""

    watched: Watched
    memory: Memory
    scored: Scored
    listens: bool


def hearing(member: Rewarded, asset: str, day: Day) -> Iterator[tuple[Watched, Memory]]:
    """The rewards that hear of an asset on a day, as far as they are promised and meant for the member."""
    if not member.version.promises(day):
        return
    for watched in member.version.rewarding.by_asset.get(asset, ()):
        if not watched.only.conditional or watched.only.holds(member.moment_of(day)):
            yield watched, member.memories.of(watched, member.known)


def who_hears(member: Rewarded, asset: str, day: Day, source: Source) -> list[tuple[Watched, Memory]]:
    """The rewards that hear of an asset which comes from somewhere; if it may go again, it is noted who they are."""
    found = list(hearing(member, asset, day))
    if member.remembers:
        note(member, (asset, *source), found, day)
    return found


def note(member: Rewarded, key: tuple[str, str, int, int], pairs: Sequence[tuple[Watched, Memory]], day: Day, times: int = 1) -> None:
    """Note who has heard of something on a day, how often, or of how many points."""
    for watched, memory in pairs:
        fed = member.memories.fed.setdefault(key, {}).setdefault(id(memory), Fed(watched, memory, day))
        fed.day = fed.day if fed.times else day
        fed.times += times
        memory.changed_on(fed.day)


def who_heard(member: Rewarded, asset: str, source: Source) -> list[tuple[Watched, Memory]]:
    """The rewards that heard of an asset's coming from somewhere, once for each time, now that it goes."""
    heard = [fed for fed in member.memories.fed.get((asset, *source), {}).values() if fed.times]
    for fed in heard:
        fed.times -= 1
        fed.memory.changed_on(fed.day)
    return [(in_force(member, fed.watched, fed.memory), fed.memory) for fed in heard]


def in_force(member: Rewarded, watched: Watched, memory: Memory) -> Watched:
    """A reward as the version in force has it, if that counts on with the same memory; one that is gone keeps its own."""
    now = member.version.rewarding.watched.get(watched.name)
    return watched if now is None or member.memories.by_name.get(watched.name) is not memory else now


def who_scores(member: Rewarded, day: Day, came: Sequence[Entry], *, returned: bool) -> Iterable[Listener]:
    """The rewards that hear of points, each with those that came in, less those taken back of whose coming it had heard."""
    came_in, last = sum([entry.quantity for entry in came]), min(NEVER, member.lots.next_lapse - 1)
    scored = Scored(day, came_in, member.lots.balance, last, returned)
    if not member.remembers:
        return [Listener(watched, memory, scored, True) for watched, memory in hearing(member, POINTS, day)]
    return who_scores_otherwise(member, list(hearing(member, POINTS, day)), came, scored)


def who_scores_otherwise(
    member: Rewarded, listen: Sequence[tuple[Watched, Memory]], came: Sequence[Entry], scored: Scored
) -> Iterator[Listener]:
    """The same where something may have been taken back."""
    known, all_lost, member.lots.lost = member.memories.fed, member.lots.lost, []
    # What a cap had kept back of a purchase and gives now comes in for the first time.
    lost = [(source, points) for source, points, _ in all_lost if points > 0 or (POINTS, *source) in known]
    by_source = of_each_source(came, all_lost, known)
    off_all = sum(points for _, points in lost)
    came_in = scored.earned + off_all
    scored = scored._replace(taken_back=scored.taken_back or off_all > 0 or came_in < 0)
    off = of_whoever_heard(member, lost)
    came_on = {source: day_of(member, source, scored.day) for source in by_source} if listen else {}
    for watched, memory in listen:
        _, less = off.pop(id(memory), (None, 0))
        for source, day in came_on.items():
            if counts_since(member, watched, day):
                note(member, (POINTS, *source), ((watched, memory),), day, by_source[source])
            else:
                less += by_source[source]
        yield Listener(watched, memory, scored._replace(earned=came_in - less), True)
    for fed, less in off.values():
        yield Listener(in_force(member, fed.watched, fed.memory), fed.memory, scored._replace(earned=-less), False)


def of_each_source(came: Sequence[Entry], lost: Sequence[Lost], known: Container[tuple[str, str, int, int]]) -> Counter[Source]:
    """How many points came in from where, without what was taken back of points whose coming was known."""
    by_source: Counter[Source] = Counter()
    for entry in came:
        by_source[source_of(entry.rule, entry.cause, entry.cause_id)] += entry.quantity
    for source, points, taken_by in lost:
        by_source[taken_by] += points
        if points < 0 and (POINTS, *source) not in known:
            by_source[source] -= points
    return by_source


def counts_since(member: Rewarded, watched: Watched, day: Day) -> bool:
    """Whether a reward has counted alike in all versions since that of a day."""
    for version in reversed(member.versions[: member.version.index]):
        if watched.since <= day:
            break
        before = version.rewarding.watched.get(watched.name)
        if before is None or before.same_as != watched.same_as or not watched.when.counts_alike(before.when):
            return False
        watched = before
    return True


def day_of(member: Rewarded, source: Source, day: Day) -> Day:
    """The day that points from somewhere count on, which came on a day: that of their purchase, or that on which a reward was due."""
    rule, *cause = source
    memory = member.memories.by_name.get(rule.removeprefix("rewards."))
    asked = memory.asked.get((id(memory), (cause[0], cause[1]))) if memory else None
    bought = member.purchases.by_id.get(cause[1]) if not rule and cause[0] == Cause.RECEIPT else None
    return asked.day if asked else bought.day if bought else day


def of_whoever_heard(member: Rewarded, lost: Sequence[tuple[Source, int]]) -> dict[int, tuple[Fed, int]]:
    """How many of the points that were taken back each reward had heard of, by its memory."""
    off: dict[int, tuple[Fed, int]] = {}
    for source, points in lost:
        for key, fed in member.memories.fed.get((POINTS, *source), {}).items():
            fed.times -= points
            fed.memory.changed_on(fed.day)
            off[key] = fed, off.get(key, (fed, 0))[1] + points
    return off
