"""One member while the facts pass by: lots, tier, turnover, tickets, and what each event does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.facts import NONE
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.replay.caps import Caps
from loyalty_cli.replay.holding import hold_for
from loyalty_cli.replay.lots import Lots
from loyalty_cli.replay.memories import Memories
from loyalty_cli.replay.plan import amount_for
from loyalty_cli.replay.purchases import Purchases
from loyalty_cli.replay.qualifying import Climb
from loyalty_cli.replay.ranked import RankedClimb
from loyalty_cli.replay.rewards import look
from loyalty_cli.replay.rewards import Now
from loyalty_cli.replay.rewards import reward_asset
from loyalty_cli.replay.rewards import reward_points
from loyalty_cli.replay.rewards import reward_purchase
from loyalty_cli.replay.segmented import Segmented
from loyalty_cli.replay.sliding import SlidingLots
from loyalty_cli.replay.tickets import Tickets
from loyalty_cli.replay.wallets import Purses
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.earning import Earning
    from loyalty_cli.replay.version import Version
    from loyalty_cli.replay.version import Versions

RECEIPT = int(Cause.RECEIPT)
# An Entry from its values in order, without the keywords that cost twice as much; made once for each receipt and rule.
new_tuple = tuple.__new__


class Member:
    """A member between two events."""

    # So many attributes are quick only in slots.
    __slots__ = (
        *("known", "versions", "version", "begun", "sliding", "lots", "purchases", "remembers", "uses", "unfit", "purses"),
        *("used_from", "tickets", "caps", "climb", "spent", "visits", "spending_windows", "by_day", "opened", "first_on"),
        *("last_on", "until", "memories", "segmented", "looks", "tier_alone", "heard_to", "kept_on", "wake"),
    )

    def __init__(self, facts: MemberFacts, versions: Versions) -> None:
        self.known = facts
        self.versions = versions
        self.version = versions[0]
        self.begun = False
        # Lots that lapse without a purchase, where some version says so.
        self.sliding = SlidingLots(versions[0].rests) if versions.rest else None
        self.lots = self.sliding or Lots()
        self.purchases = Purchases()
        # Only returns and a change of the program look back at single purchases.
        self.remembers = facts.returns or len(versions) > 1
        # What the lots gave for each redemption, and what of that has come back.
        self.uses: dict[int, list[list[int]]] = {}
        # Returns that fit no purchase or are more than theirs: the receipt, and by how much.
        self.unfit: list[tuple[int, int]] = []
        # Other wallets, and what was used from them.
        self.purses = Purses()
        self.used_from: dict[int, Lots] = {}
        self.tickets = Tickets(versions)
        self.caps = Caps()
        self.climb = self.first_rung(self.version)
        self.spent = 0
        self.visits = 0
        self.spending_windows = versions.spending_windows
        # The turnover by day, where a discount counts it over a window.
        self.by_day: dict[Day, int] = {}
        self.opened: list[Adjustment] = []
        self.first_on: Day | None = None
        self.last_on: Day | None = None
        self.until: Day = 0
        self.memories = Memories()
        self.segmented = Segmented(versions.asking, facts.since) if versions.asking else None
        # Whether more than the money of a purchase is looked at, and whether groups and segments say nothing of what it earns.
        self.looks = bool(self.sliding or self.segmented) or len(versions) > 1
        self.tier_alone = not (self.segmented or facts.groups)
        # How many entries of this replay the rewards that hear of points have been told of.
        self.heard_to = 0
        # The next review of which rewards want to know whether the tier was kept.
        self.kept_on: Day = NEVER
        # Before this day nothing happens by itself; what brings such a day nearer says so here. May be too early.
        self.wake: Day = 0

    @property
    def anchor(self) -> Day:
        """The day on which years of membership begin."""
        return self.known.joined or self.version.program.starts

    def first_rung(self, version: Version) -> Climb | None:
        """The foot of a version's ladder; a membership year begins on the joining day, else with the program."""
        kind = RankedClimb if version.ranks else Climb
        return kind(version.ladder, self.known.joined or version.program.starts) if version.ladder else None

    @property
    def tier(self) -> str:
        """The tier's name, or ''."""
        return self.climb.tier if self.climb else ""

    @property
    def next_review(self) -> Day:
        """The next review that might take the tier away, or the last day through which one is held."""
        return min(self.climb.review_on, self.climb.held_until, self.kept_on) if self.climb else NEVER

    def moment(self, fact: Purchase | Return) -> Moment:
        """What filters may look at when a receipt comes."""
        payments = fact.payments if fact.kind == PURCHASE else ()  # type: ignore[union-attr]
        points = bool(payments) and any(paid.points or not paid.redemption for paid in payments)
        coupon = bool(payments) and any(paid.redemption and not paid.points for paid in payments)
        known = self.known
        own = known.cards, known.chance, self.segments, known.recommender_chance
        return Moment(fact.day, fact.clock, fact.store, self.tier, known.groups_on(fact.day), known.birthday, points, coupon, *own)

    def moment_of(self, day: Day) -> Moment:
        """What filters may look at on a day without a receipt."""
        who = self.tier, self.known.groups_on(day), self.known.birthday
        cards, chance, theirs = self.known.cards, self.known.chance, self.known.recommender_chance
        return Moment(day, 0, "", *who, cards=cards, chance=chance, segments=self.segments, recommender_chance=theirs)

    @property
    def segments(self) -> frozenset[str]:
        """The segments the member is in."""
        return self.segmented.names if self.segmented else NONE

    def begin(self, day: Day) -> list[Entry]:
        """The program starts: turnover that counted before may open a tier at once."""
        self.begun = True
        if self.climb is None:
            return []
        cause = (int(Cause.DAY), day)
        return self.climb.climb(day, cause) + (self.climb.look_at_holds(day, cause) if self.climb.holds else [])

    def settle(self, until: Day) -> None:
        """The last day of a replay is over; what the next replay must know is in order."""
        self.until = until
        if self.by_day:
            self.by_day = {day: amount for day, amount in self.by_day.items() if self.leaves_on(day) > until}
        if self.version.rewarding.waiting:
            look(self)
        if self.climb:
            self.climb.settle(until)

    def moved(self, moves: list[Entry], entries: list[Entry]) -> None:
        """The tier has changed: rewards that feed on it hear of it."""
        entries += moves
        if self.version.rewarding.by_asset:
            for move in moves:
                reward_asset(Now(self, move.day, entries), move.asset, move.quantity)

    def buy(self, fact: Purchase, entries: list[Entry]) -> None:
        """A purchase: earn at the tier so far, then let it count."""
        version, day = self.version, fact.day
        bought = self.purchases.add(fact, version=version.index) if self.remembers else None
        moment = self.look_at(fact, bought) if version.asks or self.looks else None
        self.visits += 1
        self.first_on = self.first_on or day
        self.last_on = day
        points = held = 0
        if version.earns_from <= day <= version.ends:
            points, held = self.earn(fact, moment, bought, entries)
            if version.rewards_or_draws:
                self.reward(fact, moment, bought, entries)
        if version.counts_from <= day <= version.ends:
            if version.ladder_bit:
                measure = version.measured(fact.parts, points, held, fact.units)
            else:
                measure = version.measure_of(fact.amount, points) if version.measure_of else 0
            self.count(fact, measure, moment, bought, entries)
            if self.versions.hear_points:
                # A tier that is reached may bring points.
                reward_points(self, day, entries)

    def look_at(self, fact: Purchase, bought: Bought | None) -> Moment | None:
        """What filters may look at, where any does; lots that lapse without a purchase, and segments, hear of this one."""
        if self.sliding:
            self.sliding.bought(fact.day)
        moment = self.moment(fact) if self.version.asks or (self.segmented and self.segmented.asks_the_moment) else None
        if self.segmented:
            self.segmented.bought(fact, moment, bought)
            self.wake = min(self.wake, fact.day + 1)
        if bought and len(self.versions) > 1:
            bought.moment = moment or self.moment(fact)
        return moment

    def earn(self, fact: Purchase, moment: Moment | None, bought: Bought | None, entries: list[Entry]) -> tuple[int, int]:
        """The points of a purchase that count for a tier, and the rules that gave them."""
        version, day = self.version, fact.day
        earning = version.earning
        if self.tier_alone and earning.by_tier:
            held = earning.by_tier[self.climb.tier if self.climb else ""]
        else:
            held = self.holding(earning, moment, day, self.tier)
        if earning.baskets:
            held = earning.filled(held, fact.parts)
        shares = earning.points(fact.parts, held, fact.units)
        if not shares:
            return 0, held
        if bought:
            bought.held = held
            bought.earned.update(shares)
        counted = earning.counted(shares) if earning.uncounted else None
        if version.most:
            shares = self.caps.cut(shares, version.most, day, bought)
        points = self.credit((RECEIPT, fact.id), shares, day, entries)
        return points if counted is None else min(points, counted), held

    def holding(self, earning: Earning, moment: Moment | None, day: Day, tier: str) -> int:
        """The earn rules whose conditions hold now, in a tier."""
        if moment and earning.asks_the_moment:
            return earning.holding(moment if moment.tier == tier else moment._replace(tier=tier))
        return earning.holding_for(tier, self.known.groups_on(day), self.segments)

    def credit(self, cause: tuple[int, int], shares: list[tuple[str, int]], day: Day, entries: list[Entry]) -> int:
        """Points of one cause come in as one lot, now or once they are usable; how many they are."""
        version = self.version
        last = version.last_days.get(day) or version.last_day(day)
        usable = version.usable_on(day) if version.usable_on else day
        asset = "pending" if usable > day else "points"
        kind, id_ = cause
        points = 0
        for rule, share in shares:
            points += share
            entries.append(new_tuple(Entry, (rule, kind, id_, asset, day, share)))
        if not points:  # rules that give and take the same
            return 0
        if usable > day:
            self.lots.wait(cause, points, usable=usable, earned=day, last=max(last, usable))
            self.wake = min(self.wake, usable)
        else:
            self.lots.credit(cause, points, day, last)
            if self.sliding:
                self.wake = 0
            elif last < self.wake:
                self.wake = last + 1
        return points

    def reward(self, fact: Purchase, moment: Moment | None, bought: Bought | None, entries: list[Entry]) -> None:
        """What the purchase starts besides points, and what it brings into other wallets."""
        rewarding = self.version.rewarding
        if self.version.wallets and moment:
            entries += self.purses.fill(self.version.wallets, fact, moment, bought)
            self.wake = 0
        if rewarding.listening.listeners:
            reward_purchase(self, fact, moment, bought, entries)
        for name, amount in rewarding.drawn(moment, fact.parts) if moment and rewarding.draws else ():
            entries += self.tickets.count(self.version, name, amount, day=fact.day, receipt=fact.id, store=fact.store)
        if self.versions.hear_points:
            reward_points(self, fact.day, entries)

    def count(self, fact: Purchase, measure: int, moment: Moment | None, bought: Bought | None, entries: list[Entry]) -> None:
        """The purchase counts towards the tier and the growing discounts, from the next receipt on."""
        version, climb, day = self.version, self.climb, fact.day
        self.spent += fact.amount
        if self.spending_windows:
            self.by_day[day] = self.by_day.get(day, 0) + fact.amount
        if climb is None or (moment and version.ladder_conditional and not version.ladder.only.holds(moment)):
            return
        if bought:
            bought.measure = measure
        if measure:
            climb.count(day, measure)
            # The sum may still hold days that no longer count: it is too high, or a day counts below zero.
            if (climb.sum >= climb.next_floor or climb.dips) and self.begun:
                rank, moves = climb.rank, climb.climb(day, (RECEIPT, fact.id))
                if climb.rank != rank:
                    self.moved(moves, entries)
                    self.wake = min(self.wake, climb.review_on)
        if version.at_once:
            self.hold(climb, fact, entries)

    def hold(self, climb: Climb, fact: Purchase, entries: list[Entry]) -> None:
        """The purchase alone may open a tier."""
        climb.holds += hold_for(climb, fact.id, amount_for(self.version.ladder_bit, fact.parts), fact.day)
        if climb.holds and self.begun:
            self.moved(climb.look_at_holds(fact.day, (RECEIPT, fact.id)), entries)
            self.wake = min(self.wake, climb.held_until)

    def spend(self, day: Day, amount: int) -> None:
        """Turnover of a day, below zero where goods came back."""
        self.spent += amount
        if self.spending_windows:
            self.by_day[day] = self.by_day.get(day, 0) + amount

    def leaves_on(self, day: Day) -> Day:
        """The day on which turnover of a day counts for no discount any more."""
        return max(window.leaves(day, self.anchor) for window in self.spending_windows)
