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
from loyalty_cli.knowing.together import Rule
from loyalty_cli.knowing.together import rules


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
    found = places([10, 20, 30, 40, 50], [9, 1, 1, 1, 9], [5, 4, 3, 2, 1])
    # Visits: three members with 1 have nobody below: 1; two with 9 have three of five below: 1 + 3 = 4
    assert [tuple(each) for each in found] == [(1, 4, 5), (2, 1, 4), (3, 1, 3), (4, 1, 2), (5, 4, 1)]
    assert [each.group for each in found] == ["slipping", "rare", "rare", "new", "best"]


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
