"""Goods that come back in full leave what there would be without them, whatever rules, rewards and draws are combined.

Left out is what goes by the order of things: tiers and segments that were reached, a balance that points were once above.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from tests.replay.any_member import FIRST

if TYPE_CHECKING:
    from loyalty_cli.model.facts import Fact

UNTIL = FIRST + 260
HEAD = "program: Any Shop\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-10\ncoupons: {c: {worth: 5.00, valid_for: 30 days}}\n"
# Products 1 and 4 are tea, the others are not.
CATEGORIES = {1: "tea", 2: "bread", 3: "thread", 4: "tea"}
LIVES = ("", "lapse_after: 45 days", "lapse_without_purchase: 1 month", "usable_after: 1 month, lapse_after: 3 months")
CAPS = ("", "at_most: {receipt: 30, day: 40}", "at_most: {month: 70}", "together: best, at_most: {day: 40, month: 70}")
EARN = (
    "basic: {points: 2, for_every: 3.00}",
    "full: {points: 3, for_every: 10.00, steps: full, only: {categories: [tea]}}",
    "visit: {points: 3, for_each: visit, basket_at_least: 20.00}",
    "pieces: {points: 2, for_quantity: 1, only: {dates: 2026-02-01 to 2026-03-15}}",
    "half: {multiply: 0.5, only: {products: [P1, P2]}}",
)
WHEN = (
    "one_purchase: {for_every: 30.00}, only: {except_categories: [bread]}",
    "spend: 80.00, counted_over: 30 days, times: every time",
    "spend: 80.00, counted_over: calendar month",
    "visits: 3, times: every time",
    "units: 4, counted_over: calendar month, times: every time",
    "set: [P1, P2], counted_over: calendar month",
    "streak: 2 weeks",
    "points_reached: 50",
    "all_of: {two: {visits: 2}, much: {one_purchase: 50.00}}",
)
GIVE = ("points: 7", "coupon: c", "tickets: 2 in spring")
LIMITS = ("", ", at_most: once in 30 days", ", at_most: 2 in calendar month")
DRAWS = ("one_ticket_for_every: 20.00, at_most: 5 tickets", "tickets_per_visit: 1", "tickets_per_member: 2, bought_at_least: 50.00")


class Sale(NamedTuple):
    """A purchase: its day, and of each product how many pieces at which price."""

    day: int
    goods: dict[int, tuple[int, int]]


class Life(NamedTuple):
    """A program, what a member bought, and after how many days the first of it came back."""

    program: str
    sales: list[Sale]
    later: int


def program(life: str, cap: str, earn: list[str], rewards: list[tuple[str, str, str]], draw: str) -> str:
    """The program file."""
    terms = "".join(f"{each}, " for each in (life, cap) if each)
    written = "".join(f"  r{number}: {{when: {{{when}}}, give: {{{give}}}{limit}}}\n" for number, (when, give, limit) in enumerate(rewards))
    return (
        f"{HEAD}points: {{{terms}earn: {{{', '.join(earn)}}}}}\nrewards:\n{written}"
        f"draws:\n  spring: {{dates: 2026-02-01 to 2026-05-31, {draw}, prizes: {{car: 1}}}}\n"
    )


# A reward for points that gives points would feed on itself.
rewards = st.tuples(st.sampled_from(WHEN), st.sampled_from(GIVE), st.sampled_from(LIMITS)).filter(
    lambda reward: not ("points" in reward[0] and "points" in reward[1])
)
programs = st.builds(
    program,
    st.sampled_from(LIVES),
    st.sampled_from(CAPS),
    st.lists(st.sampled_from(EARN), min_size=1, max_size=4, unique=True).filter(lambda earn: not earn[0].startswith("half")),
    st.lists(rewards, min_size=1, max_size=3, unique_by=lambda reward: reward[0]),
    st.sampled_from(DRAWS),
)
goods = st.dictionaries(
    st.sampled_from((1, 2, 3, 4)), st.tuples(st.integers(1, 3), st.sampled_from((500, 999, 1250, 4000))), min_size=1, max_size=3
)
sales = st.builds(Sale, st.integers(0, 120), goods)
lives = st.builds(Life, programs, st.lists(sales, min_size=2, max_size=7), st.sampled_from((0, 1, 5, 12)))


def bought(number: int, sale: Sale, plan: Plan) -> Purchase:
    """A purchase as a fact."""
    items = tuple(
        Item(product, plan.class_of(f"P{product}", CATEGORIES[product]), price * pieces, price * pieces, pieces * 1000)
        for product, (pieces, price) in sale.goods.items()
    )
    parts, units = Counter[int](), Counter[int]()
    for item in items:
        parts[item.class_] += item.money
        units[item.class_] += item.quantity
    money = sum(parts.values())
    return Purchase(
        FIRST + sale.day, 1000 + number, PURCHASE, number, "Market", money, tuple(parts.items()), items, (), tuple(units.items())
    )


def left(replayer: Replayer, facts: list[Fact]) -> dict[str, int]:
    """What the ledger holds in the end, by asset."""
    sums = Counter[str]()
    in_order = sorted(facts, key=lambda fact: fact[:4])
    for entry in replayer.replay(MemberFacts(1, in_order, FIRST - 40, returns=True), UNTIL).entries:
        sums[entry.asset] += entry.quantity
    return {asset: quantity for asset, quantity in sums.items() if quantity}


def returned_and_never_bought(life: Life) -> tuple[dict[str, int], dict[str, int]]:
    """What is left where the first purchase came back, and where it was never made."""
    replayer = Replayer(Plan(((0, program_of(life.program, "program.yaml")),)))
    first, *others = [bought(number, sale, replayer.plan) for number, sale in enumerate(life.sales)]
    back = Return(first.day + life.later, 50_000, RETURN, 999, "Market", first.items, first.id)
    return left(replayer, [first, *others, back]), left(replayer, list(others))


@settings(max_examples=150)
@given(life=lives)
def test_returned_in_full_is_never_bought(life: Life) -> None:
    returned, never_bought = returned_and_never_bought(life)
    assert returned == never_bought
