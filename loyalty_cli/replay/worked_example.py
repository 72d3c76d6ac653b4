"""Replaying one worked example of a program, and what comes out differently."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import months_from
from loyalty_cli.model.entry import HELD
from loyalty_cli.model.entry import PUT_BACK
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import AFTER_THE_DAY
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import Return
from loyalty_cli.program.examples import Difference
from loyalty_cli.replay.example_facts import everybody
from loyalty_cli.replay.example_facts import MEMBER
from loyalty_cli.replay.ranked import RankedClimb
from loyalty_cli.replay.replayer import REVIEW
from loyalty_cli.replay.replayer import REWARDED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.program.examples import Example
    from loyalty_cli.program.examples import Then
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.replayer import Replayed
    from loyalty_cli.replay.replayer import Replayer

# Numbers that no fact of an example has.
FIRST_PLACE, FIRST_COUPON = 100_000, 200_000


class Played(NamedTuple):
    """An example replayed: the member, and the friends whom the member brought; `on_the_day` is the member before the last review.

    A tier holds through the day of its review, so on that day it is still the member's, as it is at the till.
    """

    member: Replayed
    on_the_day: Replayed
    friends: tuple[Replayed, ...]


def played(example: Example, replayer: Replayer) -> Played:
    """Replay everybody, once more after each period whose best are to be found."""
    program, people = replayer.plan.in_force(example.until), everybody(example, replayer.plan)
    if program.rankings or (program.ladder and program.ladder.of_the_best):
        for first in months_from(program.starts, example.until):
            for number, place in places_from(first, program, lived(people, replayer, first - 1), people):
                people[number] = with_facts(people[number], [place])
    lives = lived(people, replayer, example.until)
    on_the_day = lived(people, replayer, example.until, last=REWARDED)[MEMBER]
    return Played(lives[MEMBER], on_the_day, tuple(lives[number] for number in range(MEMBER + 1, MEMBER + 1 + len(example.friends))))


def lived(people: Mapping[int, MemberFacts], replayer: Replayer, until: Day, last: int = REVIEW) -> dict[int, Replayed]:
    """Everybody replayed, the member last, with what friends hand over."""
    lives = {number: life(known, replayer, until, last) for number, known in people.items() if number != MEMBER}
    handed = [
        HandedOver(told.day, AFTER_THE_DAY, HANDED_OVER, number, told.reward, told.times)
        for number, friend in lives.items()
        for told in friend.member.memories.told
        if told.to == MEMBER
    ]
    return {**lives, MEMBER: life(with_facts(people[MEMBER], handed), replayer, until, last)}


def life(known: MemberFacts, replayer: Replayer, until: Day, last: int) -> Replayed:
    """One of them replayed; again with the coupons that came, as long as these bring others, where rewards hear of coupons."""
    replayed, in_hand = replayer.replay(known, until, last=last), list[Adjustment]()
    while replayer.plan.asks_coupons and (found := coupons_of(replayed.entries, replayer.plan.in_force(until))) != in_hand:
        in_hand = found
        replayed = replayer.replay(with_facts(known, in_hand), until, last=last)
    return replayed


def with_facts(known: MemberFacts, more: Iterable[Fact]) -> MemberFacts:
    """What is known of a member, with more facts in their places."""
    return known._replace(facts=sorted((*known.facts, *more), key=lambda fact: fact[:4]))


def coupons_of(entries: Iterable[Entry], program: Program) -> list[Adjustment]:
    """The coupons that entries bring into the member's hand on the day on which they are due, and what takes them back."""
    found, numbers = list[Adjustment](), dict[tuple[object, ...], list[int]]()
    for entry in entries:
        terms = program.coupons.get(entry.asset.removeprefix("coupon:")) if entry.asset.startswith("coupon:") else None
        if terms is None:
            continue
        name, open_ = IN_HAND + entry.asset.removeprefix("coupon:"), numbers.setdefault(entry[:4], [])
        for _ in range(abs(entry.quantity)):
            comes = entry.quantity > 0
            number = FIRST_COUPON + len(found) if comes else open_.pop()
            if comes:
                open_.append(number)
            _, until = terms.days_from(entry.day)
            found.append(Adjustment(entry.day, AFTER_THE_DAY, ADJUSTMENT, number, name, 1 if comes else -1, until))
    return found


def places_from(
    first: Day, program: Program, lives: Mapping[int, Replayed], people: Mapping[int, MemberFacts]
) -> Iterator[tuple[int, Adjustment]]:
    """Who is among the best when a month begins, with what tells them: of the period that is over, through the next one."""
    for name, rung in program.ladder.of_the_best if program.ladder else ():
        period = rung.period.first_day(first - 1, 0)
        if rung.period.first_day(first, 0) == first:
            climbs = {number: each.member.climb for number, each in lives.items()}
            ranked = {number: climb for number, climb in climbs.items() if isinstance(climb, RankedClimb)}
            scores = {number: climb.periods.get((rung.of_each, period), 0) for number, climb in ranked.items()}
            for number, _ in rung.best_of(scores):
                through = rung.period.last_day(first, 0)
                yield number, Adjustment(first, 0, ADJUSTMENT, FIRST_PLACE + first, f"{HELD}{name}", 1, through)
    for asset, condition in program.rankings.items():
        began = add_months(first, -condition.months)
        spent = {number: spent_between(known.facts, began, first - 1) for number, known in people.items()}
        for number in condition.best_of(spent):
            yield number, Adjustment(first - 1, 0, ADJUSTMENT, FIRST_PLACE + first, asset, 1, add_months(first, 1) - 1)


def spent_between(facts: Iterable[Fact], first: Day, last: Day) -> int:
    """What was spent on some days, less what was brought back on them."""
    receipts = [fact for fact in facts if isinstance(fact, Purchase | Return) and first <= fact.day <= last]
    return sum(item.money if isinstance(fact, Purchase) else -item.money for fact in receipts for item in fact.items)


def differences(example: Example, played: Played) -> list[Difference]:
    """What an example says otherwise than replay."""
    found = different_things(("then",), example.then, played.member, played.on_the_day)
    for index, (then, friend) in enumerate(zip(example.then.friends, played.friends)):
        found += different_things(("then", "friends", index), then, friend, friend)
    return found


def different_things(path: tuple[str | int, ...], then: Then, replayed: Replayed, on_the_day: Replayed) -> list[Difference]:
    """What one of them should have otherwise."""
    held: Counter[str] = Counter()
    for entry in replayed.entries:
        held[entry.asset] += entry.quantity
    standing = on_the_day.standing
    found = [
        Difference((*path, name), expected, getattr(standing, name))
        for name in ("points", "pending", "tier", "discount", "spent")
        if (expected := getattr(then, name)) is not None and expected != getattr(standing, name)
    ]
    for section, expected_of in {**then.held, "put_back": then.put_back or {}}.items():
        # The ledger calls one of them by the singular: `badge:regular` is among the badges.
        prefix = PUT_BACK if section == "put_back" else f"{section.removesuffix('s')}:"
        for name, expected in expected_of.items():
            if held[prefix + name] != expected:
                found.append(Difference((*path, section, name), expected, held[prefix + name]))
    return found
