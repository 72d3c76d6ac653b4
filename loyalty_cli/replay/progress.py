"""How far a member is with each reward, by what is remembered for it: what is open, how much of how much, until when."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.rules.only import Only
    from loyalty_cli.rules.watch import Progress


class Standing(NamedTuple):
    """A member at the end of a day, as far as progress asks."""

    memories: Mapping[str, Memory]
    day: Day
    tier: str
    groups: frozenset[str]
    joined: Day | None
    chance: str = ""
    segments: frozenset[str] = frozenset()


class Offered(NamedTuple):
    """A reward that members are told of on a day: what it asks of the member besides the card, and its last day."""

    reward: Reward
    only: Only
    last: Day


def offered_on(program: Program, day: Day) -> list[Offered]:
    """The rewards that are open on a day; not those that surprise, or are out of season."""
    if not program.starts <= day <= program.ends:
        return []
    found = []
    for reward in program.rewards.values():
        only = reward.only
        season = [period.last for period in only.dates if day in period]
        if not reward.block.surprise and (season or not only.dates):
            asked = only.model_copy(update={"cards": ()}) if only.cards else only
            found.append(Offered(reward, asked, min(program.ends, *season, NEVER)))
    return found


def open_rewards(program: Program, offered: Sequence[Offered], standing: Standing) -> Iterator[tuple[Reward, Progress]]:
    """Those of the rewards offered on the day that the member can reach, with how far."""
    anchor = standing.joined or program.starts
    fresh = MemberFacts(0, (), standing.joined)
    moment = Moment(standing.day, 0, "", standing.tier, standing.groups, None, chance=standing.chance, segments=standing.segments)
    for reward, only, last in offered:
        if only.conditional and not only.fits_the_member(moment):
            continue
        # Of bringing friends a friend is told who gets something for it; how often it is given is asked of who brought them.
        as_a_friend = reward.when.of_a_friend
        if as_a_friend and not reward.to_friend:
            continue
        memory = standing.memories.get(reward.as_a_friend if as_a_friend else reward.name)
        limit = None if as_a_friend else reward.at_most
        if memory and limit and not limit.room(memory.times, standing.day, anchor):
            continue
        state = memory.state if memory and memory.state else reward.when.fresh(fresh, program.starts)
        progress = reward.when.progress(state, standing.day)
        if progress:
            yield reward, progress if progress.until <= last else progress._replace(until=last)
