"""The terms of coupons at the till: where, when, whose, how often, what stays on them; and who is to be reminded."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import Span
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.views.query import query
from loyalty_cli.program.load import program_of
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.coupons.kept import terms_text
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

HEAD = """\
program: Coupons
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
"""
PROGRAM = """
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.05
coupons:
  it: {TERMS}
rewards:
  coupon for 500: {when: {one_purchase: 500.00}, give: {coupon: it}}
"""


def shop_with(folder: Path, terms: str) -> tuple[Shop, str]:
    """A shop whose member 2901 has one coupon, issued on 2 December; its code."""
    shop = make_shop(folder / "shop", HEAD + PROGRAM.replace("TERMS", terms))
    put_receipts(
        shop,
        Receipt("A1", 1, day("2026-12-01"), (("tea", 50_000),)),
        Receipt("B1", 2, day("2026-12-01"), (("tea", 1_000),)),
    )
    with shop.changing() as connection:
        connection.execute("INSERT INTO store (name) VALUES ('Station')")
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        return shop, connection.execute("SELECT code FROM coupon").fetchone()[0]


def another(shop: Shop, code: str) -> str:
    """The code of another coupon of the kind, given to the other member by hand."""
    give(shop, Gift(kind="coupon", name="it"), ToWhom(card="2902"), Asked(by="Ewa", reason="sorry", day=day("2026-12-01")))
    issue_coupons(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        return str(connection.execute("SELECT code FROM coupon WHERE code <> ?", (code,)).fetchone()[0])


def at(on: str = "2026-12-02", **known: str) -> AtTheTill:
    return AtTheTill(day=day(on), **known)


def test_what_a_voucher_does_not_pay_stays_on_it(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 50.00, remainder: is kept, valid_for: 30 days")
    first = redeem_coupon(shop, code, at(basket="30.00"))
    assert (first.data["amount"], str(first.said[1])) == (3000, "20.00 PLN are left on it.")
    coupons = report(shop, "coupons", Wanted(as_of=day("2026-12-02"))).tables[0]
    assert [row[6] for row in coupons.rows] == ["used in part"]
    # 50.00 - 30.00 = 20.00 of 35.00
    second = redeem_coupon(shop, code, at(basket="35.00"))
    assert (second.data["amount"], len(second.said)) == (2000, 1)
    with pytest.raises(Refused, match="was used on 2026-12-02"):
        redeem_coupon(shop, code, at(basket="10.00"))
    assert [row[6] for row in report(shop, "coupons", Wanted()).tables[0].rows] == ["used"]
    assert report(shop, "second-uses", Wanted()).tables[0].rows == []


def test_a_coupon_for_three_uses_is_refused_the_fourth_time(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, uses: 3, valid_for: 100 days")
    said = [str(redeem_coupon(shop, code, at(basket="30.00")).said[-1]) for _ in range(3)]
    assert said == ["It can be used 2 more times.", "It can be used 1 more time.", "Used: it, pays 5.00 PLN."]
    with pytest.raises(Refused, match="was used on"):
        redeem_coupon(shop, code, at(basket="30.00"))


def test_a_list_from_elsewhere_may_use_a_coupon_as_often_as_its_terms_say(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, uses: 2, valid_for: 30 days")
    rows = [f"{code},2026-12-0{number},R{number},5.00" for number in (3, 4, 5)]
    (tmp_path / "uses.csv").write_text("\n".join(["coupon,date,receipt,amount", *rows]) + "\n")
    outcome = import_redemptions(shop, [str(tmp_path / "uses.csv")])
    told: list[str] = outcome.data["second_uses"]  # type: ignore[assignment]
    assert [text.split(":")[0] for text in told] == [f"The coupon {code[:4]}-{code[4:8]}-{code[8:]} was used twice"]


def test_a_coupon_of_some_stores_asks_the_store_and_is_refused_elsewhere(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, only: {stores: [Market]}, valid_for: 30 days")
    with pytest.raises(LoyaltyError, match="depends on the store"):
        redeem_coupon(shop, code, at(basket="30.00"))
    with pytest.raises(Refused, match="can be used in: Market"):
        redeem_coupon(shop, code, at(basket="30.00", store="Station"))
    assert redeem_coupon(shop, code, at(basket="30.00", store="Market")).data["amount"] == 500


def test_a_coupon_of_some_weekdays_is_refused_on_others(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, only: {weekdays: [thursday]}, valid_for: 30 days")
    with pytest.raises(Refused, match="on this day or at this hour"):
        redeem_coupon(shop, code, at(basket="30.00"))  # a Wednesday
    assert redeem_coupon(shop, code, at("2026-12-03", basket="30.00")).data["amount"] == 500


def test_a_coupon_held_by_its_member_needs_that_members_card(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, held_by: member, valid_for: 30 days")
    with pytest.raises(LoyaltyError, match="card must be shown"):
        redeem_coupon(shop, code, at(basket="30.00"))
    with pytest.raises(Refused, match="belongs to another card"):
        redeem_coupon(shop, code, at(basket="30.00", card="2902"))
    assert redeem_coupon(shop, code, at(basket="30.00", card="2901")).data["amount"] == 500


def test_what_a_bearer_pays_with_it_earns_the_bearer_no_points(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 50.00, valid_for: 30 days")
    put_receipts(shop, Receipt("B2", 2, day("2026-12-02"), (("tea", 12_000),)))
    redeem_coupon(shop, code, at(basket="120.00", card="2902", receipt="B2", store="Market"))
    recalc(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        points = dict(connection.execute("SELECT member_id, sum(quantity) FROM ledger WHERE asset_id = 1 GROUP BY 1").fetchall())
    # 10.00 + 120.00 - 50.00 for the second member; the first keeps 500
    assert sorted(points.values()) == [80, 500]


def test_caps_hold_as_on_a_basket(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "discount: 20%, pays_at_most: 15.00, leaves_to_pay: 20.00, valid_for: 30 days")
    # 20 % of 60.00 = 12.00; of 100.00 at most 15.00; of 25.00 = 5.00, and 20.00 stay; of 22.00 only 2.00
    pays = [redeem_coupon(shop, code, at(basket=basket), dry_run=True).data["amount"] for basket in ("60.00", "100.00", "25.00", "22.00")]
    assert pays == [1200, 1500, 500, 200]
    with pytest.raises(Refused, match="nothing left that it could pay"):
        redeem_coupon(shop, code, at(basket="20.00"))


def test_a_coupon_that_stands_alone_asks_the_receipt_and_looks_at_the_others_on_it(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, on_one_receipt: 1, valid_for: 30 days")
    other = another(shop, code)
    with pytest.raises(LoyaltyError, match="depends on the other coupons"):
        redeem_coupon(shop, code, at(basket="30.00"))
    redeem_coupon(shop, code, at(basket="30.00", receipt="Z1"))
    with pytest.raises(Refused, match="No more than 1 coupon on one receipt"):
        redeem_coupon(shop, other, at(basket="25.00", receipt="Z1"))
    assert redeem_coupon(shop, other, at(basket="25.00", receipt="Z2")).data["amount"] == 500


def test_a_coupon_for_several_uses_is_used_once_on_a_receipt_by_quote_and_redeem(tmp_path: Path) -> None:
    """5.00 of 30.00 once, however often the code is scanned: 25.00 are left to pay; on the next receipt it pays again."""
    shop, code = shop_with(tmp_path, "worth: 5.00, uses: 3, valid_for: 30 days")
    quoted = quote(shop, {"amount": "30.00", "coupons": [code, code], "at": "2026-12-02"})
    assert str(quoted.data["to_pay"]) == "25.00"
    redeem_coupon(shop, code, at(basket="30.00", receipt="Z1", store="Market"))
    with pytest.raises(Refused, match="has paid on receipt Z1 already: it is used once on each"):
        redeem_coupon(shop, code, at(basket="25.00", receipt="Z1", store="Market"))
    # Receipt Z1 of another store is another receipt.
    assert redeem_coupon(shop, code, at(basket="25.00", receipt="Z1", store="Station")).data["amount"] == 500
    assert redeem_coupon(shop, code, at(basket="25.00", receipt="Z2", store="Market")).data["amount"] == 500


def test_several_on_one_receipt_pay_at_most_their_joint_share(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 20.00, together_pay_up_to: 50%, valid_for: 30 days")
    other = another(shop, code)
    redeem_coupon(shop, code, at(basket="60.00", receipt="Z1"))
    # 60.00 was the price, half of it is 30.00, 20.00 are paid: 10.00 of the 40.00 that are left
    assert redeem_coupon(shop, other, at(basket="40.00", receipt="Z1")).data["amount"] == 1000


def test_a_free_item_is_said_and_pays_no_money_that_is_known(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "free: tea, valid_for: 30 days")
    outcome = redeem_coupon(shop, code, at())
    assert (outcome.data["amount"], str(outcome.said[0])) == (None, "Used: it, one tea is free.")


def test_a_coupon_ends_on_its_date_however_late_it_is_issued(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, valid_for: 30 days, until: 2026-12-20")
    redeem_coupon(shop, code, at("2026-12-20", basket="30.00"), dry_run=True)
    with pytest.raises(Refused, match="could be used through 2026-12-20"):
        redeem_coupon(shop, code, at("2026-12-21", basket="30.00"))


def test_a_voucher_used_in_part_whose_purchase_comes_back_is_owed_for_what_it_paid(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 50.00, remainder: is kept, valid_for: 30 days, used_but_returned: is a debt")
    done: Any = redeem_coupon(shop, code, at(basket="30.00")).data
    put_receipts(shop, Receipt("R1", 1, day("2026-12-03"), (("tea", -50_000),), original="A1"))
    recalc(shop, as_of=day("2026-12-03"))
    assert issue_coupons(shop, as_of=day("2026-12-04")).data["owed"] == 1
    recalc(shop, as_of=day("2026-12-04"))
    # 500 earned and taken back; 30.00 at 0.05 a point are 600 points of debt
    assert balances(shop)["points"] == -600
    with pytest.raises(Refused, match="was withdrawn"):
        redeem_coupon(shop, code, at("2026-12-04", basket="10.00"))
    # Nothing is owed for a use that is undone, and the coupon of a purchase that came back is withdrawn.
    revert(shop, done["number"], Asked(by="Ewa", reason="typed twice"))
    settled = issue_coupons(shop, as_of=day("2026-12-05")).data
    assert (settled["no longer owed"], settled["withdrawn"]) == (1, 1)
    again = issue_coupons(shop, as_of=day("2026-12-06")).data
    assert (again["no longer owed"], again["withdrawn"], again["owed"]) == (0, 0, 0)
    recalc(shop, as_of=day("2026-12-06"))
    assert balances(shop).get("points", 0) == 0


def test_coupons_that_lapse_soon_are_listed_until_they_are_used(tmp_path: Path) -> None:
    shop, code = shop_with(tmp_path, "worth: 5.00, valid_for: 30 days")
    # issued on 2 December, the last day is 1 January
    wanted = Wanted(as_of=day("2026-12-20"), days=12)
    assert [row[:2] for row in report(shop, "lapsing-coupons", wanted).tables[0].rows] == [(day("2027-01-01"), "2901")]
    assert report(shop, "lapsing-coupons", Wanted(as_of=day("2026-12-20"), days=11)).tables[0].rows == []
    redeem_coupon(shop, code, at(basket="30.00"))
    assert report(shop, "lapsing-coupons", wanted).tables[0].rows == []


def test_terms_are_kept_and_read_again_as_they_were() -> None:
    program = program_of(
        HEAD
        + "stores: {Market: {files: a.csv}}\n"
        + "coupons:\n  it:\n    worth: 50.00\n    remainder: is kept\n    held_by: member\n    leaves_to_pay: 1.00\n"
        + "    valid_for: 30 days\n    only: {stores: [Market], weekdays: [monday, friday], hours: '10:00 to 12:00',\n"
        + "      dates: [2026-12-01 to 2026-12-24], birthday_within: 3, points_used: no, except_categories: [tobacco]}\n",
        "program.yaml",
    )
    terms = program.coupons["it"]
    read = read_terms(terms_text(terms))
    assert read.only == terms.only
    same = [name for name in type(terms).model_fields if getattr(read, name) == getattr(terms, name)]
    # how long it holds stands in the coupon's own days
    assert set(type(terms).model_fields) - set(same) <= {"valid_for"}
    assert read.starts_after == Span(count=0, unit="days")


def test_a_coupon_that_is_used_in_part_says_so_everywhere_and_on_every_day(tmp_path: Path) -> None:
    """Three uses: one on the 3rd, two on the 5th."""
    shop, code = shop_with(tmp_path, "worth: 5.00, uses: 3, valid_for: 100 days")

    def states() -> list[Cell]:
        shown = [explain(shop, "2901").tables, query(shop, "SELECT state FROM coupons", limit=None, over=lambda: False).tables]
        return [next(table for table in tables if "state" in {column.name for column in table.columns}).rows[0][-1] for tables in shown]

    redeem_coupon(shop, code, at("2026-12-03", receipt="A"))
    assert states() == ["used in part", "used in part"]
    for receipt in ("B", "C"):
        redeem_coupon(shop, code, at("2026-12-05", receipt=receipt))
    assert states() == ["used", "used"]
    of_days = [report(shop, "coupons", Wanted(as_of=day(on))).tables[0].rows[0][6] for on in ("2026-12-02", "2026-12-04", "2026-12-05")]
    assert of_days == ["issued", "used in part", "used"]
