"""A slow and obvious reckoning of what purchases and their returns leave, line by line, for lives made up by chance.

It knows no classes of products, no running sums, no lots: each line's points are worked out by itself, by each rule.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from loyalty_cli.model.days import month_of
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import Paying
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.replay.receipts import paid_with
from tests.replay.any_member import FIRST

if TYPE_CHECKING:
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.replay.plan import Plan

CATEGORIES = ("tea", "bread", "thread")
# Product 1 and 4 are tea, 2 and 5 bread, 3 and 6 thread.
PRODUCTS = (1, 2, 3, 4, 5, 6)
HEAD = "program: Any Shop\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
Round = Literal["down", "half up", "up"]


def category_of(product: int) -> str:
    """What kind of thing a product is."""
    return CATEGORIES[(product - 1) % 3]


class Rule(NamedTuple):
    """An earn rule: a kind, its figure, what money it is for, the categories it looks at, the smallest basket, the largest.

    Of rules for a quantity `every` is in thousandths of a piece.
    """

    kind: Literal["amount", "steps", "visit", "multiply", "quantity", "full quantity"]
    figure: Fraction
    every: int
    only: tuple[str, ...]
    basket: int
    below: int

    def takes(self, product: int) -> bool:
        """Whether a line counts."""
        return not self.only or category_of(product) in self.only

    def written(self) -> str:
        """The rule as an owner writes it."""
        only = f", only: {{categories: [{', '.join(self.only)}]}}" if self.only else ""
        figure, every, basket = f"{float(self.figure):g}", f"{self.every / 100:.2f}", f"{self.basket / 100:.2f}"
        baskets = f"basket_at_least: {basket}, basket_below: {self.below / 100:.2f}{only}"
        match self.kind:
            case "multiply":
                return f"{{multiply: {figure}, {baskets}}}"
            case "visit":
                return f"{{points: {figure}, for_each: visit, {baskets}}}"
            case "quantity" | "full quantity":
                steps = "full" if self.kind == "full quantity" else "exact"
                return f"{{points: {figure}, for_quantity: {self.every / 1000:g}, steps: {steps}, {baskets}}}"
            case _:
                steps = "full" if self.kind == "steps" else "exact"
                return f"{{points: {figure}, for_every: {every}, steps: {steps}, {baskets}}}"


class Line(NamedTuple):
    """A line of a receipt."""

    product: int
    price: int
    pieces: int


class Sale(NamedTuple):
    """A receipt: its lines, and the points used on it with what they pay."""

    day: int
    lines: tuple[Line, ...]
    used: int
    pays: int


class Back(NamedTuple):
    """A return of goods of a sale, by its place: of each product so many thousandths of what is left come back.

    Whether it names the sale or leaves it to be found.
    """

    sale: int
    later: int
    parts: tuple[int, ...]
    names_it: bool


class CameBack(NamedTuple):
    """A return as the till writes it: its number, its day, the sale it names, what came back of each product and what a piece cost."""

    number: int
    day: int
    names: int | None
    goods: dict[int, int]
    costs: dict[int, int]

    def pieces(self, product: int) -> int:
        """How many pieces of a product came back, where the till says so; each cost the same, or one was paid back in part."""
        return max(1, self.goods[product] // self.costs[product])


class Story(NamedTuple):
    """A program and one member's purchases and returns under it; whether the till says how many pieces came back."""

    rules: tuple[Rule, ...]
    how: Round
    tier_only: tuple[str, ...]
    sales: tuple[Sale, ...]
    backs: tuple[Back, ...]
    together: Literal["add", "best"]
    at_most: tuple[int, int, int]
    counted: bool = False

    def program(self) -> str:
        """The program file."""
        earn = "".join(f"    rule {number}: {rule.written()}\n" for number, rule in enumerate(self.rules))
        only = f", only: {{categories: [{', '.join(self.tier_only)}]}}" if self.tier_only else ""
        receipt, day, month = self.at_most
        return (
            f"{HEAD}points:\n  round: {self.how}\n  together: {self.together}\n"
            f"  at_most: {{receipt: {receipt}, day: {day}, month: {month}}}\n"
            f"  one_point_pays: 0.10\n  lapse_after: 12 months\n  earn:\n{earn}"
            f"tiers: {{by: spend, counted_over: lifetime, going_down: never{only}, ladder: {{guest: {{at_least: 0}}}}}}\n"
            "draws:\n  spring: {dates: 2026-01-01 to 2026-12-31, one_ticket_for_every: 7.00, prizes: {car: 1}}\n"
        )


rules = st.builds(
    Rule,
    st.sampled_from(("amount", "amount", "steps", "visit", "multiply", "quantity", "full quantity")),
    st.sampled_from((Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3))),
    st.sampled_from((100, 250, 300, 700)),
    st.sampled_from(((), (), ("tea",), ("bread",), ("tea", "thread"))),
    st.sampled_from((0, 0, 1500)),
    st.sampled_from((10**9, 10**9, 4000)),
)
pieces = st.sampled_from((1000, 2000, 250, 0))
# Few coins round otherwise than many.
prices = st.integers(1, 60) | st.integers(1, 5000)
lines = st.lists(st.builds(Line, st.sampled_from(PRODUCTS), prices, pieces), min_size=1, max_size=4).map(tuple)
sales = st.builds(Sale, st.integers(0, 200), lines, st.sampled_from((0, 0, 37, 150)), st.just(0)).map(
    lambda sale: sale._replace(pays=min(sale.used * 10, sum(line.price for line in sale.lines)))
)
parts = st.lists(st.sampled_from((0, 300, 500, 1000)), min_size=4, max_size=4).map(tuple)
backs = st.builds(Back, st.integers(0, 4), st.integers(1, 40), parts, st.booleans())
stories = st.builds(
    Story,
    st.lists(rules, min_size=1, max_size=4).filter(lambda some: some[0].kind != "multiply").map(tuple),
    st.sampled_from(("down", "half up", "up")),
    st.sampled_from(((), ("tea",))),
    st.lists(sales, min_size=1, max_size=5).map(tuple),
    st.lists(backs, max_size=6).map(tuple),
    st.sampled_from(("add", "add", "best")),
    st.tuples(*[st.sampled_from((10**9, 10**9, 20, 60))] * 3),
    st.just(False),
)


def in_pieces(story: Story) -> Story:
    """The story with one to three pieces of a product on a line, at few prices, of which the till says how many come back."""
    return story._replace(sales=tuple(sale._replace(**whole_pieces(sale)) for sale in story.sales), counted=True)


def whole_pieces(sale: Sale) -> dict[str, Any]:
    """One line for each product of a sale, of whole pieces, and what points pay of that."""
    of_product = {line.product: line for line in sale.lines}
    counts = {product: 1 + line.pieces // 1000 for product, line in of_product.items()}
    # Odd prices, another one for each product: nothing that points pay is halved between two of them, where either might have the coin.
    costs = {product: (101, 257, 709)[line.price % 3] + 2 * product for product, line in of_product.items()}
    lines = [Line(product, costs[product] * count, count * 1000) for product, count in counts.items()]
    return {"lines": tuple(lines), "pays": min(sale.used * 10, sum(line.price for line in lines))}


def costs_of(sale: Sale) -> dict[int, int]:
    """What a piece of each product of a sale cost, where it is of whole pieces."""
    return {line.product: line.price * 1000 // line.pieces for line in sale.lines if line.pieces}


def goods_of(sale: Sale) -> dict[int, int]:
    """The price of each product of a sale."""
    prices: dict[int, int] = {}
    for line in sale.lines:
        prices[line.product] = prices.get(line.product, 0) + line.price
    return prices


def returns_of(story: Story) -> list[CameBack]:
    """The returns in their order, each within what is left of its product in all sales until then."""
    in_time = [
        (story.sales[back.sale].day + back.later, str(100 + number), back)
        for number, back in enumerate(story.backs)
        if back.sale < len(story.sales)
    ]
    left = [goods_of(sale) for sale in story.sales]
    found = []
    # On one day and at one time returns go by the number of their receipt.
    for day, number, back in sorted(in_time, key=lambda each: each[:2]):
        own = left[back.sale]
        goods = {product: own[product] * part // 1000 for product, part in zip(own, back.parts, strict=False)}
        costs = costs_of(story.sales[back.sale])
        if story.counted:
            goods = {product: amount - amount % costs.get(product, 1) for product, amount in goods.items()}
        came = CameBack(int(number), day, back.sale if back.names_it else None, {p: a for p, a in goods.items() if a}, costs)
        if came.goods:
            take_off(story, left, came)
            found.append(came)
    return found


def take_off(story: Story, left: list[dict[int, int]], came: CameBack) -> dict[int, int]:
    """Take a return off the sale it names, else off the latest sales that hold its products; how much of each sale.

    Where the till says how many pieces came back, sales at their price go first.
    """
    taken: dict[int, int] = {}
    in_time = sorted(range(len(left)), key=lambda place: (story.sales[place].day, place))
    earlier = [place for place in in_time if story.sales[place].day <= came.day]
    for product, amount in came.goods.items():
        rest, places = amount, [came.names] if came.names is not None else earlier[::-1]
        if story.counted:
            places.sort(key=lambda place: costs_of(story.sales[place]).get(product) != came.costs[product])
        for place in places:
            part = min(rest, left[place].get(product, 0))
            left[place][product] = left[place].get(product, 0) - part
            taken[place] = taken.get(place, 0) + part
            rest -= part
    return taken


def facts_of(story: Story, plan: Plan) -> MemberFacts:
    """The story as replay reads it."""
    purchases = []
    uses: list[Fact] = []
    payings = []
    for number, sale in enumerate(story.sales):
        items = tuple(
            Item(line.product, plan.class_of(str(line.product), category_of(line.product)), line.price, line.price, line.pieces)
            for line in sale.lines
        )
        sums: dict[int, int] = {}
        units: dict[int, int] = {}
        for item in items:
            sums[item.class_] = sums.get(item.class_, 0) + item.money
            units[item.class_] = units.get(item.class_, 0) + item.quantity
        day = FIRST + sale.day
        purchases.append(
            Purchase(
                day,
                1000 + number,
                PURCHASE,
                number,
                "Market",
                sum(sums.values()),
                tuple(sums.items()),
                items,
                (),
                tuple(units.items()),
            )
        )
        if sale.used:
            uses.append(Redemption(day, 0, REDEMPTION, number, sale.used, sale.pays))
            payings.append(Paying(day, 0, "Market", number, sale.used, sale.pays, number))
    # The first receipt has the number 0, which stands for the till's own column: redemptions count from 1.
    uses = [use._replace(id=use.id + 1) for use in uses]
    payings = [paying._replace(redemption=paying.redemption + 1) for paying in payings]
    facts: list[Fact] = [*paid_with(purchases, payings, {}, {}), *uses]
    for came in returns_of(story):
        items = tuple(
            Item(
                product,
                plan.class_of(str(product), category_of(product)),
                amount,
                amount,
                came.pieces(product) * 1000 if story.counted else 0,
            )
            for product, amount in came.goods.items()
        )
        facts.append(Return(FIRST + came.day, 50_000, RETURN, came.number, "Market", items, came.names))
    in_order = sorted(facts, key=lambda fact: (fact[0], fact[1], fact[2], str(fact[3])))
    return MemberFacts(1, in_order, FIRST - 40, None, (), returns=True)


class Reckoned(NamedTuple):
    """What the member should be left with."""

    points: int
    spent: int
    qualifying: int
    visits: int
    tickets: int


def reckoned(story: Story) -> Reckoned:
    """The whole story, sale by sale."""
    points = spent = qualifying = visits = drawn = 0
    by_day: dict[int, int] = {}
    left = [goods_of(sale) for sale in story.sales]
    named = [0] * len(left)
    for came in returns_of(story):
        for place, amount in take_off(story, left, came).items():
            named[place] += amount if came.names is not None else 0
    for number, sale in enumerate(story.sales):
        prices = goods_of(sale)
        price = sum(prices.values())
        money = money_of(story, sale)
        back = {product: prices[product] - left[number][product] for product in prices}
        whole = back == prices
        of = Goods(money, pieces_of(sale))
        part = {product: Fraction(back[product], prices[product]) for product in prices}
        came_back = {product: money[product] * part[product] for product in prices}
        some = Goods(came_back, {product: of.pieces[product] * part[product] for product in prices})
        gave = rounded(exact(story, of, of), story.how)
        taken = gave if whole else min(gave, rounded(exact(story, some, of), story.how))
        by_day[sale.day] = by_day.get(sale.day, 0) + min(story.at_most[0], gave - taken)
        given_back = sale.used * named[number] // price
        points += given_back - sale.used
        # Of money a part of the smallest coin stays with the member, as with points that are rounded down.
        spent += int_sum(money) - floor(sum(came_back.values()))
        takes = [product for product in prices if not story.tier_only or category_of(product) in story.tier_only]
        qualifying += int(sum(money[product] for product in takes)) - floor(sum(came_back[product] for product in takes))
        visits += 0 if whole else 1
        drawn += int_sum(money) - floor(sum(came_back.values()))
    by_month: dict[str, int] = {}
    for day, gave in by_day.items():
        month = month_of(FIRST + day)
        by_month[month] = by_month.get(month, 0) + min(story.at_most[1], gave)
    points += sum(min(story.at_most[2], gave) for gave in by_month.values())
    return Reckoned(points, spent, qualifying, visits, drawn // 700)


def money_of(story: Story, sale: Sale) -> dict[int, Fraction]:
    """What was paid with money for each product: replay's own sharing of what points paid, by its sum."""
    prices = goods_of(sale)
    if not sale.pays:
        return {product: Fraction(price) for product, price in prices.items()}
    return shared_money(story, sale)


def shared_money(story: Story, sale: Sale) -> dict[int, Fraction]:
    """The part paid with points comes off the categories that rules tell apart, then off their lines, by largest remainder."""
    told_apart: dict[tuple[bool, ...], list[Line]] = {}
    filters = [*dict.fromkeys(rule.only for rule in story.rules if rule.only), *([story.tier_only] if story.tier_only else [])]
    for line in sale.lines:
        told_apart.setdefault(tuple(category_of(line.product) in only for only in filters), []).append(line)
    groups = list(told_apart.values())
    offs = by_largest_remainder(sale.pays, [sum(line.price for line in group) for group in groups])
    money: dict[int, Fraction] = {}
    for group, off in zip(groups, offs, strict=True):
        for line, part in zip(group, by_largest_remainder(off, [line.price for line in group]), strict=True):
            money[line.product] = money.get(line.product, Fraction(0)) + line.price - part
    return money


def by_largest_remainder(total: int, weights: list[int]) -> list[int]:
    """Whole parts of a total in the proportion of weights; what is left over goes to the largest remainders, ties to the first."""
    exact_parts = [Fraction(total * weight, sum(weights)) for weight in weights]
    whole = [floor(part) for part in exact_parts]
    order = sorted(range(len(weights)), key=lambda place: (whole[place] - exact_parts[place], place))
    for place in order[: total - sum(whole)]:
        whole[place] += 1
    return whole


class Goods(NamedTuple):
    """Some goods of a receipt: the money and the thousandths of pieces of each product."""

    money: dict[int, Fraction]
    pieces: dict[int, Fraction]


def pieces_of(sale: Sale) -> dict[int, Fraction]:
    """The thousandths of pieces of each product."""
    pieces: dict[int, Fraction] = {}
    for line in sale.lines:
        pieces[line.product] = pieces.get(line.product, Fraction(0)) + line.pieces
    return pieces


def exact(story: Story, some: Goods, of: Goods) -> Fraction:
    """What some of a receipt's goods gave, before rounding: each good by itself, each rule by itself."""
    total = Fraction(0)
    holding = [rule for rule in story.rules if rule.basket <= sum_of(rule, of.money) < rule.below]
    for product in some.money:
        line = visit = Fraction(0)
        alike = [other for other in of.money if same_to(story, product, other)]
        for rule in left_of(story, holding, of, alike):
            if rule.kind == "multiply":
                line *= rule.figure if rule.takes(product) else 1
            elif rule.kind != "visit":
                line += gives(rule, product, some, of)
        for rule in visits_left_of(story, holding, of):
            if rule.kind == "multiply":
                visit *= rule.figure
            elif rule.takes(product) and sum_of(rule, of.money):
                visit += rule.figure * some.money[product] / sum_of(rule, of.money)
        total += line + visit
    return total


def same_to(story: Story, product: int, other: int) -> bool:
    """Whether the program treats two products alike."""
    filters = [rule.only for rule in story.rules if rule.only] + [story.tier_only] * bool(story.tier_only)
    return all((category_of(product) in only) == (category_of(other) in only) for only in filters)


def left_of(story: Story, holding: list[Rule], of: Goods, alike: list[int]) -> list[Rule]:
    """The rules for goods that are alike: all of them, or the one that gives most and the largest multiplier."""
    rules = [rule for rule in holding if rule.takes(alike[0]) and rule.kind != "visit"]
    if story.together == "add":
        return rules
    givers = [rule for rule in rules if rule.kind != "multiply"]
    best = max(givers, key=lambda rule: sum(gives(rule, product, of, of) for product in alike), default=None)
    return [rule for rule in rules if rule is best or rule is largest_multiplier(rules)]


def visits_left_of(story: Story, holding: list[Rule], of: Goods) -> list[Rule]:
    """The rules for the visit itself: all of them, or the one that gives most and the largest multiplier for everything."""
    rules = [rule for rule in holding if rule.kind == "visit" or (rule.kind == "multiply" and not rule.only)]
    rules = [rule for rule in rules if rule.kind == "multiply" or sum_of(rule, of.money)]
    if story.together == "add":
        return rules
    best = max([rule for rule in rules if rule.kind == "visit"], key=lambda rule: rule.figure, default=None)
    return [rule for rule in rules if rule is best or rule is largest_multiplier(rules)]


def largest_multiplier(rules: list[Rule]) -> Rule | None:
    """The largest, the first of equals."""
    return max([rule for rule in rules if rule.kind == "multiply"], key=lambda rule: rule.figure, default=None)


def gives(rule: Rule, product: int, some: Goods, of: Goods) -> Fraction:
    """What a rule gives for one product: so much for its money or its pieces, of full steps its share."""
    counted, whole, every = (some.pieces, of.pieces, rule.every) if "quantity" in rule.kind else (some.money, of.money, rule.every)
    if rule.kind in {"steps", "full quantity"}:
        basket = sum_of(rule, whole)
        return rule.figure * floor(basket / every) * counted[product] / basket if basket else Fraction(0)
    return rule.figure * counted[product] / every


def sum_of(rule: Rule, of: dict[int, Fraction]) -> Fraction:
    """The money, or the pieces, of what a rule looks at."""
    return sum((each for product, each in of.items() if rule.takes(product)), Fraction(0))


def rounded(points: Fraction, how: Round) -> int:
    """Made whole once."""
    if how == "down":
        return floor(points)
    return floor(points + Fraction(1, 2)) if how == "half up" else -floor(-points)


def floor(value: Fraction | int) -> int:
    """The whole number below."""
    return int(value // 1)


def int_sum(money: dict[int, Fraction]) -> int:
    """A sum of whole amounts."""
    return int(sum(money.values()))
