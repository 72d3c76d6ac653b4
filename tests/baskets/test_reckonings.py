"""Second reckonings, slow and obvious: spreading by largest remainder, n for m over every grouping, sets, buying one with another."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from itertools import permutations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import poured
from loyalty_cli.baskets.effects import settled
from loyalty_cli.model.money import currency_named
from loyalty_cli.rules.discounts.every_nth import EveryNth
from loyalty_cli.rules.discounts.n_for_m import NForM
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.with_other import WithOther

PRICES = st.lists(st.integers(1, 900), min_size=0, max_size=7)


def units(prices: list[int], product: str = "A") -> list[Unit]:
    return [Unit(at, Fraction(price), product, "tea") for at, price in enumerate(prices)]


def read(kind: type, **said: object) -> object:
    return kind.model_validate({name: str(value) for name, value in said.items()}, context={"currency": currency_named("PLN")})  # type: ignore[attr-defined]


@settings(max_examples=200)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.integers(0, 10_000))
def test_spreading_gives_each_line_its_share_and_the_last_units_to_the_largest_remainders(prices: list[int], amount: int) -> None:
    amount = min(amount, sum(prices))
    parts = settled([Effect("off", tuple(poured(amount, prices, prices)))], prices)[0].parts
    # One unit after the other, each to the line that is furthest behind its exact share, ties to the first line.
    slow = [0] * len(prices)
    if sum(prices):
        exact = [Fraction(amount * price, sum(prices)) for price in prices]
        slow = [int(share) for share in exact]
        while sum(slow) < amount:
            behind = [share - part for share, part in zip(exact, slow, strict=True)]
            slow[behind.index(max(behind))] += 1
    assert list(parts) == slow
    assert sum(parts) == (amount if sum(prices) else 0)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=6), st.integers(0, 2000))
def test_what_a_line_has_no_room_for_goes_to_the_others_in_proportion(lines: list[tuple[int, int]], amount: int) -> None:
    weights, limits = [weight for weight, _ in lines], [limit for _, limit in lines]
    parts = poured(amount, weights, limits)
    assert sum(parts) == min(amount, sum(limits))
    # Water in vessels: those not full stand at one height, those full stand below it.
    heights = [part / weight for part, weight in zip(parts, weights, strict=True)]
    not_full = [height for height, part, limit in zip(heights, parts, limits, strict=True) if part < limit]
    assert len(set(not_full)) <= 1
    if not_full:
        assert max(heights) <= not_full[0]


def best_by_trying(prices: list[int], size: int, free: int) -> int:
    """The most that whole groups let free, over every way to make them: of each group the cheapest are free."""
    if len(prices) < size:
        return 0
    best = best_by_trying(prices[1:], size, free)  # the first is in no group
    for group in combinations(range(len(prices)), size):
        if group[0] == 0:
            rest = [price for at, price in enumerate(prices) if at not in group]
            best = max(best, sum(sorted(prices[at] for at in group)[:free]) + best_by_trying(rest, size, free))
    return best


@settings(max_examples=100)
@given(PRICES, st.sampled_from([(2, 1), (3, 2), (3, 1), (4, 3)]))
def test_n_for_m_lets_as_much_free_as_the_best_way_to_make_groups(prices: list[int], offer: tuple[int, int]) -> None:
    take, pay_for = offer
    rule = read(NForM, take=take, pay_for=pay_for)
    taking = rule.on_units(units(prices))  # type: ignore[attr-defined]
    assert sum(taking.off.values()) == best_by_trying(prices, take, take - pay_for)


@settings(max_examples=100)
@given(PRICES, st.sampled_from([(2, 1), (3, 2), (3, 1)]))
def test_of_all_goods_the_cheapest_are_free(prices: list[int], offer: tuple[int, int]) -> None:
    take, pay_for = offer
    rule = read(NForM, take=take, pay_for=pay_for, cheapest="of all")
    taking = rule.on_units(units(prices))  # type: ignore[attr-defined]
    assert sum(taking.off.values()) == sum(sorted(prices)[: len(prices) // take * (take - pay_for)])


@settings(max_examples=100)
@given(PRICES, st.integers(2, 3), st.integers(1, 2))
def test_every_nth_is_the_nth_from_the_dearest_and_no_more_often_than_said(prices: list[int], every: int, times: int) -> None:
    rule = read(EveryNth, every=every, discount="50%", times=times)
    taking = rule.on_units(units(prices))  # type: ignore[attr-defined]
    ordered = sorted(prices, reverse=True)
    assert sum(taking.off.values()) == Fraction(sum(ordered[every - 1 :: every][:times]), 2)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 900), min_size=0, max_size=5))
def test_the_order_of_lines_changes_nothing_that_is_taken(prices: list[int]) -> None:
    rule = read(NForM, take=2, pay_for=1)
    totals = {sum(rule.on_units(units(list(order))).off.values()) for order in permutations(prices)}  # type: ignore[attr-defined]
    assert len(totals) == 1


GOODS = st.lists(st.tuples(st.integers(100, 900), st.sampled_from(["bought", "cheaper", "both"])), min_size=1, max_size=8)
ENOUGH = [{"units": "1"}, {"units": "2"}, {"units": "3"}, {"amount": "5.00"}, {"amount": "12.00"}]
Goods = list[tuple[int, str]]


@settings(max_examples=300)
@given(GOODS, st.sampled_from(ENOUGH), st.sampled_from(["yes", "no"]), st.sampled_from(["bought", "cheaper"]))
def test_goods_on_both_sides_take_no_less_off_than_on_one(goods: Goods, enough: dict[str, str], each: str, side: str) -> None:
    """Whoever could count the goods of both sides on one of them alone would not pay less."""
    sides = {"buy": {"categories": ["bought", "both"], **enough}, "on": {"categories": ["cheaper", "both"]}}
    rule = WithOther.model_validate({**sides, "discount": "100%", "for_each": each}, context={"digits": 2})
    on_both = [Unit(at, Fraction(price), "", category) for at, (price, category) in enumerate(goods)]
    on_one = [unit._replace(category=side) if unit.category == "both" else unit for unit in on_both]
    assert sum(rule.on_units(on_both).off.values()) >= sum(rule.on_units(on_one).off.values())
