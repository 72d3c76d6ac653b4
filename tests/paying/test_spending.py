"""What rules gave and what of it was used, by hand."""

from __future__ import annotations

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.paying.spending import at_once
from loyalty_cli.paying.spending import Changed
from loyalty_cli.paying.spending import lines_of
from loyalty_cli.paying.spending import spread
from loyalty_cli.paying.spending import together
from loyalty_cli.paying.spending import Used
from loyalty_cli.paying.spending import used_shares
from loyalty_cli.paying.worths import use_of
from loyalty_cli.paying.worths import Worths

JAN, FEB = day_from_iso("2026-01-10"), day_from_iso("2026-02-10")


def test_points_that_were_used_are_shared_by_what_each_rule_gave_until_then() -> None:
    changed = [
        Changed(JAN, "points.basic", "pending", 140),
        Changed(JAN, "points.tea", "points", 40),
        Changed(FEB, "points.basic", "points", 50),
        Changed(FEB, "redeem", "points", -100),
        Changed(FEB + 1, "points.tea", "points", 1000),
    ]
    # 190 of 230 points are basic's: 5.00 x 190 / 230 = 4.1304, and 0.8696; the grosz goes to the larger rest.
    assert list(spread([Used(FEB, "", "points", 500, 1)], changed)) == [
        Used(FEB, "points.basic", "points", 413, 0),
        Used(FEB, "points.tea", "points", 87, 0),
    ]


def test_a_coupon_knows_its_rule_and_what_nobody_gave_is_said_to_be_used() -> None:
    known = Used(FEB, "rewards.big", "coupon:next", 500, 1)
    assert list(spread([known, Used(FEB, "", "points", 300, 1)], [])) == [known, Used(FEB, "redeem", "points", 300, 0)]


def test_a_gift_for_points_costs_when_it_is_handed_out_and_was_not_given_anew() -> None:
    changed = [Changed(JAN, "redeem", "gift:mug", 1)]
    used = list(spread([Used(FEB, "", "gift:mug", 1200, 1)], changed))
    assert used == [Used(FEB, "redeem", "gift:mug", 1200, 1)]
    (line,) = lines_of(changed, used, Worths({"gift:mug": 1_200_000}, {"gift:mug": 10_000}))
    assert line[1:] == ("redeem", "gift:mug", 0, 0, 0, 1200, 1)


def test_waiting_points_and_points_of_a_rule_are_one_line_and_moves_are_none() -> None:
    worths = Worths({"points": 5_000}, {"points": 8_000})
    changed = [
        Changed(JAN, "points.basic", "pending", 120),
        Changed(JAN, "points.basic", "points", -20),
        Changed(JAN, "usable", "pending", -120),
        Changed(JAN, "usable", "points", 120),
        Changed(FEB, "lapse", "points", -30),
    ]
    # 100 points at 0.05 are 5.00, of which 80 % are expected to be used: 4.00
    assert [line[:6] for line in lines_of(changed, [], worths)] == [("2026-01", "points.basic", "points", 100, 500, 400)]


def test_the_share_of_points_that_is_used_is_that_of_those_that_are_over() -> None:
    changed = [
        Changed(JAN, "points.basic", "points", 500),
        Changed(FEB, "redeem", "points", -100),
        Changed(FEB, "reinstate", "points", 10),
        Changed(FEB, "lapse", "points", -30),
        Changed(FEB, "lapse", "wallet:cafe", -5),
    ]
    # 90 of 120 were used; of the cafe's none of 5; of a purse of which nothing is over all are expected to be
    uses = used_shares(changed)
    assert uses == {"points": (120, 90), "wallet:cafe": (5, 0)}
    assert [use_of(asset, uses) for asset in ("pending", "waiting:cafe", "wallet:new")] == [7500, 0, 10_000]


def test_a_coupon_without_a_past_is_used_as_coupons_are_and_never_as_points_are() -> None:
    assert use_of("coupon:new", {"coupon:old": (4, 1), "points": (10, 10)}) == 2500
    assert use_of("coupon:new", {"points": (10, 1)}) == 10_000


def test_lines_of_a_rule_are_one_and_stand_in_the_order_of_kinds() -> None:
    lines = [
        at_once(FEB, "draws.spring", "prizes", 2, 50_00),
        at_once(JAN, "tiers", "tier:friend", 1, 5_00),
        at_once(FEB, "tiers", "tier:friend", 2, 7_00),
    ]
    assert together(lines, by_month=False) == [
        ("", "tiers", "tier:friend", 3, 12_00, 12_00, 12_00, 3),
        ("", "draws.spring", "prizes", 2, 50_00, 50_00, 50_00, 2),
    ]
    assert [line.month for line in together(lines, by_month=True)] == ["2026-01", "2026-02", "2026-02"]
