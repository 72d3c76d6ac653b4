"""Coupons: issued once with codes of their own, withdrawn, owed, missed, lapsed, used once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.coupons import issue
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Coupons
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.05
  pays_up_to: 50%
coupons:
  next visit: {worth: 50.00, basket_at_least: 60.00, pays_up_to: 50%, valid_for: 30 days, used_but_returned: is a debt}
rewards:
  coupon for 500: {when: {one_purchase: 500.00}, give: {coupon: next visit}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 50_000),)))
    recalc(shop, as_of=day("2026-12-01"))
    return shop


def codes(shop: Shop) -> list[str]:
    with shop.reading() as connection:
        return [code for (code,) in connection.execute("SELECT code FROM coupon ORDER BY id")]


def issued(shop: Shop, on: str) -> dict[str, object]:
    return {
        key: value
        for key, value in issue_coupons(shop, as_of=day(on)).data.items()
        if key in ("issued", "withdrawn", "owed", "missed", "lapsed")
    }


def test_a_due_coupon_is_issued_once_with_a_sound_code(shop: Shop) -> None:
    assert issued(shop, "2026-12-02") == {"issued": 1, "withdrawn": 0, "owed": 0, "missed": 0, "lapsed": 0}
    assert issued(shop, "2026-12-02")["issued"] == 0
    assert [is_sound(code) for code in codes(shop)] == [True]


def test_the_same_purchases_in_another_database_give_the_same_code(shop: Shop, tmp_path: Path) -> None:
    other = make_shop(tmp_path / "other", PROGRAM)
    put_receipts(
        other,
        Receipt("B9", 2, day("2026-11-01"), (("tea", 100),)),
        Receipt("A1", 1, day("2026-12-01"), (("tea", 50_000),)),
    )
    recalc(other, as_of=day("2026-12-05"))
    issue_coupons(other, as_of=day("2026-12-06"))
    issue_coupons(shop, as_of=day("2026-12-02"))
    assert codes(other) == codes(shop)


def test_what_became_due_too_long_ago_is_missed_for_good(shop: Shop) -> None:
    # due on 1 December, issue_within 30 days: 31 December is the last day
    assert issued(shop, "2027-01-01") == {"issued": 0, "withdrawn": 0, "owed": 0, "missed": 1, "lapsed": 0}
    assert issued(shop, "2026-12-02") == {"issued": 0, "withdrawn": 0, "owed": 0, "missed": 0, "lapsed": 0}


def test_a_return_withdraws_an_unused_coupon(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    put_receipts(shop, Receipt("R1", 1, day("2026-12-03"), (("tea", -50_000),), original="A1"))
    recalc(shop, as_of=day("2026-12-03"))
    assert issued(shop, "2026-12-04")["withdrawn"] == 1
    with pytest.raises(Refused, match="withdrawn"):
        redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="100.00", day=day("2026-12-04")))


def test_a_return_after_its_use_makes_it_owed_and_a_debt_in_points(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="200.00", day=day("2026-12-02")))
    put_receipts(shop, Receipt("R1", 1, day("2026-12-03"), (("tea", -50_000),), original="A1"))
    recalc(shop, as_of=day("2026-12-03"))
    assert issued(shop, "2026-12-04")["owed"] == 1
    assert issued(shop, "2026-12-05")["owed"] == 0
    recalc(shop, as_of=day("2026-12-05"))
    # 500 earned and taken back; 50.00 at 0.05 for a point are 1,000 points of debt
    assert balances(shop)["points"] == -1000


def test_a_coupon_pays_its_worth_but_no_more_than_its_share_of_the_basket(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    # 50 % of 80.00 is 40.00, less than 50.00
    outcome = redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="80.00", day=day("2026-12-02")), dry_run=True)
    assert outcome.data["amount"] == 4000
    with pytest.raises(Refused, match=r"60\.00 PLN"):
        redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="59.99", day=day("2026-12-02")))


def test_a_coupon_is_used_once_and_a_retried_script_changes_nothing(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    code = codes(shop)[0]
    till = AtTheTill(basket="200.00", day=day("2026-12-02"), key="till-7-0001", receipt="Z1")
    assert redeem_coupon(shop, code, till).data["amount"] == 5000
    assert redeem_coupon(shop, code, till).data["again"] is True
    with pytest.raises(Refused, match="was used on"):
        redeem_coupon(shop, code, AtTheTill(basket="200.00", day=day("2026-12-02"), key="till-8-0001"))


def test_the_last_day_is_included_and_the_day_after_is_too_late(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    # 2 December + 30 days is 1 January
    redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="200.00", day=day("2027-01-01")), dry_run=True)
    with pytest.raises(Refused, match="could be used through"):
        redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="200.00", day=day("2027-01-02")))
    assert issued(shop, "2027-01-02")["lapsed"] == 1


def test_a_mistyped_code_is_told_from_an_unknown_one(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    code = codes(shop)[0]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    with pytest.raises(LoyaltyError, match="a letter is wrong"):
        redeem_coupon(shop, wrong, AtTheTill())
    spaced = f"{code[:4].lower()} {code[4:8]}-{code[8:]}".replace("C", "С")  # a Cyrillic С
    assert redeem_coupon(shop, spaced, AtTheTill(basket="200.00", day=day("2026-12-02")), dry_run=True).data["code"] == code


def test_a_void_coupon_stays_void(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    void_coupon(shop, codes(shop)[0], by="Anna", reason="lost")
    assert issued(shop, "2026-12-03")["issued"] == 0
    with pytest.raises(Refused, match="void"):
        redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="200.00", day=day("2026-12-03")))


def test_what_a_coupon_paid_earns_no_points(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="120.00", store="Market", receipt="A2", day=day("2026-12-02")))
    put_receipts(shop, Receipt("A2", 1, day("2026-12-02"), (("tea", 12_000),)))
    recalc(shop, as_of=day("2026-12-02"))
    # 500 for A1, and 120.00 - 50.00 = 70 for A2
    assert balances(shop)["points"] == 570


def test_points_pay_up_to_their_share_and_never_more_than_there_are(shop: Shop) -> None:
    # 500 points at 0.05 are 25.00, the half of 50.00
    outcome = redeem_points(shop, "2901", 500, AtTheTill(basket="50.00", day=day("2026-12-02"), key="k1"))
    assert (outcome.data["amount"], outcome.data["left"]) == (2500, 0)
    assert redeem_points(shop, "2901", 500, AtTheTill(basket="50.00", key="k1")).data == {"again": True}
    with pytest.raises(Refused, match="Usable points of the card: 0"):
        redeem_points(shop, "2901", 1, AtTheTill(basket="50.00", day=day("2026-12-02"), key="k2"))
    with pytest.raises(Refused, match="at most"):
        redeem_points(shop, "2901", 500, AtTheTill(basket="49.99", day=day("2026-12-02"), key="k3"))


def test_a_coupon_keeps_the_terms_it_was_issued_with(shop: Shop) -> None:
    issue_coupons(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        terms = json.loads(connection.execute("SELECT terms FROM coupon").fetchone()[0])
    assert terms == {"basket_at_least": 6000, "pays_up_to": 5000, "worth": 5000}


def test_points_that_lapsed_since_the_last_night_can_not_be_used(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "lapsing", PROGRAM.replace("  one_point_pays", "  lapse_after: 1 month\n  one_point_pays"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 50_000),)))
    recalc(shop, as_of=day("2027-01-01"))
    # usable through 1 January, a month after they were earned; nobody has recalculated 2 January yet
    assert redeem_points(shop, "2901", 500, AtTheTill(basket="50.00", day=day("2027-01-01")), dry_run=True).data["left"] == 0
    with pytest.raises(Refused, match="Usable points of the card: 0"):
        redeem_points(shop, "2901", 1, AtTheTill(basket="50.00", day=day("2027-01-02")))


def test_a_use_that_names_a_receipt_of_yesterday_takes_its_points_at_once(shop: Shop) -> None:
    put_receipts(shop, Receipt("A2", 1, day("2026-12-01"), (("tea", 10_000),), clock=50_000))
    issue_coupons(shop, as_of=day("2026-12-02"))
    till = AtTheTill(basket="100.00", store="Market", receipt="A2", day=day("2026-12-02"))
    redeem_coupon(shop, codes(shop)[0], till)
    recalc(shop, as_of=day("2026-12-02"))
    # 500.00 + 100.00 - 50.00 paid by the coupon, which names the second receipt of the day before
    assert balances(shop)["points"] == 550
    assert recalc(shop, as_of=day("2026-12-02"), everyone=True).data["entries"] == 0


def test_a_day_that_has_not_come_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        recalc(shop, as_of=day("2036-12-31"))
    with pytest.raises(Refused, match="has not come yet"):
        redeem_points(shop, "2901", 1, AtTheTill(day=day("2036-12-31")))


@pytest.mark.parametrize("store", ["Market", None])
def test_a_coupon_does_not_pay_on_the_receipt_that_earned_it(shop: Shop, store: str | None) -> None:
    issue_coupons(shop, as_of=day("2026-12-01"))
    till = AtTheTill(basket="500.00", store=store, receipt="A1", day=day("2026-12-01"))
    with pytest.raises(Refused, match="was earned by receipt A1 of Market itself"):
        redeem_coupon(shop, codes(shop)[0], till)
    with shop.changing() as connection:
        connection.execute("UPDATE coupon SET from_day = from_day - 5")
    with pytest.raises(Refused, match="was earned later, by receipt A1 of Market on 2026-12-01"):
        redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="500.00", day=day("2026-11-30")))
    assert balances(shop)["points"] == 500


def test_a_coupon_does_not_pay_on_a_receipt_before_the_one_that_earned_it(shop: Shop) -> None:
    put_receipts(shop, Receipt("A0", 1, day("2026-12-01"), (("tea", 10_000),), clock=40_000))
    issue_coupons(shop, as_of=day("2026-12-02"))
    till = AtTheTill(basket="100.00", store="Market", receipt="A0", day=day("2026-12-02"))
    with pytest.raises(Refused, match="was earned later"):
        redeem_coupon(shop, codes(shop)[0], till)


def test_a_coupon_used_on_the_day_it_was_earned_pays_on_a_later_receipt(shop: Shop) -> None:
    put_receipts(shop, Receipt("A2", 1, day("2026-12-01"), (("tea", 10_000),), clock=50_000))
    issue_coupons(shop, as_of=day("2026-12-01"))
    redeem_coupon(shop, codes(shop)[0], AtTheTill(basket="100.00", day=day("2026-12-01")))
    recalc(shop, as_of=day("2026-12-02"))
    # 500 of A1 whole, and of A2 100.00 less the 50.00 that the coupon paid
    assert balances(shop)["points"] == 550


def test_a_mistake_of_ours_with_one_coupon_is_that_coupons_and_the_next_night_tries_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(terms: object) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(issue, "terms_text", stumbling)
        left_out = issue_coupons(shop, as_of=day("2026-12-02"))
    assert left_out.exit_code == ExitCode.INTERNAL_ERROR
    assert left_out.data["issued"] == 0
    assert left_out.data["left_out"] == len(left_out.mistakes) > 0
    assert "Coupon next visit was left out by a mistake of ours" in str(left_out.warnings[0])
    assert issued(shop, "2026-12-03")["issued"] == len(left_out.mistakes)
