"""Fifths, tenths, pairs, pauses and months, by hand."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from loyalty_cli.knowing.growth import growth
from loyalty_cli.knowing.inequality import gini
from loyalty_cli.knowing.inequality import tenths
from loyalty_cli.knowing.rfm import places
from loyalty_cli.knowing.rhythm import rhythm
from loyalty_cli.knowing.together import next_of
from loyalty_cli.knowing.together import Rule
from loyalty_cli.knowing.together import rules
from loyalty_cli.model.rfm import RfmBounds


def test_ginis_coefficient_is_that_of_known_distributions() -> None:
    # 1, 2, ..., n has (n - 1) / 3n: for n = 100, 99 / 300 = 0.33, near the third of an even distribution
    assert gini(list(range(1, 101))) == pytest.approx(0.33)
    # One of four has all: (4 - 1) / 4
    assert gini([0, 0, 0, 10]) == 0.75
    # Amounts below zero are nothing: [0, 10] has 1 / 2
    assert gini([-5, 10]) == 0.5
    assert gini([]) == 0


def test_tenths_have_all_members_and_all_money() -> None:
    amounts = [random.Random(3).randrange(1000) for _ in range(37)]
    parts = tenths(amounts)
    assert sum(members for members, _ in parts) == 37
    assert sum(money for _, money in parts) == sum(amounts)
    # 37 / 10: three members in the first tenth
    assert parts[0] == (3, sum(sorted(amounts)[-3:]))


def test_a_member_has_the_fifth_of_each_measure_and_a_group() -> None:
    found = places([40, 30, 20, 10, 0], [9, 1, 1, 1, 9], [5, 4, 3, 2, 1], RfmBounds())
    # Visits: three members with 1 have nobody below: 1; two with 9 have three of five below: 1 + 3 = 4
    assert [tuple(each) for each in found] == [(1, 4, 5), (2, 1, 4), (3, 1, 3), (4, 1, 2), (5, 4, 1)]
    assert [each.group for each in found] == ["slipping", "rare", "rare", "new", "best"]


def test_fixed_bounds_give_the_published_scores() -> None:
    # The first ten rows of the table that the R package `rfm` shows for its data set rfm_data_orders (Hebbali,
    # https://github.com/rsquaredacademy/rfm, README.md): days since the last order, orders, revenue, score; and the bounds of its
    # reference page https://rdocumentation.org/packages/rfm/versions/0.2.2/topics/rfm_table_order.
    bounds = RfmBounds(recency=(115, 181, 297, 482), frequency=(4, 5, 6, 8), money=(256, 382, 506, 666))
    published = (
        (205, 6, 472, 343),
        (140, 3, 340, 412),
        (194, 4, 405, 323),
        (132, 5, 448, 433),
        (90, 9, 843, 555),
        (84, 9, 763, 555),
        (281, 8, 699, 355),
        (246, 4, 157, 321),
        (349, 3, 363, 212),
        (619, 4, 196, 121),
    )
    days, orders, revenue, expected = zip(*published, strict=True)
    assert [int("".join(map(str, each))) for each in places(days, orders, revenue, bounds)] == list(expected)


def test_a_bound_belongs_to_the_score_after_it_and_what_has_none_goes_by_fifths() -> None:
    found = places([29, 30, 59, 60, 400], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], RfmBounds(recency=(30, 60, 120, 240)))
    assert [each.recency for each in found] == [5, 4, 4, 3, 1]
    assert [each.frequency for each in found] == [1, 2, 3, 4, 5]


def test_what_is_bought_next_is_what_others_alike_buy_most_often() -> None:
    bought = {1: {"tea", "cups"}, 2: {"tea", "cups"}, 3: {"tea", "cake"}, 4: {"tea"}, 5: {"bread", "cake"}, 6: {"bread"}}
    found = next_of(bought, rules(bought.values(), least=1, most=9))
    # Of the four who buy tea two buy cups (50 %, lift 0.5 / (2 / 6) = 1.5) and one cake (25 %, lift 0.25 / (2 / 6) = 0.75: less than
    # chance). Cups and cake always or half the time bring tea: 100 %, lift 1.5; 50 %, lift 0.75.
    assert (found[4].first, found[4].then, found[4].confidence, found[4].lift) == ("tea", "cups", 0.5, 1.5)
    # Who has tea and cake: cups for tea, or bread for cake, one of two, 0.5 / (2 / 6) = 1.5 as well; the name decides.
    assert (found[3].first, found[3].then) == ("cake", "bread")
    # Bread: one of two buys cake, 0.5 / (2 / 6) = 1.5
    assert (found[6].first, found[6].then, found[6].lift) == ("bread", "cake", 1.5)
    # Tea and cups tell only of each other; bread and cake lead to tea by less than chance alone
    assert 1 not in found
    assert 5 not in found


def test_the_market_basket_of_the_textbook() -> None:
    # Tan, Steinbach and Kumar, "Introduction to Data Mining", table 6.1: {milk, diapers} -> ... ; here its pairs.
    baskets = (
        ("bread", "milk"),
        ("bread", "diapers", "beer", "eggs"),
        ("milk", "diapers", "beer", "cola"),
        ("bread", "milk", "diapers", "beer"),
        ("bread", "milk", "diapers", "cola"),
    )
    found = rules(baskets, least=3, most=10)
    beer = next(rule for rule in found if (rule.first, rule.then) == ("beer", "diapers"))
    # Beer is in 3 of 5, diapers in 4, both in 3: support 3 / 5, confidence 3 / 3, lift 1 / (4 / 5) = 1.25
    assert beer == Rule("beer", "diapers", 3, 3, 4, 5)
    assert (beer.support, beer.confidence, beer.lift) == (0.6, 1.0, 1.25)
    # Bread and milk: 3 of 5 against 4 / 5 x 4 / 5: lift 0.6 / 0.64 = 0.9375
    assert next(rule.lift for rule in found if {rule.first, rule.then} == {"bread", "milk"}) == pytest.approx(0.9375)
    # Pairs in three receipts: bread-milk, bread-diapers, milk-diapers, beer-diapers, each both ways
    assert len(found) == 8


def test_pairs_are_those_that_counting_one_by_one_finds() -> None:
    dice = random.Random(5)
    baskets = [{dice.choice("abcdefg") for _ in range(dice.randrange(1, 6))} for _ in range(200)]
    found = {(rule.first, rule.then): rule.both for rule in rules(baskets, least=1, most=9)}
    for one, other in combinations("abcdefg", 2):
        assert found[one, other] == found[other, one] == sum(1 for basket in baskets if {one, other} <= basket)


def test_who_is_late_is_so_against_their_own_pauses() -> None:
    weekly = rhythm(range(0, 71, 7), 90)
    # Ten pauses of 7 days; 90 - 70 = 20 days away, 13 more than nine in ten of them
    assert weekly is not None
    assert (weekly.usual, weekly.long, weekly.away, weekly.late) == (7, 7, 20, 13)
    assert rhythm([0, 7, 14], 90) is None


def test_months_count_who_is_new_came_again_or_back_and_who_stays_away() -> None:
    # One buys in months 0, 1 and 5: away in 2 and 3, asleep from the third month without a purchase (4), back in 5.
    # The other buys in 0 only: away in 1 and 2, asleep in 3 to 5 and until 11, lost in 12.
    found = growth([{0, 1, 5}, {0}], 12)
    assert [tuple(each)[1:] for each in found[:6]] == [
        (2, 0, 0, 0, 0, 0),
        (0, 1, 0, 1, 0, 0),
        (0, 0, 0, 2, 0, 0),
        (0, 0, 0, 1, 1, 0),
        (0, 0, 0, 0, 2, 0),
        (0, 0, 1, 0, 1, 0),
    ]
    assert tuple(found[12])[1:] == (0, 0, 0, 0, 1, 1)
