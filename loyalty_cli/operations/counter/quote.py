"""One basket quoted: its price, what pays it, and what it brings, by the arithmetic of replay itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.facts import Payment
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.replay.progress import open_rewards
from loyalty_cli.replay.progress import Standing
from loyalty_cli.replay.receipts import less
from loyalty_cli.replay.standing import next_rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.baskets.basket import Priced
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.baskets.basket import Shown
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.errors import LoyaltyError
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.one_more import OneMore
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.progress import Offered
    from loyalty_cli.rules.watch import Progress
    from loyalty_cli.store.imports.goods import Goods

# The number of a receipt that has not been written yet, above all that a database gives.
NEXT = 1 << 60
# Where in a credit that waits its points stand.
PENDING_POINTS = 4


class Refusal(NamedTuple):
    """What was shown and is refused: a card, a coupon or points."""

    what: str
    name: str
    error: LoyaltyError


class Ready(NamedTuple):
    """A coupon that can be used: its code as people read it, its name in the program, and as it is priced."""

    code: str
    name: str
    until: Day
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheCounter:
    """A basket with all that is known of it: its lines as the shop knows the goods, who buys, what is shown.

    `known` is what the shop knows of each line's goods; goods that the program leaves out keep their price. `offered` are the
    rewards of the day, `before` is how the member stands, both known before there is a basket.
    """

    lines: Sequence[Line]
    known: Sequence[Goods]
    shopper: Shopper
    coupons: Sequence[Ready] = ()
    points: int = 0
    more: OneMore | None = None
    offered: Sequence[Offered] = ()
    before: Stands | None = None
    refused: Sequence[Refusal] = ()
    card: str = ""
    member: int | None = None


class Stands(NamedTuple):
    """How a member stands: points, the tier and what the next one needs, how far they are with open rewards."""

    points: int
    pending: int
    tier: str
    next_tier: str
    missing: int | None
    open: dict[str, Progress]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What the till should charge, and what the purchase brings.

    `priced` is of the lines that the program does not leave out, which are at `places`; `entries` is what the ledger will
    have more at the end of the day.
    """

    program: Program
    asked: AtTheCounter
    priced: Priced
    places: Sequence[int]
    points_wanted: int = 0
    before: Stands | None = None
    after: Stands | None = None
    entries: Sequence[Entry] = ()

    @property
    def refused(self) -> Sequence[Refusal]:
        """What was shown and is refused."""
        return self.asked.refused

    @property
    def card(self) -> str:
        """The card that was shown."""
        return self.asked.card

    @property
    def member(self) -> int | None:
        """Who buys, if that is known."""
        return self.asked.member

    @property
    def prices(self) -> list[int]:
        """What every line costs."""
        return self.of_all([line.total for line in self.asked.lines], self.priced.prices)

    @property
    def to_pay(self) -> int:
        """What is left to pay with money."""
        return sum(self.prices) - (self.priced.total - self.priced.to_pay)

    def of_all(self, others: Sequence[int], parts: Sequence[int]) -> list[int]:
        """Figures of the priced lines among those of the others."""
        whole = list(others)
        for place, part in zip(self.places, parts, strict=True):
            whole[place] = part
        return whole


def quoted(program: Program, plan: Plan, at: AtTheCounter) -> Quote:
    """Price a basket, and let it come as one receipt more."""
    places = [place for place, known in enumerate(at.known) if not known.excluded]
    lines = [at.lines[place] for place in places]
    wanted = at.points if at.points >= 0 else most_points(program, at.shopper.points)
    basket = Basket(lines=lines, coupons=[each.shown for each in at.coupons], points=wanted)
    quote = Quote(program=program, asked=at, priced=price(program, basket, at.shopper), places=places, points_wanted=wanted)
    return quote if at.more is None else promised(quote, plan, at.more)


def most_points(program: Program, usable: int) -> int:
    """As many points as may be used at once: all that are usable, in whole steps."""
    return max(0, program.points.in_steps(usable) if program.points else usable)


def promised(quote: Quote, plan: Plan, more: OneMore) -> Quote:
    """The quote with what the purchase brings its member."""
    # What is used with a card that joins with this very receipt is nobody's in the books.
    payments = payments_of(quote) if quote.member else []
    purchase = less(purchase_of(quote, plan), payments, 0)
    entries = more.bring(purchase, payments)
    after = stands(quote.program, more.member, more.day, quote.asked.offered)
    return replace(quote, before=quote.asked.before, after=after, entries=entries)


def stands(program: Program, member: Member, day: Day, offered: Sequence[Offered]) -> Stands:
    """How a member stands on a day, on which some rewards are offered."""
    climb, lots = member.climb, member.lots
    next_tier, missing = next_rung(climb, climb.counts(day) if climb else 0)
    open_: dict[str, Progress] = {}
    if program.rewards:
        known = member.known
        who = member.tier, known.groups_on(day), known.joined, known.chance, member.segments, known.recommender_chance
        standing = Standing(member.memories.by_name, day, *who)
        open_ = {each.reward.name: each.progress for each in open_rewards(program, offered, standing)}
    pending = sum(waiting[PENDING_POINTS] for waiting in lots.pending)
    return Stands(lots.balance, pending, member.tier, next_tier, missing, open_)


def payments_of(quote: Quote) -> list[Payment]:
    """What pays a part of the basket, as redemptions."""
    priced = quote.priced
    paid = [Payment(NEXT + place, 0, one.total) for place, one in enumerate(priced.coupons, 1)]
    if priced.points is not None and priced.points_used:
        paid.append(Payment(NEXT, priced.points_used, priced.points.total))
    return paid


def purchase_of(quote: Quote, plan: Plan) -> Purchase:
    """The basket as the receipt that the till will export: each line at its price after discounts."""
    moment = quote.asked.shopper.moment
    parts, units = Counter[int](), Counter[int]()
    for place, now, before in zip(quote.places, quote.priced.prices, quote.priced.before, strict=True):
        line = quote.asked.lines[place]
        class_ = plan.class_of(line.product, line.category, reduced=line.reduced or now < before)
        parts[class_] += now
        units[class_] += line.quantity if now > 0 else 0
    counted = tuple(sorted(units.items())) if plan.asks_units else ()
    money = tuple(sorted(parts.items())) or ((0, 0),)
    # Of what is used a part pays for what the product list excludes, as in the books.
    excluded = sum(quote.prices) - quote.priced.total
    return Purchase(moment.day, moment.clock, PURCHASE, NEXT, moment.store, quote.priced.total, money, units=counted, excluded=excluded)
