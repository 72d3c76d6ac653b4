"""What the discounts of a program take off the receipts there were: each is priced as the till would have been told to.

A receipt is priced by what its member was before it, at its prices before any discount, with the arithmetic of `quote`: by its sum
where that says it all, else line by line. What comes back takes its part of the discount with it, in proportion to what was paid for
its goods.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from functools import partial
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.by_sum import BySum
from loyalty_cli.baskets.by_sum import LINE_BY_LINE
from loyalty_cli.baskets.by_sum import looks_at
from loyalty_cli.baskets.by_sum import looks_at_goods
from loyalty_cli.baskets.by_sum import NOTHING
from loyalty_cli.baskets.by_sum import OnSums
from loyalty_cli.baskets.discounts import discounts_of
from loyalty_cli.baskets.discounts import taken_off
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.money import rounded
from loyalty_cli.paying.spending import DISCOUNT
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.store.simulation.sold import articles
from loyalty_cli.store.simulation.sold import excludes
from loyalty_cli.store.simulation.sold import has_floors
from loyalty_cli.store.simulation.sold import look_at
from loyalty_cli.store.simulation.sold import sold_on
from loyalty_cli.store.simulation.sold import sums_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Applied
    from loyalty_cli.baskets.by_sum import Otherwise
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.simulation.second_set import Period
    from loyalty_cli.store.simulation.sold import Article
    from loyalty_cli.store.simulation.sold import Sold

# All discounts together, in the ceilings of a month.
ALL = ""
NOTHING_SOLD = (0, False)
# So many lines are kept in mind at once.
MOST_LINES = 50_000


class Rule(NamedTuple):
    """A discount as the books would name it: what gives it, and what it is."""

    name: str
    asset: str


class Off(NamedTuple):
    """What a discount took off so many receipts."""

    receipts: int
    amount: int


NO_RECEIPT = Off(0, 0)


class Priced(NamedTuple):
    """A receipt of the days that count, the tier it was bought in, and what came off: each line by what, or one discount of its sum."""

    receipt: int
    tier: str
    applied: Sequence[Applied] | BySum
    ready: OnSums


def discounts_in(plan: Plan) -> bool:
    """Whether any version of a program takes anything off at the till."""
    return any(program.offers or any(rung.discount for rung in program.tiers.values()) for _, program in plan.versions)


class TakenOff:
    """Looks on while everybody is replayed, and prices what they bought on the days that count."""

    def __init__(self, connection: Connection, plan: Plan, period: Period) -> None:
        self.connection = connection
        self.period = period
        self.programs = [program for _, program in plan.versions]
        # For members who may be in groups, and for the others.
        self.ready = {grouped: [OnSums(program, grouped=grouped) for program in self.programs] for grouped in (True, False)}
        self.monthly = any(ready.monthly for ready in self.ready[True])
        # From the first receipt whose discounts a ceiling of a month may have to know.
        self.first = span_of_month(month_of(period.first))[0] if self.monthly else period.first
        self.began = self.excluding = self.looking = False
        self.by_member: dict[int, Mapping[Rule, Off]] = {}
        self.known_lines: dict[Sold, Line] = {}
        # Of the member who is replayed now.
        self.of_member = self.ready[True]
        self.receipts: Sequence[int] = ()
        self.sums: Mapping[int, tuple[int, bool]] = {}
        self.lines: Mapping[int, Sequence[Sold]] | None = None
        self.own: dict[Rule, Off] = {}
        self.priced: list[Priced] = []
        self.month = ""
        self.this_month: Counter[str] = Counter()

    @property
    def by_rule(self) -> dict[Rule, Off]:
        """What each discount took off in all."""
        together: dict[Rule, Off] = {}
        for own in self.by_member.values():
            for rule, off in own.items():
                before = together.get(rule, NO_RECEIPT)
                together[rule] = Off(before.receipts + off.receipts, before.amount + off.amount)
        return together

    @property
    def of_members(self) -> dict[int, int]:
        """What was taken off each member's receipts."""
        return {member: sum(off.amount for off in own.values()) for member, own in self.by_member.items()}

    @cached_property
    def goods(self) -> Mapping[int, Article]:
        """The articles, once somebody asks for one."""
        return articles(self.connection)

    def look_around(self) -> None:
        """Know the shop's goods, and which of them a discount looks at by themselves."""
        self.began, self.excluding = True, excludes(self.connection)
        if not (any(map(looks_at_goods, self.programs)) or has_floors(self.connection)):
            return
        kinds = {(each.code, each.category, each.floor) for each in self.goods.values()}
        own = {kind for kind in kinds if looks_at(self.programs, *kind)}
        looked = [number for number, each in self.goods.items() if (each.code, each.category, each.floor) in own] if own else []
        look_at(self.connection, looked)
        self.looking = bool(looked)

    def begins(self, member: Member) -> None:
        """Read what they bought."""
        if not self.began:
            self.look_around()
        self.of_member = self.ready[bool(member.known.groups)]
        self.receipts = [fact.id for fact in member.known.facts if fact.kind == PURCHASE and fact.day >= self.first]
        self.sums = sums_of(self.connection, self.receipts, excluding=self.excluding, looking=self.looking)
        self.lines = None
        self.priced, self.own, self.month, self.this_month = [], {}, "", Counter()

    def buys(self, member: Member, purchase: Purchase) -> None:
        """Price the receipt, as they stand before it."""
        version, day = member.version, purchase.day
        if day < self.first or not version.promises(day) or not (version.program.offers or member.climb is not None):
            return
        total, by_itself = self.sums.get(purchase.id, NOTHING_SOLD)
        if not total:
            return
        ready = self.of_member[version.index]
        if self.monthly and (month := month_of(day)) != self.month:
            self.month, self.this_month = month, Counter()
        found = LINE_BY_LINE if by_itself else self.by_sum(member, purchase, ready, total)
        if found is NOTHING:
            return
        applied = self.line_by_line(member, purchase) if found is LINE_BY_LINE else found
        if applied:
            self.keep(member, Priced(purchase.id, member.tier, applied, ready), day)

    def by_sum(self, member: Member, purchase: Purchase, ready: OnSums, total: int) -> BySum | Otherwise:
        """What comes off the whole of a receipt."""
        if ready.only_tiers:
            return ready.of_tier(total, member.tier)
        by_day = tuple(member.by_day.items()) if member.by_day else ()
        buyer = Buyer(member.spent, member.visits, total, purchase.day, member.anchor, by_day)
        return ready.of(buyer, member.tier, partial(member.moment, purchase), self.this_month)

    def line_by_line(self, member: Member, purchase: Purchase) -> Sequence[Applied]:
        """Whatever comes off the lines of a receipt."""
        program, shopper = member.version.program, shopper_of(member, purchase, self.this_month)
        if not discounts_of(program, shopper):
            return ()
        lines = [self.line(each) for each in self.sold(purchase.id)]
        return taken_off(program, Basket(lines=lines), shopper) if lines else ()

    def count_in_month(self, applied: Sequence[Applied] | BySum) -> None:
        """What came off counts for the ceilings of the month."""
        for name, amount in [(applied.name, applied.amount)] if isinstance(applied, BySum) else [(one.name, one.total) for one in applied]:
            self.this_month[name] += amount
            self.this_month[ALL] += amount

    def keep(self, member: Member, priced: Priced, day: Day) -> None:
        """Note what came off, or remember it until it is known what came back."""
        if self.monthly:
            self.count_in_month(priced.applied)
        if day < self.period.first:
            return
        if member.known.returns:
            self.priced.append(priced)
        elif isinstance(priced.applied, BySum):
            self.note(rule_of(priced.applied.name, priced.tier), priced.applied.amount)
        else:
            for one in priced.applied:
                self.note(rule_of(one.name, priced.tier), one.total)

    def sold(self, receipt: int) -> Sequence[Sold]:
        """The lines of a receipt that discounts may look at; one that is asked for brings all of its member's."""
        if self.lines is None:
            some = self.receipts if not self.looking else [each for each, (_, by_itself) in self.sums.items() if by_itself]
            self.lines = sold_on(self.connection, some)
        if receipt not in self.lines:
            self.lines = sold_on(self.connection, self.receipts)
        return [line for line in self.lines.get(receipt, ()) if line.article in self.goods]

    def line(self, sold: Sold) -> Line:
        """A sold line as one of a basket; goods have few prices, so that most lines are known."""
        known = self.known_lines.get(sold)
        if known is None:
            if len(self.known_lines) >= MOST_LINES:
                self.known_lines.clear()
            _, code, category, floor = self.goods[sold.article]
            known = Line(total=sold.price, quantity=sold.quantity or 1000, product=code, category=category, floor=floor)
            self.known_lines[sold] = known
        return known

    def ends(self, member: Member) -> None:
        """Take off what came back, and keep the rest."""
        for priced in self.priced:
            for rule, amount in self.left_of(priced, member.purchases.by_id.get(priced.receipt)):
                self.note(rule, amount)
        if self.own:
            self.by_member[member.known.member] = self.own
        self.priced, self.own = [], {}

    def left_of(self, priced: Priced, bought: Bought | None) -> Iterator[tuple[Rule, int]]:
        """What each discount took off a receipt less what came back of it, in whole minor units; `bought` where anything may have."""
        left = share_left(bought) if bought and bought.back else {}
        applied = priced.applied
        if isinstance(applied, BySum):
            if not left:
                yield rule_of(applied.name, priced.tier), applied.amount
                return
            applied = [priced.ready.parts(applied, [each.price for each in self.sold(priced.receipt)])]
        shares = [left.get(self.goods[each.article].product, 1) for each in self.sold(priced.receipt)] if left else ()
        for one in applied:
            amount = one.total
            if left:
                exact = sum((part * share for part, share in zip(one.parts, shares, strict=True)), Fraction(0))
                amount = rounded(exact.numerator, exact.denominator, "half up")
            yield rule_of(one.name, priced.tier), amount

    def note(self, rule: Rule, amount: int) -> None:
        """One receipt more of this member."""
        before = self.own.get(rule, NO_RECEIPT)
        self.own[rule] = Off(before.receipts + 1, before.amount + amount)


def rule_of(name: str, tier: str) -> Rule:
    """A discount as the books would name it."""
    return Rule(TIERS, f"tier:{tier}") if name == TIER_DISCOUNT else Rule(f"discounts.{name}", DISCOUNT)


def shopper_of(member: Member, purchase: Purchase, this_month: Mapping[str, int]) -> Shopper:
    """A member as somebody at the till, before a purchase."""
    return Shopper(
        moment=member.moment(purchase),
        spent=member.spent,
        visits=member.visits,
        joined=member.anchor,
        by_day=tuple(member.by_day.items()),
        this_month=this_month,
    )


def share_left(bought: Bought) -> dict[int, Fraction]:
    """Of the goods of a receipt, by product, the share of their price that did not come back."""
    price: Counter[int] = Counter()
    back: Counter[int] = Counter()
    for goods in bought.goods:
        price[goods.product] += goods.price
        back[goods.product] += goods.back
    return {product: 1 - Fraction(back[product], whole) for product, whole in price.items() if whole > 0}
