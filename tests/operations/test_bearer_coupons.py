"""Coupons printed for whoever brings them: made once, used with or without a card, as often as their terms allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.make import make_coupons
from loyalty_cli.operations.coupons.print import CouponWishes
from loyalty_cli.operations.coupons.print import print_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.stores.change import store_merge
from loyalty_cli.store.tills.audit import used_again
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Leaflets
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
coupons:
  leaflet: {worth: 10.00, basket_at_least: 40.00, until: 2027-12-31}
  twice: {worth: 10.00, uses: 2, until: 2027-12-31}
  kept: {worth: 10.00, remainder: is kept, until: 2027-12-31}
  own: {worth: 10.00, held_by: member, valid_for: 30 days}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 10_000),)))
    recalc(shop, as_of=day("2026-12-01"))
    return shop


def codes(shop: Shop, name: str = "leaflet", count: int = 3) -> list[str]:
    found = make_coupons(shop, name, count, key=f"{name} spring").data["codes"]
    assert isinstance(found, list)
    return found


def test_the_same_key_makes_no_more_and_gives_the_same_codes(shop: Shop) -> None:
    made = codes(shop)
    assert codes(shop) == made
    assert len(set(made)) == 3
    assert all(is_sound(code) for code in made)
    with pytest.raises(Refused, match="have been made"):
        make_coupons(shop, "leaflet", 4, key="leaflet spring")


def test_a_coupon_of_a_member_or_of_no_program_is_not_printed(shop: Shop) -> None:
    with pytest.raises(Refused, match="for its member only"):
        make_coupons(shop, "own", 3, key="a")
    with pytest.raises(LoyaltyError, match="no coupon leaflets"):
        make_coupons(shop, "leaflets", 3, key="a")


def test_whoever_brings_it_uses_it_once(shop: Shop) -> None:
    code = codes(shop)[0]
    with pytest.raises(Refused, match="needs a basket of at least"):
        redeem_coupon(shop, code, AtTheTill(basket="39.99"))
    assert redeem_coupon(shop, code, AtTheTill(basket="40.00")).data["amount"] == 1000
    with pytest.raises(Refused, match="was used on"):
        redeem_coupon(shop, code, AtTheTill(basket="40.00"))
    # nobody's books know of it
    assert balances(shop)["points"] == 100


def test_what_it_paid_on_a_members_receipt_earns_no_points(shop: Shop) -> None:
    code = codes(shop)[0]
    till = AtTheTill(basket="60.00", card="2901", receipt="A2", store="Market", day=day("2027-03-01"))
    put_receipts(shop, Receipt("A2", 1, day("2027-03-01"), (("tea", 6_000),)))
    redeem_coupon(shop, code, till)
    recalc(shop, as_of=day("2027-03-01"))
    # 100.00 + 60.00 - 10.00
    assert balances(shop)["points"] == 150
    assert recalc(shop, as_of=day("2027-03-01"), everyone=True).data["entries"] == 0


def test_a_request_that_is_made_again_changes_nothing(shop: Shop) -> None:
    code = codes(shop, "twice")[0]
    till = AtTheTill(basket="40.00", key="till 7/1")
    assert redeem_coupon(shop, code, till).data["amount"] == 1000
    assert redeem_coupon(shop, code, till).data["again"] is True
    assert str(redeem_coupon(shop, code, AtTheTill(basket="40.00")).said[0]) == "Used: twice, pays 10.00 PLN."
    with pytest.raises(Refused, match="was used on"):
        redeem_coupon(shop, code, AtTheTill(basket="40.00"))


def test_only_what_nobody_used_or_voided_is_printed_and_the_report_counts(shop: Shop) -> None:
    made = codes(shop)
    redeem_coupon(shop, made[0], AtTheTill(basket="40.00"))
    void_coupon(shop, made[1], by="Anna", reason="lost")
    with pytest.raises(Refused, match="is void"):
        redeem_coupon(shop, made[1], AtTheTill(basket="40.00"))
    outcome, sheet = print_coupons(shop, CouponWishes(key="leaflet spring"))
    assert outcome.data["codes"] == made[2:]
    assert [str(label.worth) for label in sheet.labels] == ["10.00 PLN"]
    assert [row[4:] for row in report(shop, "coupon-batches", Wanted()).tables[0].rows] == [(3, 1, 1, 1000)]


def further_uses(shop: Shop) -> list[tuple[object, ...]]:
    return list(report(shop, "second-uses", Wanted()).tables[0].rows)


def test_a_list_of_a_second_shop_may_use_them_and_a_use_too_many_is_told(shop: Shop, tmp_path: Path) -> None:
    made = codes(shop)
    rows = [f"{made[0]},2027-03-01,R1,10.00", f"{made[0]},2027-03-01,R2,10.00", f"{made[1]},2027-03-01,R3,"]
    (tmp_path / "uses.csv").write_text("\n".join(["coupon,date,receipt,amount", *rows]) + "\n", encoding="utf-8")
    outcome = import_redemptions(shop, [str(tmp_path / "uses.csv")])
    assert len(outcome.data["second_uses"]) == 1  # type: ignore[arg-type]
    assert report(shop, "coupon-batches", Wanted()).tables[0].rows[0][4:] == (3, 2, 0, 3000)
    [(code, _, first, _, again, _, receipt, amount, _)] = further_uses(shop)
    assert (code, first, again, receipt, amount) == (made[0], day("2027-03-01"), day("2027-03-01"), "R2", 1000)
    again = import_redemptions(shop, [str(tmp_path / "uses.csv")])
    assert again.data["second_uses"] == []
    assert len(further_uses(shop)) == 1
    assert report(shop, "coupon-batches", Wanted()).tables[0].rows[0][4:] == (3, 2, 0, 3000)


def test_a_receipt_of_that_number_in_another_store_is_another_receipt(shop: Shop, tmp_path: Path) -> None:
    code, other = codes(shop, "twice", 2)
    rows = [f"{code},2027-03-01,Market,17,10.00", f"{code},2027-03-01,Station,17,10.00", f"{other},2027-03-01,Depot,1,10.00"]
    for name, listed in (("both", rows), ("again", rows[1:])):
        (tmp_path / f"{name}.csv").write_text("\n".join(["coupon,date,store,receipt,amount", *listed]) + "\n", encoding="utf-8")
        assert import_redemptions(shop, [str(tmp_path / f"{name}.csv")]).data["second_uses"] == []
        # 2 printed, 2 used, 10.00 in each store
        assert report(shop, "coupon-batches", Wanted()).tables[0].rows[0][4:] == (2, 2, 0, 3000)
    store_merge(shop, "Station", "Depot")
    (tmp_path / "now.csv").write_text(f"coupon,date,store,receipt,amount\n{code},2027-03-01,Depot,17,10.00\n", encoding="utf-8")
    assert import_redemptions(shop, [str(tmp_path / "now.csv")]).data["second_uses"] == []
    assert report(shop, "coupon-batches", Wanted()).tables[0].rows[0][4:] == (2, 2, 0, 3000)
    # It may be used twice: the third time is one too many.
    assert further_uses(shop) == []
    (tmp_path / "third.csv").write_text(f"coupon,date,store,receipt,amount\n{code},2027-03-01,Depot,18,10.00\n", encoding="utf-8")
    import_redemptions(shop, [str(tmp_path / "third.csv")])
    assert [row[6] for row in further_uses(shop)] == ["18"]


def test_of_a_voucher_what_it_does_not_hold_any_more_is_a_use_too_many(shop: Shop, tmp_path: Path) -> None:
    (code,) = codes(shop, "kept", 1)
    rows = [f"{code},2027-03-01,{receipt},{amount}" for receipt, amount in (("1", "6.00"), ("2", "4.00"), ("3", "1.00"))]
    (tmp_path / "uses.csv").write_text("\n".join(["coupon,date,receipt,amount", *rows]) + "\n", encoding="utf-8")
    import_redemptions(shop, [str(tmp_path / "uses.csv")])
    assert [row[6] for row in further_uses(shop)] == ["3"]
    with shop.reading() as connection:
        assert [row[4] for row in used_again(connection, day("2027-03-01"), day("2027-03-01"))] == ["3"]
