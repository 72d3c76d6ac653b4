"""What the discounts of a program take off the receipts there were: each is priced as the till would have been told to.

A receipt is priced by what its member was before it, at its prices before any discount, with the arithmetic of `quote`. What comes
back takes its part of the discount with it, in proportion to what was paid for its goods.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.best_percent import BestPercent
from loyalty_cli.baskets.best_percent import is_best_percent
from loyalty_cli.baskets.discounts import discounted
from loyalty_cli.baskets.discounts import discounts_of
from loyalty_cli.model.days import month_of
from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.money import rounded
from loyalty_cli.paying.spending import DISCOUNT
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.store.sold import articles
from loyalty_cli.store.sold import excludes
from loyalty_cli.store.sold import sold_on
from loyalty_cli.store.sold import sums_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Applied
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.purchases import Bought
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.simulation import Period
    from loyalty_cli.store.sold import Article
    from loyalty_cli.store.sold import Sold

# All discounts together, in the ceilings of a month.
ALL = ""


class Rule(NamedTuple):
    """A discount as the books would name it: what gives it, and what it is."""

    name: str
    asset: str


class Off(NamedTuple):
    """What a discount took off so many receipts."""

    receipts: int
    amount: int


NOTHING = Off(0, 0)


class Priced(NamedTuple):
    """A receipt of the days that count, the products of its lines, and what came off each line by what."""

    receipt: int
    tier: str
    products: Sequence[int]
    applied: Sequence[Applied]


def discounts_in(plan: Plan) -> bool:
    """Whether any version of a program takes anything off at the till."""
    return any(
        program.offers or (program.ladder and any(rung.discount for rung in program.ladder.ladder.values()))
        for _, program in plan.versions
    )


class TakenOff:
    """Looks on while everybody is replayed, and prices what they bought on the days that count."""

    def __init__(self, connection: Connection, plan: Plan, period: Period) -> None:
        self.connection = connection
        self.period = period
        self.goods: Mapping[int, Article] = {}
        self.floors = self.excluding = False
        self.by_member: dict[int, Mapping[Rule, Off]] = {}
        # Whether no program asks for single lines: the best of some percents needs none.
        self.all_plain = all(is_best_percent(program) for _, program in plan.versions)
        self.ready = [BestPercent(program) for _, program in plan.versions]
        # Of the member who is replayed now.
        self.plain = self.all_plain
        self.sums: Mapping[int, int | None] = {}
        self.own: dict[Rule, Off] = {}
        self.lines: Mapping[int, Sequence[Sold]] = {}
        self.priced: list[Priced] = []
        self.month = ""
        self.this_month: Counter[str] = Counter()

    @property
    def by_rule(self) -> dict[Rule, Off]:
        """What each discount took off in all."""
        together: dict[Rule, Off] = {}
        for own in self.by_member.values():
            for rule, off in own.items():
                before = together.get(rule, NOTHING)
                together[rule] = Off(before.receipts + off.receipts, before.amount + off.amount)
        return together

    @property
    def of_members(self) -> dict[int, int]:
        """What was taken off each member's receipts."""
        return {member: sum(off.amount for off in own.values()) for member, own in self.by_member.items()}

    def begins(self, member: Member) -> None:
        """Read what they bought."""
        if not self.goods:
            self.goods = articles(self.connection)
            self.excluding = excludes(self.connection)
            self.floors = any(article.floor for article in self.goods.values())
        self.plain = self.all_plain and not member.known.returns and not self.floors
        receipts = (fact.id for fact in member.known.facts if fact.kind == PURCHASE)
        self.sums = sums_of(self.connection, receipts, excluding=self.excluding) if self.plain else {}
        self.lines = {} if self.plain else sold_on(self.connection, receipts)
        self.priced, self.own, self.month, self.this_month = [], {}, "", Counter()

    def buys(self, member: Member, purchase: Purchase) -> None:
        """Price the receipt, as they stand before it."""
        version = member.version
        if not version.promises(purchase.day) or not (version.program.offers or member.climb is not None):
            return
        if self.plain:
            self.take_best(member, purchase)
        else:
            self.take_all(member, purchase)

    def take_best(self, member: Member, purchase: Purchase) -> None:
        """One percent of the whole receipt."""
        ready = self.ready[member.version.index]
        buyer = Buyer(
            member.spent,
            member.visits,
            self.sums.get(purchase.id) or 0,
            purchase.day,
            member.known.joined or member.version.program.starts,
            tuple(member.by_day.items()) if member.by_day else (),
        )
        best = ready.of(buyer, member.tier, member.moment(purchase) if ready.asks else None)
        if best and self.period.first <= purchase.day <= self.period.last:
            self.note(rule_of(best.name, member.tier), best.amount)

    def take_all(self, member: Member, purchase: Purchase) -> None:
        """Whatever comes off its lines."""
        program, month = member.version.program, month_of(purchase.day)
        if month != self.month:
            self.month, self.this_month = month, Counter()
        sold = [line for line in self.lines.get(purchase.id, ()) if line.article in self.goods]
        shopper = shopper_of(member, purchase, self.this_month)
        if not sold or not discounts_of(program, shopper):
            return
        applied = discounted(program, Basket(lines=[self.line(each) for each in sold]), shopper).applied
        for one in applied:
            self.this_month[one.name] += one.total
            self.this_month[ALL] += one.total
        if applied and self.period.first <= purchase.day <= self.period.last:
            products = [self.goods[each.article].product for each in sold]
            self.priced.append(Priced(purchase.id, member.tier, products, applied))

    def line(self, sold: Sold) -> Line:
        """A sold line as one of a basket."""
        _, code, category, floor = self.goods[sold.article]
        return Line(total=sold.price, quantity=sold.quantity or 1000, product=code, category=category, floor=floor)

    def ends(self, member: Member) -> None:
        """Take off what came back, and keep the rest."""
        for priced in self.priced:
            for rule, amount in kept(priced, member.purchases.by_id.get(priced.receipt)):
                self.note(rule, amount)
        if self.own:
            self.by_member[member.known.member] = self.own
        self.priced, self.own = [], {}

    def note(self, rule: Rule, amount: int) -> None:
        """One receipt more of this member."""
        before = self.own.get(rule, NOTHING)
        self.own[rule] = Off(before.receipts + 1, before.amount + amount)


def kept(priced: Priced, bought: Bought | None) -> Iterator[tuple[Rule, int]]:
    """What each discount took off a receipt less what came back of it, in whole minor units; `bought` where anything may have."""
    left = share_left(bought) if bought and bought.back else {}
    for one in priced.applied:
        rule = rule_of(one.name, priced.tier)
        amount = one.total
        if left:
            exact = sum((part * left.get(product, 1) for part, product in zip(one.parts, priced.products, strict=True)), Fraction(0))
            amount = rounded(exact.numerator, exact.denominator, "half up")
        yield rule, amount


def rule_of(name: str, tier: str) -> Rule:
    """A discount as the books would name it."""
    return Rule(TIERS, f"tier:{tier}") if name == TIER_DISCOUNT else Rule(f"discounts.{name}", DISCOUNT)


def shopper_of(member: Member, purchase: Purchase, this_month: Mapping[str, int]) -> Shopper:
    """A member as somebody at the till, before a purchase."""
    return Shopper(
        moment=member.moment(purchase),
        spent=member.spent,
        visits=member.visits,
        joined=member.known.joined or member.version.program.starts,
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
