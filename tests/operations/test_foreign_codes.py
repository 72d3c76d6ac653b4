"""Codes of a webshop: each coupon gets one when it is issued, none is given out twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.print import CouponWishes
from loyalty_cli.operations.coupons.print import print_coupons
from loyalty_cli.operations.imports.codes import ForCoupon
from loyalty_cli.operations.imports.codes import import_codes
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.export import member_export
from loyalty_cli.operations.shop.check import check
from tests.operations.imports.till_shop import asked
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
starts: 2026-01-01
coupons:
  web: {worth: 10.00, valid_for: 30 days}
  other: {worth: 20.00, valid_for: 30 days}
rewards:
  web: {when: {one_purchase: 50.00}, give: {coupon: web}}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Three members who are each due a coupon."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = [f"{n},2026-11-20 1{n}:00:00,Market,290{n},T,1,60.00" for n in (1, 2, 3)]
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    return shop


def codes(shop: Shop, text: str, coupon: str = "web", until: str | None = None) -> dict[str, object]:
    path = shop.folder / "codes.csv"
    path.write_text(text, encoding="utf-8")
    return dict(import_codes(shop, path, ForCoupon(coupon, None if until is None else day_from_iso(until), "Ewa")).data)


def test_each_coupon_gets_one_code_those_that_end_first_go_first_and_what_is_missing_is_told(shop: Shop) -> None:
    assert codes(shop, "code,note\nLATER,x\n")["new"] == 1
    assert codes(shop, "SOON\n", until="2026-12-01")["free"] == 2
    assert codes(shop, "OVER\n", until="2026-11-01")["free"] == 2
    warnings = [str(line) for line in issue_coupons(shop).warnings]
    assert warnings == ["No code for the coupon web is free any more: loyalty import codes"]
    given = asked(shop, "SELECT f.code, c.member_id FROM foreign_code f JOIN coupon c ON c.id = f.coupon_id ORDER BY 2")
    assert given == [("SOON", 1), ("LATER", 2)]
    issue_coupons(shop)
    assert asked(shop, "SELECT count(*) FROM foreign_code WHERE coupon_id IS NOT NULL") == [(2,)]
    (lines,) = [label.lines for label in print_coupons(shop, CouponWishes(card="2901"))[1].labels]
    assert [str(line) for line in lines][-1] == "In the webshop: SOON"
    assert check(shop, full=True).exit_code == ExitCode.OK


def test_the_same_list_again_adds_nothing_and_a_code_of_another_coupon_is_refused(shop: Shop) -> None:
    codes(shop, "A1\nA2\nA1\n")
    assert codes(shop, "A1\nA2\nA3\n") == {"coupon": "web", "new": 1, "known": 2, "free": 3, "dry_run": False}
    with pytest.raises(Hindered, match="A2 is a code for the coupon web already"):
        codes(shop, "B1\nA2\n", coupon="other")
    assert asked(shop, "SELECT count(*) FROM foreign_code") == [(3,)]
    with pytest.raises(LoyaltyError, match="The program has no coupon wbe"):
        codes(shop, "B1\n", coupon="wbe")


@pytest.mark.parametrize(
    "text",
    [
        "\nKod\nA1\n\n'007\n", "nr;Kod rabatowy;\n1;A1;\n;;\n2;\"=\"\"007\"\"\";\n3;;\n",
        "\ufeffПромокод\nA1\n,\n007\n", "A1\n,,\n007\n", "sep=;\nA1\n;;\n007\n",
        "A1;\n;\n007;\n", "Kod promocyjny\nA1\n007\n", "coupon,code\nspring,A1\nspring,007\n",
        "Kod;Kod rabatowy\nX;A1\nX;007\n",
    ],
)  # fmt: skip
def test_only_codes_become_codes_and_no_head_or_empty_cell(shop: Shop, text: str) -> None:
    assert codes(shop, text)["new"] == 2
    assert asked(shop, "SELECT code FROM foreign_code ORDER BY 1") == [("007",), ("A1",)]


def test_codes_that_a_spreadsheet_has_changed_are_refused(shop: Shop) -> None:
    with pytest.raises(Hindered, match=r"4.5E\+12 is no code any more: a spreadsheet has changed it"):
        codes(shop, "A1\n4.5E+12\n")
    assert asked(shop, "SELECT count(*) FROM foreign_code") == [(0,)]


def test_everything_that_is_kept_of_a_member_can_be_written_for_them(shop: Shop) -> None:
    issue_coupons(shop)
    data = member_export(shop, "2901")[0].data
    assert [row["number"] for row in data["card"]] == ["2901"]  # type: ignore[attr-defined]
    assert {"member", "receipt", "line", "ledger", "coupon", "standing"} <= set(data)
    assert len(data["receipt"]) == 1  # type: ignore[arg-type]
