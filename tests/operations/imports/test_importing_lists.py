"""Lists of members and of products."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

HEADER = "card,number,name,birthday,joined,groups,consents"
ANNA = "2900001;2900009,M1,Anna Nowak,1980-05-17,2026-01-10,pensioner;staff,email"


def members_in(shop: Shop, *rows: str) -> dict[str, Any]:
    data: Any = import_members(shop, [export(shop, "members.csv", *rows, header=HEADER)], by="Ola").data
    figures: dict[str, Any] = data["files"][0]
    return figures


def products_in(shop: Shop, *rows: str) -> dict[str, Any]:
    header = "code,name,category,cost,floor_price,excluded"
    data: Any = import_products(shop, [export(shop, "products.csv", *rows, header=header)]).data
    figures: dict[str, Any] = data["files"][0]
    return figures


def test_a_member_comes_with_cards_groups_and_consents(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    assert members_in(shop, ANNA)["new"] == 1
    assert asked(shop, "SELECT number, name, birthday, joined FROM member") == [("M1", "Anna Nowak", "1980-05-17", 2461051)]
    assert asked(shop, "SELECT number FROM card ORDER BY 1") == [("2900001",), ("2900009",)]
    assert asked(shop, "SELECT name, from_day FROM member_group ORDER BY 1") == [
        ("pensioner", 2461051),
        ("staff", 2461051),
    ]
    # Agreed today, 2026-11-21, as far as the list tells.
    assert asked(shop, "SELECT channel, given, from_day FROM consent") == [("email", 1, 2461366)]
    assert asked(shop, "SELECT since FROM due") == [(2461051,)]
    assert members_in(shop, ANNA)["known"] == 1


def test_new_cards_of_a_list_that_look_like_known_ones_are_told(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    members_in(shop, "00123456,M1,Anna Nowak,,,,", "AB100;ab100,M2,Ola Lis,,,,")
    rows = export(shop, "again.csv", "123456,M3,Anna Nowak,,,,", "ab-200,M4,Jan Lis,,,,", header=HEADER)
    assert [str(warning) for warning in import_members(shop, [rows]).warnings] == [
        "1 new card looks like a known one: 123456 / 00123456. If it is the same: loyalty member merge 123456 00123456"
    ]
    rows = export(shop, "third.csv", "123457,M5,Ewa Lis,,,,", "AB-200,M6,Jan Lis,,,,", header=HEADER)
    assert [str(warning) for warning in import_members(shop, [rows]).warnings] == [
        "1 new card looks like a known one: AB-200 / ab-200. If it is the same: loyalty member merge AB-200 ab-200"
    ]


def test_nobody_joins_on_a_day_that_has_not_come(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = members_in(shop, "2901,M1,Anna Nowak,,2026-11-21,,", "2902,M2,Jan Lis,,2026-11-22,,")
    assert [(row["line"], row["reason"]) for row in figures["set_aside_rows"]] == [(3, "joined: 2026-11-22 has not come yet")]


def test_a_member_known_by_card_only_gets_his_record(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"))
    assert members_in(shop, ANNA)["changed"] == 1
    assert asked(shop, "SELECT count(*) FROM member") == [(1,)]
    changes = asked(shop, "SELECT field, was, became, by FROM member_change ORDER BY id")
    assert ("name", "", "Anna Nowak", "Ola") in changes


def test_empty_cells_change_nothing(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    members_in(shop, ANNA)
    assert members_in(shop, "2900001,,,,,,")["known"] == 1
    assert members_in(shop, "2900001,,Anna Maria Nowak,,,,")["changed"] == 1
    assert asked(shop, "SELECT was, became FROM member_change") == [("Anna Nowak", "Anna Maria Nowak")]


def test_a_birthday_may_lack_its_year_and_a_wrong_one_is_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = members_in(shop, "1,,Jan,02-29,,,", "2,,Ewa,31.12.1990,,,")
    assert (figures["new"], figures["set_aside"]) == (1, 1)
    assert asked(shop, "SELECT birthday FROM member") == [("02-29",)]


def test_cards_of_two_members_are_not_joined_by_a_list(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = members_in(shop, "1,,Jan,,,,", "2,,Ewa,,,,", "1;2,,Jan,,,,")
    assert figures["set_aside_rows"][0]["reason"] == "1, 2 belong to different members"


def test_a_new_category_makes_buyers_due_and_a_new_cost_does_not(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"))
    clear(shop)
    assert products_in(shop, "MILK,Milk,,1.20,,")["new"] == 1
    assert asked(shop, "SELECT count(*) FROM due") == [(0,)]
    assert products_in(shop, "MILK,,dairy,,,no")["changed"] == 1
    assert asked(shop, "SELECT category, cost FROM product") == [("dairy", 120)]
    assert asked(shop, "SELECT since FROM due") == [(2461102,)]


def clear(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.execute("DELETE FROM due")


def test_a_product_without_a_code_is_known_by_its_name(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM + "points: {earn: {basic: {points: 1, for_every: 1.00, only: {except_products: [Voucher]}}}}\n")
    rows = [f"1,2026-03-02 10:00:00,2900001,{sold}" for sold in ("Tea,60.00", "Book,30.00", "Voucher,7.00")]
    taken_in(shop, export(shop, "a.csv", *rows, header="receipt,date,card,product_name,amount"), store="S")
    assert products_in(shop, ",Book,,,,yes", ",,,,,yes")["set_aside"] == 1
    recalc(shop)
    # 60.00 of tea; the book is excluded by the list, the voucher by the program.
    assert asked(shop, "SELECT points FROM standing") == [(60,)]
