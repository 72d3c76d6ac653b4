"""Replay: one member's facts in order, through the program, to the entries that member should have.

The order on one day: a version comes into force, pending points become usable, points lapse, segments are judged,
receipts and redemptions by their time, rewards whose day has come, tiers are reviewed. A rule that waits for a day is told when
that day comes; it never sees how far replay goes. So replay until a day gives exactly the entries of any later replay up to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import RANKED
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.facts import FEEDBACK
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import RETURN
from loyalty_cli.replay.ahead import read_ahead
from loyalty_cli.replay.coupons_in_hand import reward_coupon
from loyalty_cli.replay.debiting import Taking
from loyalty_cli.replay.judging import judge
from loyalty_cli.replay.member import Member
from loyalty_cli.replay.new_version import change_version
from loyalty_cli.replay.opening import is_opening
from loyalty_cli.replay.opening import open_with
from loyalty_cli.replay.returning import bring_back
from loyalty_cli.replay.reviews import look_at_reviews
from loyalty_cli.replay.reviews import review
from loyalty_cli.replay.rewards import reward_day
from loyalty_cli.replay.rewards import reward_event
from loyalty_cli.replay.rewards import reward_hand_over
from loyalty_cli.replay.rewards import reward_points
from loyalty_cli.replay.rewards_changed import change_rewards
from loyalty_cli.replay.snapshot import looked
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.standing import standing_of
from loyalty_cli.replay.using import give_by_hand
from loyalty_cli.replay.using import redeem
from loyalty_cli.replay.version import Version
from loyalty_cli.replay.version import Versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.replay.plan import Plan

# The parts of a day, in their order; a time is day * PARTS + part.
SWITCH, USABLE, LAPSED, JUDGED, FACTS, REWARDED, REVIEW = range(7)
PARTS = 7
# What was usable through a day has lapsed on the next one.
AFTERWARDS = PARTS + LAPSED


class Replayed:
    """What replay found: the entries in order, and the member as they stand (which the next replay can go on from)."""

    __slots__ = ("entries", "member")

    def __init__(self, entries: list[Entry], member: Member) -> None:
        self.entries = entries
        self.member = member

    @property
    def standing(self) -> Standing:
        """The member at the end of the last day."""
        return standing_of(self.member)


class Replayer:
    """A program ready to replay any number of members."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.versions = Versions((Version(index, from_day, program, plan) for index, (from_day, program) in enumerate(plan.versions)), plan)
        # When the next version or the program begins, by version and by whether the program has begun.
        self.switch_times = [
            [self.next_switch(version, begun=begun) * PARTS + SWITCH for begun in (False, True)] for version in self.versions
        ]

    def start(self, facts: MemberFacts, state: str | None = None) -> Member:
        """A member of whom nothing has happened yet, or as they were saved; ValueError if that is of another release's form."""
        member = self.member(facts)
        return looked(member) if state is None else restored(state, member)

    def member(self, facts: MemberFacts) -> Member:
        """A member before anything."""
        return Member(facts, self.versions)

    def replay(self, facts: MemberFacts, until: Day, member: Member | None = None, last: int = REVIEW) -> Replayed:
        """Replay through the end of a day, or through a part of it. A `member` from before goes on; the facts then are the later ones."""
        member = member or self.start(facts)
        member.heard_to = 0
        member.until = until
        read_ahead(member, until)
        entries: list[Entry] = []
        for fact in facts.facts:
            day = fact.day
            # On most days nothing happens by itself and the replay goes on: one comparison tells both.
            if day >= member.wake:
                if day > until:
                    break
                self.pass_time(member, day * PARTS + FACTS, entries)
                if member.wake > until:
                    member.wake = until + 1
            if fact.kind == PURCHASE:
                member.buy(fact, entries)  # type: ignore[arg-type]
            else:
                happen(member, fact, entries)
        self.pass_time(member, until * PARTS + last, entries)
        member.settle(until)
        return Replayed(entries, member)

    def next_time(self, member: Member) -> int:
        """When the next thing happens by itself."""
        lots, climb = member.lots, member.climb
        time = self.switch_times[member.version.index][member.begun]
        # Comparisons in place of min(): this is asked twice as often as anybody buys.
        held = lots.lots
        if held and (lapsed := held[0][0] * PARTS + AFTERWARDS) < time:
            time = lapsed
        if lots.pending and (usable := lots.pending[0][0] * PARTS + USABLE) < time:
            time = usable
        if climb is not None:
            if (reviewed := climb.review_on * PARTS + REVIEW) < time:
                time = reviewed
            if (ended := climb.held_until * PARTS + REVIEW) < time:
                time = ended
        if self.versions.reward_or_ask or member.purses.by_name:
            time = min(time, time_of_few(member))
        return time

    def next_switch(self, version: Version, *, begun: bool) -> Day:
        """The day the next version or the program itself begins."""
        start = NEVER if begun else max(version.program.starts, version.from_day)
        later = version.index + 1
        return min(start, self.versions[later].from_day) if later < len(self.versions) else start

    def pass_time(self, member: Member, until: int, entries: list[Entry]) -> None:
        """Let everything happen that happens by itself up to a time."""
        while (time := self.next_time(member)) <= until:
            day, part = divmod(time, PARTS)
            so_far = len(entries)
            if part == SWITCH:
                self.switch(member, day, entries)
            else:
                COMES[part](member, day, entries)
            # A day that a reward no longer waits for, or a review that leaves the tier, is nothing to look at.
            if len(entries) > so_far and member.segmented and member.segmented.asks_standing and part not in (JUDGED, SWITCH):
                member.segmented.look_on(day if part < JUDGED else day + 1)
            if member.versions.hear_points:
                reward_points(member, day, entries)
        member.wake = time // PARTS

    def switch(self, member: Member, day: Day, entries: list[Entry]) -> None:
        """The program begins, or its next version comes into force."""
        later, old = member.version.index + 1, member.version
        if later < len(self.versions) and self.versions[later].from_day <= day:
            moves = change_version(member, self.versions[later], day)
            # Before the tier is told to them: the rewards of this version hear of it.
            change_rewards(member, old, day, entries)
            member.moved(moves, entries)
            read_ahead(member, member.until)
        else:
            member.moved(member.begin(day), entries)
        if member.segmented and member.begun:
            # Before somebody is a member, nothing is said of them.
            member.segmented.name_anew(max(day, member.known.joined or day))
        look_at_reviews(member, day)


def become_usable(member: Member, day: Day, entries: list[Entry]) -> None:
    """Pending points can be used."""
    member.lots.activate(day, entries)
    for purse in member.purses.by_name.values():
        purse.activate(day, entries)


def lapse(member: Member, day: Day, entries: list[Entry]) -> None:
    """Points were not used in time."""
    member.lots.lapse(day, entries)
    for purse in member.purses.by_name.values():
        purse.lapse(day, entries)


# What comes by itself and needs no other version.
COMES: dict[int, Callable[[Member, Day, list[Entry]], None]] = {
    USABLE: become_usable,
    LAPSED: lapse,
    JUDGED: judge,
    REWARDED: reward_day,
    REVIEW: review,
}


def time_of_few(member: Member) -> int:
    """When the next thing happens by itself that few programs know: rewards that wait for a day, other wallets, segments."""
    time = min(member.memories.next_day * PARTS + REWARDED, member.kept_on * PARTS + REVIEW)
    if member.purses.by_name:
        time = min(time, member.purses.next_usable * PARTS + USABLE, member.purses.next_lapse * PARTS + LAPSED)
    if member.segmented and member.begun:
        time = min(time, member.segmented.next_day * PARTS + JUDGED)
    return time


def taking_of(fact: Fact) -> Taking | None:
    """What a fact takes back by: a return, or a friend who undid something."""
    if fact.kind == HANDED_OVER:
        return Taking(fact.day, fact.id, int(Cause.MEMBER))
    return Taking(fact.day, fact.id) if fact.kind == RETURN else None


def happen(member: Member, fact: Fact, entries: list[Entry]) -> None:
    """A fact that is not a purchase, and what hears of the points that it moves."""
    take_in(member, fact, entries)
    member.wake = 0
    if member.segmented:
        member.segmented.look_on(fact.day + 1)
    if member.versions.hear_points:
        reward_points(member, fact.day, entries, taking_of(fact))


def take_in(member: Member, fact: Fact, entries: list[Entry]) -> None:
    """A fact that is not a purchase, by its kind."""
    kind = fact.kind
    if kind == REDEMPTION:
        redeem(member, fact, entries)  # type: ignore[arg-type]
    elif kind == ADJUSTMENT:
        adjust(member, fact, entries)  # type: ignore[arg-type]
    elif kind == HANDED_OVER:
        reward_hand_over(member, fact, entries)  # type: ignore[arg-type]
    else:
        bring_back(member, fact, entries)  # type: ignore[arg-type]


def adjust(member: Member, fact: Adjustment, entries: list[Entry]) -> None:
    """Something given or taken by hand, or brought along."""
    if fact.asset.startswith(IN_HAND):
        reward_coupon(member, fact)
    elif fact.asset.startswith((EVENT, ASKED)):
        if member.segmented:
            member.segmented.happened(fact.asset, fact.day)
            if fact.asset == FEEDBACK:
                member.segmented.answered(fact.day, fact.opinion)
        reward_event(member, fact, entries)
    elif fact.asset.startswith(RANKED):
        if member.segmented and fact.last is not None:
            member.segmented.ranked(fact.asset, fact.last)
    elif is_opening(fact.asset):
        open_with(member, fact, entries)
    else:
        give_by_hand(member, fact, entries)
