"""The audit asks about what is unusual and about nothing that is not; what the till could not know is no fault of the cashier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.tills.audit import audit
from loyalty_cli.operations.tills.audit import AuditWishes
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from loyalty_cli.operations.tills.unusual import Limits
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-11-01
tiers:
  by: spend
  going_down: never
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 5%}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
  one_point_pays: 0.10
discounts:
  together: best
  offers:
    big basket: {by: this basket, discount: {300.00: 10%}}
    pensioners: {discount: 7%, only: {groups: [pensioner]}}
"""
HEADER = "receipt,date,time,store,card,product,quantity,amount,discount,cashier,original_receipt"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 is a friend since 1 November; it is 21 November."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "first.csv", "1,2026-11-01,10:00:00,Market,2901,T,1,600.00,0.00,Ada,", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-08"))
    return shop


def sold(shop: Shop, *rows: str) -> None:
    name = f"{rows[0].split(',')[0]}.csv"
    taken_in(shop, export(shop, name, *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))


def kinds(shop: Shop, limits: Limits | None = None) -> list[str]:
    outcome = audit(shop, AuditWishes(limits=limits or Limits()))
    assert outcome.exit_code == (ExitCode.DIFFERENCES if outcome.tables[0].rows else ExitCode.OK)
    return [str(row[0]) for row in outcome.tables[0].rows]


def test_what_the_program_gives_is_no_question_and_a_unit_more_of_a_line_is_rounding(shop: Shop) -> None:
    # 5 % of 100.00; 10 % of a basket of 400.00 for anybody; 5 % of 33.33 is 1.6665, the till says 1.67.
    sold(
        shop,
        "2,2026-11-10,10:00:00,Market,2901,T,1,95.00,5.00,Ada,",
        "3,2026-11-10,11:00:00,Market,2902,T,1,360.00,40.00,Ada,",
        "4,2026-11-10,12:00:00,Market,2901,T,1,31.66,1.67,Ada,",
    )
    assert kinds(shop) == []


def test_an_audit_of_a_store_that_is_not_known_is_refused(shop: Shop) -> None:
    taken_in(shop, export(shop, "a.csv", "1,2026-11-10,10:00,Market,2901,tea,1,95.00,5.00,ann,", header=HEADER))
    with pytest.raises(LoyaltyError, match="There is no store Markt"):
        audit(shop, AuditWishes(stores=("Markt",)))


def test_more_than_was_due_is_a_question_also_without_a_card(shop: Shop) -> None:
    sold(
        shop,
        "2,2026-11-10,10:00:00,Market,2901,T,1,90.00,10.00,Ada,",
        "3,2026-11-10,11:00:00,Market,,T,1,95.00,5.00,Bea,",
    )
    outcome = audit(shop, AuditWishes())
    assert [(row[0], row[4], row[5]) for row in outcome.tables[0].rows] == [("discount", "Ada", "2901"), ("discount", "Bea", "")]
    assert '"money":[1000' in str(outcome.tables[0].rows[0][6])
    # 10.00 less 5.00 due, and 5.00 of which nothing was due.
    assert [(row[2], row[6]) for row in outcome.tables[1].rows] == [("Ada", 500), ("Bea", 500)]


def test_what_the_till_was_told_counts_until_it_is_told_otherwise(shop: Shop) -> None:
    in_group = MemberWishes(groups=(ListedGroup("pensioner", day_from_iso("2026-11-01"), day_from_iso("2026-11-09")),))
    member_set(shop, "2901", in_group)
    recalc(shop, as_of=day_from_iso("2026-11-08"), everyone=True)
    morning = replace(shop, now=shop.now.replace(day=9, hour=6))
    till_export(morning, "members", ExportWishes())
    # On the 10th the group is over, but the till has not been told: 7 % is what it knew. On the 12th it knows 5 %.
    sold(shop, "2,2026-11-10,10:00:00,Market,2901,T,1,93.00,7.00,Ada,")
    assert kinds(shop) == []
    till_export(replace(morning, now=morning.now + timedelta(days=2)), "members", ExportWishes())
    sold(shop, "3,2026-11-12,10:00:00,Market,2901,T,1,93.00,7.00,Ada,")
    assert kinds(shop) == ["discount"]


def test_many_receipts_in_an_hour_are_told_once_and_the_figure_can_be_said(shop: Shop) -> None:
    sold(shop, *(f"{n},2026-11-10,10:{n * 9:02}:00,Market,2902,T,1,1.05,0.00,Ada," for n in range(2, 6)))
    assert kinds(shop) == ["many in an hour"]
    assert kinds(shop, Limits(in_an_hour=5)) == []


def test_two_stores_at_once_are_asked_about_by_card_and_not_by_member(shop: Shop) -> None:
    member_set(shop, "2901", MemberWishes(card="2911"))
    sold(
        shop,
        "2,2026-11-10,10:00:00,Market,2901,T,1,1.05,0.00,Ada,",
        "3,2026-11-10,10:05:00,Station,2911,T,1,1.05,0.00,Bea,",
    )
    assert kinds(shop) == []
    sold(shop, "4,2026-11-10,10:06:00,Station,2901,T,1,1.05,0.00,Bea,")
    assert kinds(shop) == ["two stores at once"]


def test_round_amounts_are_asked_about_where_nearly_all_are_round(shop: Shop) -> None:
    sold(shop, *(f"{n},2026-11-{n},10:00:00,Market,2902,T,1,50.00,0.00,Ada," for n in range(10, 16)))
    assert kinds(shop) == ["round amounts"]
    sold(shop, *(f"{n},2026-11-{n},10:00:00,Market,2902,T,1,50.01,0.00,Ada," for n in range(17, 20)))
    assert kinds(shop) == []


def test_where_everything_costs_a_round_amount_nobody_is_asked_about(shop: Shop) -> None:
    sold(shop, *(f"{n},2026-11-{n},10:00:00,Salon,2902,T,1,50.00,0.00,Ada," for n in range(10, 16)))
    sold(shop, *(f"S{n},2026-11-{n},12:00:00,Salon,,T,1,80.00,0.00,Ada," for n in range(10, 17)))
    assert kinds(shop) == []


def test_one_return_after_redeeming_is_nothing_two_are_asked_about(shop: Shop) -> None:
    for n in (10, 12):
        sold(shop, f"S{n},2026-11-{n},10:00:00,Market,2901,T,1,20.55,0.00,Ada,")
        redeem_points(shop, "2901", 10, AtTheTill(store="Market", receipt=f"S{n}", day=day_from_iso(f"2026-11-{n}"), key=f"k{n}"))
        assert kinds(shop) == []
        sold(shop, f"R{n},2026-11-{n},15:00:00,Market,2901,T,-1,-20.55,0.00,Bea,S{n}")
    outcome = audit(shop, AuditWishes())
    assert [(row[0], row[8]) for row in outcome.tables[0].rows] == [
        ("returned after redeeming", "Market S10, Market R10, Market S12, Market R12")
    ]


def test_points_that_the_till_took_and_the_card_did_not_hold_are_asked_about(shop: Shop) -> None:
    # 60 points pay 6.00; what was redeemed here on the day is known.
    header = HEADER + ",paid_by_loyalty"
    rows = (
        "2,2026-11-10,10:00:00,Market,2901,T,1,20.55,0.00,Ada,,6.00",
        "3,2026-11-11,10:00:00,Market,2902,T,1,20.55,0.00,Bea,,3.00",
    )
    taken_in(shop, export(shop, "paid.csv", *rows, header=header))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    outcome = audit(shop, AuditWishes())
    assert [(row[0], row[4], row[8]) for row in outcome.tables[0].rows] == [("points", "Bea", "Market 3")]


def test_one_paper_coupon_pays_one_receipt_of_a_day(shop: Shop) -> None:
    # 62 points are worth 6.20, and 4.00 of a use are known: 6.00 and 4.00 may be paid on the day, the second 6.00 may not.
    header = HEADER + ",paid_by_loyalty"
    rows = [f"{n},2026-11-10,1{n}:00:00,Market,2901,T,1,20.55,0.00,Ada,,{paid}" for n, paid in ((2, "6.00"), (3, "6.00"))]
    taken_in(shop, export(shop, "paid.csv", *rows, header=header))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    redeem_points(shop, "2901", 40, AtTheTill(store="Market", receipt="2", day=day_from_iso("2026-11-10"), key="a"))
    assert [(row[0], row[8]) for row in audit(shop, AuditWishes()).tables[0].rows] == [("points", "Market 3")]
