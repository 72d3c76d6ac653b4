"""What rewards make of what happens to a member: each watch is told what it wants to hear, and what is due is given or taken.

A reward stands between its watch and its gives: it lets through as many times as its limit says, keeps what the program
does not take back, and tells the rewards that feed on what it gives.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import CLAIM
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import HAND_OVER
from loyalty_cli.model.entry import HELD
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.entry import Told
from loyalty_cli.replay.debiting import debit
from loyalty_cli.replay.debiting import Taking
from loyalty_cli.replay.feeding import hearing
from loyalty_cli.replay.feeding import in_force
from loyalty_cli.replay.feeding import who_heard
from loyalty_cli.replay.feeding import who_hears
from loyalty_cli.replay.feeding import who_scores
from loyalty_cli.replay.holding import held_for_reward
from loyalty_cli.replay.how_often import ask_fewer
from loyalty_cli.replay.how_often import let_through_anew
from loyalty_cli.replay.how_often import moved_along
from loyalty_cli.replay.how_often import weighed
from loyalty_cli.replay.how_often import what_it_gives
from loyalty_cli.replay.how_often import within_limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.model.facts import HandedOver
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.lots import Source
    from loyalty_cli.replay.memories import Found
    from loyalty_cli.replay.memories import Memory
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.give.given import Given
    from loyalty_cli.rules.only import Moment
    from loyalty_cli.rules.watch import Due

# The points that purchases and rewards bring, whether or not they can be used yet.
EARNED, EARNING = (POINTS, "pending"), ("points.", "rewards.")
BEYOND = frozenset({CLAIM, HAND_OVER})


class Now(NamedTuple):
    """What is going on: with whom, on which day, where the entries go; `back` is what takes something back, if that is it."""

    member: Rewarded
    day: Day
    entries: list[Entry]
    back: Taking | None = None


def look(member: Rewarded) -> None:
    """Find the next day on which a reward wants to be told."""
    member.wake = min(member.wake, member.memories.look(member.version.rewarding.waiting, member.known))


def reward_purchase(member: Rewarded, fact: Purchase, moment: Moment | None, bought: Bought | None, entries: list[Entry]) -> None:
    """A purchase is told to the rewards it fits, in the order of the program; of some it is known beforehand what it makes due.

    The moment is known where any reward asks more than the day and the goods.
    """
    rewarding = member.version.rewarding
    if fact.day > member.memories.ahead.through:
        found, listeners = [], rewarding.listening.to(fact)
    else:
        found, listeners = member.memories.ahead.of(fact.id), rewarding.in_turn.to(fact)
    if not (found or listeners):
        return
    now = Now(member, fact.day, entries)
    for watched in listeners:
        while found and found[0].place < rewarding.places[watched]:
            settle_found(now, found.pop(0))
        if not (moment and watched.in_season.questions) or watched.in_season.holds(moment):
            tell_purchase(now, watched, fact, bought)
    for each in found:
        settle_found(now, each)


def tell_purchase(now: Now, watched: Watched, fact: Purchase, bought: Bought | None) -> None:
    """A purchase is told to one reward."""
    member, heard = now.member, watched.sees.heard(fact)
    if heard is None:
        return
    memory = member.memories.of(watched, member.known)
    if bought:
        bought.heard[watched.name] = (watched, memory, heard)
    settle(now, watched, memory, watched.when.bought(memory.state, heard))
    if watched.waits:
        member.wake = min(member.wake, member.memories.expect(watched.when.next_day(memory.state)))


def reward_return(member: Rewarded, bought: Bought, fact: Return, entries: list[Entry]) -> None:
    """What is left of a purchase is told to the rewards that heard it."""
    now = Now(member, fact.day, entries, Taking(fact.day, fact.id))
    for name, (watched, memory, before) in list(bought.heard.items()):
        left = watched.sees.left(before, bought)
        if left == before:
            continue
        memory.changed_on(before.day)
        in_turn = in_force(member, watched, memory)
        dues = list(in_turn.when.returned(memory.state, before, left))
        settle(now, in_turn, memory, dues)
        for due in memory.carried.without(bought, left, member.known, dues) if memory.carried else ():
            let_through(now, in_turn, memory, due, fact.day)
        if left:
            bought.heard[name] = (watched, memory, left)
        else:
            del bought.heard[name]
    weigh_again(now)
    if member.version.rewarding.waiting:
        look(member)


def reward_day(member: Rewarded, day: Day, entries: list[Entry]) -> None:
    """A day has come for which rewards have waited."""
    version = member.version
    for watched in version.rewarding.waiting:
        memory = member.memories.of(watched, member.known)
        if watched.when.next_day(memory.state) > day:
            continue
        dues = list(watched.when.came(memory.state, day))
        if watched.when.misses_purchases and member.known.buys_elsewhere(day):
            continue
        if dues and version.promises(day) and watched.on_a_day.holds(member.moment_of(day)):
            settle(Now(member, day, entries), watched, memory, dues)
    look(member)


def reward_asset(now: Now, asset: str, change: int, source: Source | None = None) -> None:
    """An asset came or went: rewards that feed on it are told, and what judges the member's segments.

    Where its source is known, its going concerns whoever heard of its coming.
    """
    if now.member.segmented:
        now.member.segmented.held(asset, change)
    if change > 0 and asset not in now.member.version.rewarding.by_asset:  # as most
        return
    way = 1 if change > 0 else -1
    for _ in range(abs(change)):
        if source is None:
            found = list(hearing(now.member, asset, now.day))
        else:
            found = who_hears(now.member, asset, now.day, source) if change > 0 else who_heard(now.member, asset, source)
        for watched, memory in found:
            settle(now, watched, memory, watched.when.held(memory.state, asset, way))


def reward_event(member: Rewarded, fact: Adjustment, entries: list[Entry]) -> None:
    """An event is told to the rewards that hear its name."""
    for watched, memory in hearing(member, fact.asset, fact.day):
        settle(Now(member, fact.day, entries), watched, memory, watched.when.happened(memory.state, fact.id))


def reward_hand_over(member: Rewarded, fact: HandedOver, entries: list[Entry]) -> None:
    """What a friend did is told to the reward for it; one that is gone from the program still takes back what it gave."""
    named = [version.rewarding.watched.get(fact.reward) for version in reversed(member.versions[: member.version.index + 1])]
    watched = next((each for each in named if each and each.reward.when.of_a_friend), None)
    if watched is None or (fact.times > 0 and watched is not named[0]):
        return
    memory, cause = member.memories.of(watched, member.known), (int(Cause.MEMBER), fact.id)
    if fact.times < 0:  # another kind may have its name now, or may have had it since
        memory = next((asked.memory for asked in memory.asked.values() if asked.cause == cause and asked.times), memory)
    now = Now(member, fact.day, entries, Taking(fact.day, fact.id, cause[0]) if fact.times < 0 else None)
    settle(now, watched, memory, watched.when.handed_over(fact.id, fact.times))
    weigh_again(now)


def settle_found(now: Now, found: Found) -> None:
    """Give what a purchase was known to make due."""
    settle(now, found.watched, found.memory, found.dues)


def settle(now: Now, watched: Watched, memory: Memory, dues: Iterable[Due]) -> None:
    """Give what is due, take what no longer is."""
    for kind, number, times in dues:
        cause = (int(kind), number)
        if times > 0:
            if list(cause) not in memory.kept:
                let_through(now, watched, memory, (cause, times), now.day)
            continue
        fewer = ask_fewer(memory, cause, -times)
        if fewer and watched.reward.on_return == "keep":
            memory.kept.append(list(cause))
        elif fewer and cause in memory.given and now.back:
            take(now, watched, memory, (cause, fewer))
    touch(now, watched, memory)


def touch(now: Now, watched: Watched, memory: Memory) -> None:
    """What is due of a reward whose days matter may be another thing now."""
    asks = now.back and memory.asked and watched.reward.on_return != "keep"
    if asks and now.member.versions.day_matters(watched.name, memory.changed, now.day):
        now.member.memories.touched[id(memory)] = memory


def weigh_again(now: Now) -> None:
    """Something was taken back: what is due of rewards whose days matter is let through as if only what is left had been bought."""
    touched = now.member.memories.touched
    while touched:
        looked_at = let_through_anew(now.member, touched.pop(next(iter(touched))))
        off, on = weighed(now.member, looked_at)
        for watched, asked, _, times in off:
            take(now, watched, asked.memory, (asked.cause, times))
        for watched, asked, _, times in on:
            give(now, watched, asked.memory, (asked.cause, times), asked.day)
        touched.update((id(each), each) for each in moved_along(now.member, looked_at))


def let_through(now: Now, watched: Watched, memory: Memory, due: tuple[tuple[int, int], int], counted_on: Day) -> None:
    """Give it, as often as the limit lets it through; it counts on its own day, though it may be given later."""
    cause, times = due
    if watched.name in now.member.versions.by_day:
        times = within_limit(now.member, watched, memory, due, counted_on)
        touch(now, watched, memory)
    if times:
        give(now, watched, memory, (cause, times), counted_on)


def give(now: Now, watched: Watched, memory: Memory, due: tuple[tuple[int, int], int], counted_on: Day) -> None:
    """Give it so many times for a cause."""
    cause, times = due
    gives = what_it_gives(now.member, watched, cause)
    if now.member.remembers:
        memory.given[cause] = [counted_on, times + memory.given.get(cause, [0, 0])[1], gives]
    for given in gives:
        quantity = given.quantity * times
        if given.asset == "points":
            if now.member.credit(cause, [(watched.rule, quantity)], now.day, now.entries):
                now.member.lots.given_by(watched.rule)
        elif given.asset in BEYOND:
            tell(now, watched, cause, given.asset, quantity)
        elif now.member.version.rewarding.counts_on(given, counted_on):
            now.entries.append(Entry(watched.rule, *cause, given.asset, now.day, quantity))
            hold(now, given, cause, times)
            reward_asset(now, given.asset, times, (watched.rule, *cause))


def hold(now: Now, given: Given, cause: tuple[int, int], times: int) -> None:
    """A tier for a time is held from now on, or no longer."""
    member, climb = now.member, now.member.climb
    if climb is None or not given.asset.startswith(HELD):
        return
    held_for_reward(climb, given, cause, now.day, times)
    member.moved(climb.look_at_holds(now.day, cause) if member.begun else [], now.entries)
    member.wake = 0


def reward_points(member: Rewarded, day: Day, entries: list[Entry], back: Taking | None = None) -> None:
    """Points came or went since rewards that hear of them were told last; what they give may be points again."""
    now = Now(member, day, entries, back)
    while member.heard_to < len(entries):
        new, member.heard_to = entries[member.heard_to :], len(entries)
        came = [entry for entry in new if entry.asset in EARNED and entry.rule.startswith(EARNING)]
        for watched, memory, scored, listens in who_scores(member, day, came, returned=back is not None and back.kind == Cause.RECEIPT):
            dues = watched.when.scored(memory.state, scored)
            settle(now, watched, memory, dues if listens else [due for due in dues if due.times < 0])
        weigh_again(now)
        if member.version.rewarding.points_move_days:
            look(member)


def tell(now: Now, watched: Watched, cause: tuple[int, int], asset: str, times: int) -> None:
    """What concerns others is no entry: a claim goes to the limit of all, a hand-over to whoever brought the member."""
    whom, name = (0, watched.name) if asset == CLAIM else (now.member.known.referred_by, watched.reward.name)
    now.member.memories.told.append(Told(whom, name, *cause, now.day, times))


def take(now: Now, watched: Watched, memory: Memory, due: tuple[tuple[int, int], int]) -> None:
    """Take back what was given for a cause, so many times."""
    cause, times = due
    given_on, given_times, gives = memory.given[cause]
    times = min(times, given_times)
    memory.given[cause][1] -= times
    if times == given_times:
        del memory.given[cause]
    for given in gives:
        quantity = given.quantity * times
        if given.asset == "points" and now.back:
            debit(now.member.lots, cause, [(watched.rule, quantity)], now.back, now.entries)
        elif given.asset in BEYOND:
            tell(now, watched, cause, given.asset, -quantity)
        elif now.member.version.rewarding.counts_on(given, given_on):
            # The same cause as the gift, so that the coupon of that cause is no longer due.
            now.entries.append(Entry(watched.rule, *cause, given.asset, now.day, -quantity))
            hold(now, given, cause, -times)
            reward_asset(now, given.asset, -times, (watched.rule, *cause))
