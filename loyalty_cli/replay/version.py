"""One version of a program with its machines: earning, rewarding, the personal discount, the life of points."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.program.blocks.points import PointsAtMost
from loyalty_cli.replay.debiting import Life
from loyalty_cli.replay.earning import Earning
from loyalty_cli.replay.earning import Some
from loyalty_cli.replay.plan import amount_for
from loyalty_cli.replay.rewarding import Rewarding
from loyalty_cli.replay.rewarding import TICKET
from loyalty_cli.replay.segmented import asked_by
from loyalty_cli.replay.wallets import WalletTerms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.draws.block import DrawBlock
    from loyalty_cli.rules.window import Window


class Version:
    """One version of a program, in force from a day."""

    def __init__(self, index: int, from_day: Day, program: Program, plan: Plan) -> None:
        self.index = index
        self.from_day = from_day
        self.program = program
        self.earning = Earning(program, plan)
        self.wallets = [WalletTerms(name, program, plan, terms) for name, terms in program.wallets.items()]
        self.rewarding = Rewarding(program, plan, max(program.starts, from_day))
        self.segments = [(name, segment.numbered(plan.conditions)) for name, segment in program.segments.items()]
        self.ladder = program.ladder
        self.ladder_bit = plan.bit(program.ladder.only) if program.ladder else 0
        # Asked with every purchase; a method of settings is found anew each time, which costs more than what it does.
        self.measure_of = program.ladder.measured if program.ladder else None
        # Whether one purchase may open a tier at once.
        self.at_once = bool(program.ladder and program.ladder.opened_by_purchase)
        self.ranks = bool(program.ladder and program.ladder.of_the_best)
        self.ladder_conditional = program.ladder is not None and program.ladder.only.conditional
        # Whether a purchase needs more than its money looked at.
        listens = self.rewarding.listening.listeners or self.rewarding.hears_points
        self.rewards_or_draws = bool(listens or program.draws or self.wallets)
        # Whether anything but goods, tier, groups and segments decides what a purchase brings.
        asks_to_earn = self.earning.conditional and self.earning.asks_the_moment
        self.asks = bool(asks_to_earn or self.rewarding.asks or self.wallets or self.ladder_conditional)
        points = program.points
        # The most points that purchases bring, where the program says so.
        self.most = points.at_most if points and points.at_most != PointsAtMost() else None
        # Where points wait before they can be used, the day on which those of a day become usable.
        self.usable_on = points.usable_on if points and points.wait else None
        self.rests = points.lapse_without_purchase if points else None
        self.last_days: dict[Day, Day] = {}
        # The first day whose purchases earn, the first day whose purchases count, the last day of both.
        self.earns_from, self.ends = program.starts, program.ends
        self.counts_from = 0 if program.counts_before_start else program.starts
        self.personal_offers = {
            name: offer
            for name, offer in program.offers.items()
            if offer.takes == "percent" and offer.only.filter is None and not offer.only.of_the_moment
        }
        # Whether they are for some members only, and whether any two discounts go otherwise than all of them together.
        filters = [offer.only for offer in self.personal_offers.values()]
        filters += [program.discounts.only] if program.discounts else []
        self.offers_ask_the_member = any(only.of_the_member for only in filters)
        self.offers_part = any(offer.group or offer.never_with for offer in program.offers.values())
        windows = [getattr(offer, "counted_over", None) for offer in program.offers.values()]
        self.spending_windows: list[Window] = [window for window in windows if window and window.kind != "lifetime"]

    def measured(
        self,
        parts: Sequence[tuple[int, int]],
        points: int,
        held: int,
        units: Sequence[tuple[int, int]] = (),
        earning: Earning | None = None,
    ) -> int:
        """What a purchase counts for a ladder that looks at some products: nothing without any of them.

        `earning` is that of the version which gave its points, if that is another one.
        """
        amount = amount_for(self.ladder_bit, parts)
        if amount <= 0:
            return 0
        if self.ladder.by == "points" and amount != amount_for(0, parts):
            some = Some(parts, units)
            points = min(points, (earning or self.earning).points_of_fitting(self.ladder_bit, some, held, of=some))
        measure: int = self.ladder.measured(amount, points)
        return measure

    def measure_left(self, bought: Bought, earning: Earning) -> int:
        """What a purchase still counts after its returns; `earning` is that of the purchase's own version."""
        bit = self.ladder_bit
        kept = bought.kept(bit)
        if bought.whole or (bit and kept <= 0):
            return 0
        points = bought.net
        if earning.uncounted:
            points = min(points, earning.counted(bought.earned.items()) - earning.counted(bought.taken.items()))
        if bit and self.ladder.by == "points":
            gave, back = (earning.points_of_fitting(bit, some, bought.held, of=bought.some) for some in (bought.some, bought.some_back))
            points = max(0, min(points, gave - back))
        measure: int = self.ladder.measured(kept, points)
        return measure

    def promises(self, day: Day) -> bool:
        """Whether a purchase of a day earns anything that is promised."""
        return self.earns_from <= day <= self.ends

    def counts(self, day: Day) -> bool:
        """Whether a purchase of a day counts for tiers and growing discounts."""
        return self.counts_from <= day <= self.ends

    def life(self, earned: Day) -> Life:
        """When points earned on a day can be used."""
        return Life(self.usable_on(earned) if self.usable_on else earned, self.last_day(earned))

    def life_of(self, asset: str) -> Version | WalletTerms:
        """What says how long points live: a wallet's terms, else the program."""
        return next((wallet for wallet in self.wallets if wallet.asset == asset), self)

    def least_day(self, day: Day) -> Day:
        """Through which day used points that come back on a day can be used at least; 0 if the program does not say."""
        points = self.program.points
        return points.given_back_for.after(day) if points and points.given_back_for else 0

    def last_day(self, earned: Day) -> Day:
        """The last day on which points earned on a day can be used."""
        known = self.last_days.get(earned)
        if known is None:
            points = self.program.points
            own = points.last_day(earned) if points else NEVER
            known = self.last_days[earned] = max(earned, min(own, self.program.last_redemption))
        return known


class Versions(list[Version]):
    """All versions of a program, and what a member is asked if any of them asks it."""

    def __init__(self, versions: Iterable[Version], plan: Plan) -> None:
        super().__init__(versions)
        for earlier, later in pairwise(self):
            later.rewarding.follow(earlier.rewarding)
        self.asking = asked_by(plan)
        # Whether there are rewards or segments, whose days a member may wait for.
        self.reward_or_ask = bool(self.asking) or any(version.rewarding.watched for version in self)
        # Whether points lapse without a purchase, and the windows over which discounts count turnover.
        self.rest = any(version.rests for version in self)
        self.spending_windows = [window for version in self for window in version.spending_windows]
        # Whether rewards of any version hear of points: one that is gone hears of their going.
        self.hear_points = any(version.rewarding.hears_points for version in self)
        # The rewards of which it matters on which day they are due, and those of which any day matters.
        every = [watched for version in self for watched in version.rewarding.watched.values()]
        self.any_day = with_their_feeders({each.name for each in every if each.at_most} | told_otherwise(every), every)
        self.by_day = with_their_feeders(self.any_day | with_tickets(every), every)
        self.draw_rules = rules_of_draws(self)
        # The days from which on tickets count for a draw, or no longer do.
        dates = [dates for version in self for dates in version.rewarding.dates.values()]
        self.draw_turns = sorted({turn for each in dates for turn in (each.first, each.last + 1)})

    def day_matters(self, name: str, since: Day, until: Day) -> bool:
        """Whether anything changes by it on which of some days a reward was due: of tickets only as far as a draw begins or ends."""
        return name in self.any_day or bisect_right(self.draw_turns, until) > bisect_right(self.draw_turns, since)

    def watched_on(self, watched: Watched, day: Day) -> Watched:
        """A reward as the version of a day has it, if that has it."""
        version = next(version for version in reversed(self) if version.from_day <= day)
        return version.rewarding.watched.get(watched.name, watched)


def rules_of_draws(versions: Iterable[Version]) -> dict[str, list[tuple[int, DrawBlock]]]:
    """The rules that each draw has had, one after another, with the version from which on."""
    found: dict[str, list[tuple[int, DrawBlock]]] = {}
    for version in versions:
        for name, (draw, _) in version.rewarding.draws.items():
            rules = found.setdefault(name, [])
            if not rules or rules[-1][1] != draw:
                rules.append((version.index, draw))
    return found


def with_tickets(every: Sequence[Watched]) -> set[str]:
    """The names of rewards whose tickets are for the days of a draw, where what is left may be reached on another day."""
    return {each.name for each in every if each.when.remembers and any(given.asset.startswith(TICKET) for given in each.gives)}


def told_otherwise(every: Sequence[Watched]) -> set[str]:
    """The names of rewards that another version has otherwise."""
    first: dict[str, Watched] = {}
    return {each.name for each in every if not each.is_as(first.setdefault(each.name, each))}


def with_their_feeders(found: set[str], every: Sequence[Watched]) -> set[str]:
    """The names of rewards, and of what brings what any of these feed on."""
    while True:
        heard = {asset for each in every if each.name in found for asset in each.when.hears_assets}
        more = found | {each.name for each in every if not heard.isdisjoint(given.asset for given in each.gives)}
        if more == found:
            return found
        found = more
