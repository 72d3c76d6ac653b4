"""Which share of points and coupons is expected to be used."""

from __future__ import annotations

from loyalty_cli.paying.worths import use_of


def test_a_share_is_that_of_what_is_over() -> None:
    # 300 of 400 points that are over were used
    assert use_of("pending", {"points": (400, 300)}) == 75_00


def test_what_nobody_ever_used_counts_whole() -> None:
    assert use_of("points", {}) == 100_00
    # 400 lapsed and none was used: perhaps nobody could, or the till does not tell
    assert use_of("points", {"points": (400, 0)}) == 100_00


def test_a_kind_that_is_used_tells_of_each_that_is_not() -> None:
    uses = {"coupon:tea": (10, 5), "coupon:cake": (10, 0), "points": (400, 0)}
    # Coupons are used, so nobody wanted cake; of a new one what holds for all is expected, 5 of 20
    assert use_of("coupon:cake", uses) == 0
    assert use_of("coupon:new", uses) == 25_00
    assert use_of("points", uses) == 100_00
