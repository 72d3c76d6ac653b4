"""Rewards when the next version of the program comes into force: what counts alike goes on, the rest begins anew with that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.carried import Carried
from loyalty_cli.replay.coupons_in_hand import tell_coupons
from loyalty_cli.replay.feeding import who_scores
from loyalty_cli.replay.memories import Memory
from loyalty_cli.replay.rewards import look
from loyalty_cli.replay.rewards import Now
from loyalty_cli.replay.rewards import settle

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.replay.version import Version


def change_rewards(member: Rewarded, old: Version, day: Day, entries: list[Entry]) -> None:
    """The next version is in force: what counts alike goes on, the rest begins anew with this day."""
    memories = member.memories
    for name, watched in member.version.rewarding.watched.items():
        before = old.rewarding.before(watched)
        memory = memories.by_name.get(name)
        if before is None:
            memories.by_name.pop(name, None)
        elif before.same_as != watched.same_as or not watched.when.counts_alike(before.when):
            # What the reward did not hear of so far, it may look at now.
            keep_what_was_heard(member, name, day)
            memories.by_name[name] = count_again(member, watched, before, memory or Memory([]))
        elif memory is not None:
            dues = list(watched.when.look_again(memory.state, day, before.when))
            settle(Now(member, day, entries), watched, memory, dues if member.version.promises(day) else [])
    tell_balance(member, day, entries)
    tell_coupons(member, day, member.memories.coupons.values())
    # What another version would have waited for less long, or not at all, comes with its own day and no day before.
    memories.not_before = day
    look(member)


def tell_balance(member: Rewarded, day: Day, entries: list[Entry]) -> None:
    """Another version hears of the points that there are: a balance may have reached what only it asks for."""
    if member.version.rewarding.hears_points and member.begun:
        for watched, memory, scored, _ in who_scores(member, day, (), returned=False):
            settle(Now(member, day, entries), watched, memory, watched.when.scored(memory.state, scored))


def keep_what_was_heard(member: Rewarded, name: str, day: Day) -> None:
    """What comes back of receipts so far still takes back what the reward gave for them when it counted as before."""
    for bought in member.purchases.by_id.values():
        if name in bought.heard:
            bought.heard[f"{name}, before {day}"] = bought.heard.pop(name)


def count_again(member: Rewarded, watched: Watched, before: Watched, old: Memory) -> Memory:
    """A reward that counts otherwise now: its progress from the receipts so far; what they reach has been given or has not.

    One that looks at each purchase for itself remembers nothing, and makes nothing of those so far. What was given before is the old
    memory's to take back, for the causes of both may have the same numbers; how often it was given counts for both.
    """
    carried = Carried(watched)
    own: list[Bought] = []
    for bought in member.purchases.by_id.values():
        moment = bought.moment
        if not watched.when.hears_purchases or moment is None or not watched.only.holds(moment):
            continue
        heard = watched.sees.remembered(bought, moment.store) if member.version.promises(bought.day) else None
        if heard:
            carried.receipts[bought.id] = heard
            own.append(bought)
    memory = Memory(carried.count(member.known), old.times, asked=old.asked, carried=carried)
    for bought in own if memory.state else ():
        bought.heard[watched.name] = (watched, memory, carried.receipts[bought.id])
    # A reward that waits for something else now, in a memory of another form, begins as a new one does.
    same_form = type(before.when).carried_over is type(watched.when).carried_over
    watched.when.carried_over(memory.state, old.state if same_form else [])
    return memory
