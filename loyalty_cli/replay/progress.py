"""How far a member is with each reward, by what is remembered for it: what is open, how much of how much, until when."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.rules.only import Moment
from loyalty_cli.rules.watch import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.rules.only import Only


class Friends(NamedTuple):
    """How many friends a member has brought, and by reward how many of them did what it asks for."""

    brought: int
    did: Mapping[str, int]


NOBODY = Friends(0, MappingProxyType({}))


class Standing(NamedTuple):
    """A member at the end of a day, as far as progress asks; `friends` is None where they are not asked for."""

    memories: Mapping[str, Memory]
    day: Day
    tier: str
    groups: frozenset[str]
    joined: Day | None
    chance: str = ""
    segments: frozenset[str] = frozenset()
    recommender_chance: str = ""
    friends: Friends | None = None


class Opened(NamedTuple):
    """A reward that a member can reach, how far they are, and whether they would get it as the friend who was brought."""

    reward: Reward
    progress: Progress
    as_a_friend: bool = False


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
        if not (reward.when.of_a_friend or reward.when.tells_progress):
            continue
        season = [period.last for period in only.dates if day in period]
        if not reward.block.surprise and (season or not only.dates):
            asked = only.model_copy(update={"cards": ()}) if only.cards else only
            found.append(Offered(reward, asked, min(program.ends, *season, NEVER)))
    return found


def open_rewards(program: Program, offered: Sequence[Offered], standing: Standing) -> Iterator[Opened]:
    """Those of the rewards offered on the day that the member can reach, with how far."""
    who, theirs = (standing.tier, standing.groups, None), standing.recommender_chance
    moment = Moment(standing.day, 0, "", *who, chance=standing.chance, segments=standing.segments, recommender_chance=theirs)
    for reward, only, last in offered:
        friend = reward.when.of_a_friend
        # Of bringing friends a friend is told who gets something for it, and who brings them how many of them did it.
        own = reward.to_friend if friend else reward.gives
        if own and fits_the_member(only, moment) and (progress := own_progress(program, reward, standing)):
            yield Opened(reward, within(progress, last), as_a_friend=friend)
        brings = friend and reward.gives and brings_friends(only, moment)
        if brings and (progress := progress_of_friends(program, reward, standing)):
            yield Opened(reward, within(progress, last))


def within(progress: Progress, last: Day) -> Progress:
    """How far, with no later day than the last one."""
    return progress if progress.until <= last else progress._replace(until=last)


def fits_the_member(only: Only, moment: Moment) -> bool:
    """Whether a reward is for a member."""
    return not only.conditional or only.fits_the_member(moment)


def brings_friends(only: Only, moment: Moment) -> bool:
    """Whether a reward for bringing friends is for who brings them: all but chance is asked of the friends."""
    return not (only.control and only.control.has(moment.chance))


def own_progress(program: Program, reward: Reward, standing: Standing) -> Progress | None:
    """How far a member is by what they did; how often it is given is asked of who brought a friend, not of the friend."""
    friend = reward.when.of_a_friend
    memory = standing.memories.get(reward.as_a_friend if friend else reward.name)
    if memory and not friend and reward.at_most and not reward.at_most.room(memory.times, standing.day, anchor_of(program, standing)):
        return None
    state = memory.state if memory and memory.state else reward.when.fresh(MemberFacts(0, (), standing.joined), program.starts)
    found: Progress | None = reward.when.progress(state, standing.day)
    return found


def progress_of_friends(program: Program, reward: Reward, standing: Standing) -> Progress | None:
    """How far a member is by what friends did."""
    if standing.friends is None:
        return None
    done, of, until = standing.friends.did.get(reward.name, 0), standing.friends.brought, NEVER
    if reward.at_most:
        memory, limit, anchor = standing.memories.get(reward.name), reward.at_most, anchor_of(program, standing)
        done, of = len(limit.still_counting(memory.times, standing.day, anchor)) if memory else 0, limit.count
        until = NEVER if limit.window.kind == "rolling" else limit.window.period(standing.day, anchor)[1]
    return Progress(done, of, "friends", until) if done < of else None


def anchor_of(program: Program, standing: Standing) -> Day:
    """The day on which the member's years begin."""
    return standing.joined or program.starts
