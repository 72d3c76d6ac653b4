"""A first program in three sizes: amounts that can be said, and what they cost a month, by hand."""

from __future__ import annotations

import pytest

from loyalty_cli.paying.proposal import given_back
from loyalty_cli.paying.proposal import nice
from loyalty_cli.paying.proposal import percent
from loyalty_cli.paying.proposal import Proposal
from loyalty_cli.paying.proposal import propose
from loyalty_cli.paying.proposal import times_a_month
from loyalty_cli.paying.trade import Trade

# 400 members who come one and a half times a month and pay 50.00: 600 receipts, 30,000.00; 900.00 a member a year.
TRADE = Trade(receipt=50_00, visits=1_50, members=400, margin=30_00)


def test_a_month_of_the_trade() -> None:
    assert (TRADE.receipts, TRADE.turnover, TRADE.a_year) == (600, 30_000_00, 900_00)
    # e^-3 of receipts are three times the average or more: 4.98 %, about 30 of 600
    assert times_a_month(TRADE, 0, 150_00) == 30
    assert times_a_month(TRADE, 10, 0) == 60


def test_a_size_gives_back_a_part_of_the_margin() -> None:
    # 30 % / 8 = 3.75 %; three and two fifths of it
    assert [given_back(TRADE, size, None) for size in ("small", "middle", "large")] == [150, 225, 375]
    # 600.00 of 30,000.00 are 2 %; a fifth of the margin is 6 %, however large the budget
    assert given_back(TRADE, "large", 600_00) == 200
    assert given_back(TRADE, "large", 9_000_00) == 600


def test_the_small_one_is_points_alone() -> None:
    # One point for 1.00, of which 1.5 % are 0.015: fifteen thousandths of a złoty are 1,500 thousandths of a grosz
    assert propose(TRADE, "small", 150) == Proposal("small", 100, 150, 1500)


def test_the_large_one_shares_what_it_gives_over_its_parts() -> None:
    large = propose(TRADE, "large", 375)
    # Points 40 %: 1.5 %. Coupon 20 %: 0.75 % of 50.00 is 0.375 a receipt, one of 20 receipts gets one: 7.53, down to 6.00.
    assert (large.points, large.coupon, large.big, large.visits) == (150, 6_00, 150_00, 0)
    # Tiers from one and a half (1,350.00) and three times (2,700.00) the average of 900.00.
    assert (large.friend, large.patron) == (1200_00, 2500_00)
    # 25 %: 0.9375 %. (1 + 4/3) e^-4/3 is 61.5 % of the turnover, (1 + 25/9) e^-25/9 is 23.5 %: 0.9375 / 0.85 = 1.10, down to 1 %
    assert (large.friend_percent, large.patron_percent) == (100, 200)
    # Birthdays 10 %: 0.375 % of 900.00 a year is 3.375, down to 3.00
    assert large.present == 3_00
    assert large.quiet == 1


def test_who_comes_often_gets_the_coupon_for_visits() -> None:
    often = propose(TRADE._replace(visits=4_00), "middle", 225)
    assert (often.visits, often.big) == (10, 0)
    # 25 % of 2.25 %: 0.5625 % of 50.00 is 0.28125; for ten visits 2.81, down to 2.50
    assert often.coupon == 2_50


def test_a_coupon_for_big_purchases_that_hardly_anybody_makes_is_no_more_than_the_margin_of_a_receipt() -> None:
    # One receipt of 10,000 is so big: 0.5625 % of 50.00 for each would be a coupon of 2,812.50. The margin on 50.00 is 15.00.
    for big in (0, 1):
        assert propose(TRADE._replace(big=big), "middle", 225).coupon == 15_00


@pytest.mark.parametrize("receipt", [1, 99, 12_34, 800_00, 45_678_90])
@pytest.mark.parametrize("visits", [10, 2_00, 30_00])
@pytest.mark.parametrize("size", ["small", "middle", "large"])
def test_what_is_said_is_never_more_than_what_may_be_given(receipt: int, visits: int, size: str) -> None:
    trade = Trade(receipt, visits, 250, 30_00)
    for share in (25, 150, 600):
        each = propose(trade, size, share)  # type: ignore[arg-type]
        assert each.points <= share
        assert each.points == percent(each.points)
        assert each.coupon == nice(each.coupon)
        assert each.friend <= each.patron


def test_numbers_that_can_be_said() -> None:
    assert [nice(each) for each in (0, 7, 10, 119, 1_499, 99_999)] == [0, 7, 10, 100, 1_200, 80_000]
    assert [percent(each) for each in (5, 49, 50, 149, 375)] == [0, 40, 50, 100, 350]
