"""The rewards and draws of one version of a program, sorted by what they want to hear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import CLAIM
from loyalty_cli.model.entry import HAND_OVER
from loyalty_cli.model.entry import KEPT
from loyalty_cli.model.entry import POINTS
from loyalty_cli.replay.listening import Listening
from loyalty_cli.replay.plan import amount_for
from loyalty_cli.replay.seen import Seeing
from loyalty_cli.rules.friends import Brought
from loyalty_cli.rules.give.given import Given
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import OF_THE_MEMBER
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.rules.at_most import AtMost
    from loyalty_cli.rules.only import Moment


CLAIMED = Given(asset=CLAIM, quantity=1)
TICKET = "ticket:"
HANDED_OVER = Given(asset=HAND_OVER, quantity=1)


@dataclass(eq=False)
class Watched:
    """One reward of one version: its watch, what it sees of a purchase, and what it gives.

    `name` is that of its memory, and of its claims. `without_place` is what is given where all places of a limit are taken.
    """

    name: str
    reward: Reward
    when: Any
    sees: Seeing
    gives: Sequence[Given]
    without_place: Sequence[Given]
    since: Day
    at_most: AtMost | None

    def __post_init__(self) -> None:
        self.rule = f"rewards.{self.reward.name}"
        self.only = self.reward.only
        self.on_a_day = asked_without_receipt(self)
        # What is left to ask once the day is known to be in season.
        self.in_season = self.only.without_calendar
        self.waits = self.when.waits

    @property
    def needs_no_more(self) -> bool:
        """Whether purchases alone decide what is due: not what rules give, and no day that is waited for."""
        return not (self.waits or self.when.hears_assets or self.only.tiers or self.only.segments)

    def limited(self, times: list[Day], until: Day, anchor: Day) -> list[Day]:
        """Those of the days on which it was given that its limit still looks at."""
        return self.at_most.still_counting(times, until, anchor) if self.at_most else []

    @cached_property
    def same_as(self) -> tuple[object, ...]:
        """What must be the same in another version for the memory to go on."""
        return type(self.when), self.only

    def is_as(self, other: Watched) -> bool:
        """Whether another version has the reward in the same way."""
        return (self.same_as, self.when, self.gives, self.at_most) == (other.same_as, other.when, other.gives, other.at_most)


class Row:
    """The purchases that some rewards look at, all of them the same."""

    def __init__(self, like: Watched) -> None:
        self.only, self.in_season, self.sees = like.only, like.in_season, like.sees
        self.asks = self.in_season.conditional
        self.plain = self.sees.plain
        self.watches: list[tuple[int, Watched]] = []


def rows_of(hear: Sequence[Watched]) -> list[Row]:
    """The rewards whom purchases alone tell enough, with their places, in rows."""
    rows: dict[tuple[object, ...], Row] = {}
    for place, each in enumerate(hear):
        if each.needs_no_more:
            row = rows.setdefault((each.only, *each.sees.what), Row(each))
            row.watches.append((place, each))
    return list(rows.values())


def with_and_without_place(program: Program, gives: Sequence[Given], *, in_all: bool) -> tuple[list[Given], list[Given]]:
    """What a reward gives with a place and without one: the claim alone, or all but the gifts of which there are only so many."""
    counted = [given for given in gives if program.is_counted(given.asset)]
    if not in_all and not counted:
        return [*gives], [*gives]
    return [CLAIMED, *gives], [CLAIMED, *(() if in_all else (given for given in gives if given not in counted))]


def asked_without_receipt(watched: Watched) -> Only:
    """What a reward asks on a day on which it wakes by itself: what its receipts were asked is not asked again."""
    only = watched.only
    if not watched.when.hears_purchases:
        return only
    if watched.when.of_a_friend:
        return only.model_copy(update={name: getattr(EVERYTHING, name) for name in Only.model_fields if name not in OF_THE_MEMBER})
    return only.model_copy(update={"stores": (), "hours": None, "points_used": None, "coupon_used": None})


class Rewarding:
    """The rewards and draws of one version of a program."""

    def __init__(self, program: Program, plan: Plan, since: Day) -> None:
        self.watched = {each.name: each for reward in program.rewards.values() for each in watched_of(reward, program, plan, since)}
        # Those for bringing friends that only earlier versions had: in a later one they go on.
        self.left_out: dict[str, Watched] = {}
        every = self.watched.values()
        hear = [each for each in every if each.when.hears_purchases]
        self.listening = Listening(hear)
        # Those whom purchases alone tell enough, in rows that look at the same purchases, and the others.
        self.beforehand = Listening(rows_of(hear))
        self.in_turn = Listening([each for each in hear if not each.needs_no_more])
        self.places = {each: place for place, each in enumerate(hear)}
        self.waiting = [each for each in every if each.waits]
        self.asks = bool(program.draws) or any(each.in_season.conditional for each in hear)
        self.by_asset = {
            asset: [each for each in every if asset in each.when.hears_assets]
            for asset in {asset for each in every for asset in each.when.hears_assets}
        }
        self.points_move_days = any(POINTS in each.when.hears_assets for each in self.waiting)
        self.hears_points = POINTS in self.by_asset
        self.hears_reviews = any(asset.startswith(KEPT) for asset in self.by_asset)
        self.draws = {name: (draw, plan.bit(draw.only)) for name, draw in program.draws.items() if draw.counting != "nothing"}
        self.dates = {name: draw.dates for name, draw in program.draws.items()}

    def follow(self, earlier: Rewarding) -> None:
        """The version after another one: what is remembered for bringing friends outlives a version without the reward."""
        known = {**earlier.left_out, **earlier.watched}
        self.left_out = {name: each for name, each in known.items() if each.reward.when.of_a_friend and name not in self.watched}

    def before(self, later: Watched) -> Watched | None:
        """A reward of the next version as this one has it; one for bringing friends that it leaves out, as it was last."""
        return self.watched.get(later.name) or (self.left_out.get(later.name) if later.reward.when.of_a_friend else None)

    def counts_on(self, given: Given, day: Day) -> bool:
        """Whether what is given on a day counts: tickets only within the days of their draw."""
        name = given.asset.removeprefix(TICKET)
        return name == given.asset or name not in self.dates or day in self.dates[name]

    def drawn(self, moment: Moment, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """The draws that a purchase counts for, with its amount."""
        for name, (draw, bit) in self.draws.items():
            if moment.day in draw.dates and draw.only.holds(moment):
                yield name, amount_for(bit, parts)


def brings_since(plan: Plan, name: str, since: Day) -> Day:
    """The day from which on a reward for bringing friends has been in the program until a version, whatever it asked for."""
    found = since
    for from_day, program in reversed(plan.versions):
        if from_day <= since:
            reward = program.rewards.get(name)
            if reward is None or not reward.when.of_a_friend:
                break
            found = min(found, max(program.starts, from_day))
    return found


def watched_of(reward: Reward, program: Program, plan: Plan, since: Day) -> Iterator[Watched]:
    """A reward as it watches a member; for bringing friends also as it watches the friend, and is told what that one does."""
    in_all, bit = bool(reward.block.in_all or reward.block.budget), plan.bit(reward.only)
    when, elements = program.watch_of(reward), [(thing, plan.bit(only) | bit) for thing, only in reward.when.elements]
    categories = plan.categories if when.tells_categories else None
    sees = Seeing(bit, elements, units=when.counts_units, categories=categories)
    gives = [give.given() for give in reward.gives]
    if not when.of_a_friend:
        yield Watched(reward.name, reward, when, sees, *with_and_without_place(program, gives, in_all=in_all), since, reward.at_most)
        return
    given, since = with_and_without_place(program, gives, in_all=False), brings_since(plan, reward.name, since)
    yield Watched(reward.name, reward, Brought(), Seeing(0), *given, since, reward.at_most)
    for_friend = [HANDED_OVER, *(give.given() for give in reward.to_friend)]
    yield Watched(reward.as_a_friend, reward, when, sees, *with_and_without_place(program, for_friend, in_all=in_all), since, None)
