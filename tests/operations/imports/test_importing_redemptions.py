"""Coupons and points that were used elsewhere come in once, and count."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.codes import code_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.tills.audit import audit
from loyalty_cli.operations.tills.audit import AuditWishes
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop

# One point for each whole zloty, worth 0.10.
WITH_POINTS = PROGRAM + "points:\n  earn:\n    basic: {points: 1, for_every: 1.00}\n  one_point_pays: 0.10\n"
HEADER = "date,time,store,receipt,card,coupon,points,amount,key"
BOUGHT = "2026-03-02,10:00:00,North,1,2900001,MILK,1,100.00"
CODE = code_of("ab" * 32, "coupon one")


def shop_with_purchase(folder: Path) -> Shop:
    shop = shop_in(folder, WITH_POINTS)
    taken_in(shop, export(shop, "a.csv", BOUGHT))
    recalc(shop)
    return shop


def used(shop: Shop, *rows: str, name: str = "used.csv") -> Outcome:
    return import_redemptions(shop, [export(shop, name, *rows, header=HEADER)], by="Ola")


def figures(outcome: Outcome) -> dict[str, Any]:
    data: Any = outcome.data
    found: dict[str, Any] = data["files"][0]
    return found


def balance(shop: Shop) -> list[tuple[Any, ...]]:
    recalc(shop)
    return asked(shop, "SELECT points, debt FROM standing")


def issue(shop: Shop) -> None:
    """One coupon of 20.00 of the member, usable in March and April 2026."""
    with shop.changing() as connection:
        connection.execute("INSERT INTO rule (id, name) VALUES (900, 'rewards.by hand')")
        connection.execute("INSERT INTO asset (id, name) VALUES (900, 'coupon:next visit')")
        connection.execute(
            "INSERT INTO coupon VALUES (1, 'coupon one', ?, 1, 900, 900, 1, 1, 2461101, 2461101, 2461101, 2461161, ?)",
            (CODE, '{"worth": 2000}'),
        )
        connection.execute("INSERT INTO coupon_event (coupon_id, what, day, at) VALUES (1, 'issued', 2461101, '2026-03-01')")


def test_points_used_elsewhere_leave_the_balance_once(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    row = "2026-03-05,12:00,North,7,2900001,,30,3.00,"
    outcome = used(shop, row)
    assert (figures(outcome)["imported"], outcome.data["points"]) == (1, 30)
    assert outcome.data["totals"] == {"PLN": "3.00"}
    # 100 earned - 30 used
    assert balance(shop) == [(70, 0)]
    assert figures(used(shop, row, name="again.csv"))["known"] == 1
    assert balance(shop) == [(70, 0)]


def test_more_points_than_there_were_become_a_debt(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    used(shop, "2026-03-05,12:00,North,7,2900001,,130,,")
    # 100 - 130; 130 points pay 13.00
    assert balance(shop) == [(-30, 30)]
    assert asked(shop, "SELECT amount FROM redemption") == [(1300,)]


def test_two_equal_rows_without_receipt_are_two_uses_and_the_same_file_again_is_none(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    row = "2026-03-05,,,,2900001,,10,1.00,"
    assert figures(used(shop, row, row))["imported"] == 2
    assert figures(used(shop, row, row))["known"] == 2
    assert balance(shop) == [(80, 0)]


def test_a_key_tells_one_use_from_another(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    assert figures(used(shop, "2026-03-05,,,,2900001,,10,1.00,k1"))["imported"] == 1
    assert figures(used(shop, "2026-03-05,,,,2900001,,10,1.00,k1", name="b.csv"))["known"] == 1
    other = figures(used(shop, "2026-03-06,,,,2900001,,12,1.20,k1", name="c.csv"))
    assert (other["conflicts"], other["set_aside"]) == (1, 1)
    assert other["set_aside_rows"][0]["reason"] == "the key stands for another use already, of 2026-03-05"


def test_what_paid_for_a_receipt_earns_nothing(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    taken_in(shop, export(shop, "b.csv", "2026-03-05,12:00:00,North,7,2900001,MILK,1,50.00"))
    used(shop, "2026-03-05,12:00,North,7,2900001,,30,3.00,")
    # 100 + (50.00 - 3.00 paid with points -> 47) - 30
    assert balance(shop) == [(117, 0)]


def test_unknown_cards_codes_and_days_to_come_are_set_aside(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    outcome = used(
        shop,
        "2026-03-05,,,,2900009,,10,1.00,",
        "2026-03-05,,,,2900001,23456789CFGHJ,,5.00,",
        "2027-03-05,,,,2900001,,10,1.00,",
        "2026-03-05,,,,2900001,,2.5,1.00,",
        "2026-03-05,,,,2900001,,,1.00,",
    )
    assert [row["reason"] for row in figures(outcome)["set_aside_rows"]] == [
        "there is no card 2900009",
        "there is no coupon 23456789CFGHJ",
        "date: 2027-03-05 has not come yet",
        "points: '2.5' is not a whole number",
        "the row must have either a coupon or points",
    ]
    assert int(outcome.exit_code) == 100


def test_a_coupon_used_twice_is_recorded_and_told(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    issue(shop)
    outcome = used(shop, f"2026-03-05,12:00,North,7,,{CODE},,20.00,", f"2026-03-05,12:00,North,7,,{CODE},,20.00,")
    # Twice the same row is one use.
    assert (figures(outcome)["imported"], figures(outcome)["known"]) == (1, 1)
    again = used(shop, f"2026-03-06,12:00,South,1,,{CODE},,20.00,", name="b.csv")
    assert figures(again)["imported"] == 1
    assert again.data["second_uses"] == [
        f"The coupon {CODE[:4]}-{CODE[4:8]}-{CODE[8:]} was used twice: on 2026-03-05 and on 2026-03-06, receipt 1."
    ]
    assert len(again.warnings) == 1
    assert asked(shop, "SELECT coupon_id, amount FROM redemption ORDER BY id") == [(1, 2000), (None, 2000)]
    assert asked(shop, "SELECT redemption_id, coupon_id FROM second_use") == [(2, 1)]
    # The second file again tells nothing new.
    assert figures(used(shop, f"2026-03-06,12:00,South,1,,{CODE},,20.00,", name="c.csv"))["known"] == 1
    assert asked(shop, "SELECT what FROM coupon_event") == [("issued",), ("used",)]


def test_a_coupon_used_outside_its_days_counts_and_is_told(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    issue(shop)
    outcome = used(shop, f"2026-06-05,12:00,North,7,,{CODE},,,")
    assert len(outcome.data["out_of_order"]) == 1  # type: ignore[arg-type]
    # No amount is given: the coupon's worth.
    assert asked(shop, "SELECT amount, day FROM redemption") == [(2000, 2461197)]


def test_a_list_may_call_the_coupons_column_code(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    issue(shop)
    file = export(shop, "codes.csv", f"2026-03-20,{CODE}", header="date,code")
    assert figures(import_redemptions(shop, [file], by="Ola"))["new"] == 1


def test_a_list_with_neither_coupons_nor_points_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    file = export(shop, "cards.csv", "2026-03-20,2900001", header="date,card")
    with pytest.raises(ExportRefused) as refused:
        import_redemptions(shop, [file], by="Ola")
    assert str(refused.value.phrase.values["expected"]) == "the columns coupon, code or points"


def test_a_coupon_that_a_list_uses_on_the_receipt_that_earned_it_is_set_aside(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    issue(shop)
    rows = [f"2026-03-02,{time},North,{receipt},,{CODE},,20.00," for time, receipt in (("12:00", "1"), ("09:00", "9"))]
    reasons = [row["reason"] for row in figures(used(shop, *rows))["set_aside_rows"]]
    assert len(reasons) == 2
    assert "was earned by receipt 1 of North itself" in reasons[0]
    assert "was earned later, by receipt 1 of North on 2026-03-02" in reasons[1]
    assert asked(shop, "SELECT count(*) FROM redemption") == [(0,)]


def test_the_audit_asks_about_the_receipt_on_which_a_coupon_was_used_again(tmp_path: Path) -> None:
    shop = shop_with_purchase(tmp_path)
    issue(shop)
    taken_in(shop, export(shop, "b.csv", "2026-03-06,12:00:00,South,1,2900001,MILK,1,50.00"))
    used(shop, f"2026-03-05,12:00,North,7,,{CODE},,20.00,", f"2026-03-06,12:00,South,1,,{CODE},,20.00,")
    march = AuditWishes(first=day_from_iso("2026-03-01"), last=day_from_iso("2026-03-31"))
    (row,) = audit(shop, march).tables[0].rows
    assert (row[0], row[2], row[5], row[8]) == ("coupon used twice", "South", "2900001", "South 1")


def test_points_of_a_wallet_are_used_from_it_once_and_an_unknown_wallet_is_named(tmp_path: Path) -> None:
    program = WITH_POINTS.replace("  one_point", "    treats: {points: 30, for_each: visit, into: treats}\n  one_point")
    shop = shop_in(tmp_path, program + "  wallets:\n    treats: {one_point_pays: 1.00}\n")
    taken_in(shop, export(shop, "a.csv", BOUGHT))
    recalc(shop)
    on_one_receipt = ["2026-03-03,11:00,North,7,2900001,,10,,", "2026-03-03,11:00,North,7,2900001,,10,treats,"]
    rows = [*on_one_receipt, "2026-03-03,12:00,,,2900001,,5,sweets,"]
    header = HEADER.replace("points,amount", "points,wallet")
    first = import_redemptions(shop, [export(shop, "used.csv", *rows, header=header)])
    again = import_redemptions(shop, [export(shop, "again.csv", *on_one_receipt, "2026-03-03,11:00,North,8,2900001,,1,,", header=header)])
    # 10 points at 0.10 and 10 treats at 1.00 paid 11.00; the equal row of the wallet is a use of its own.
    assert (figures(first)["new"], figures(first)["set_aside"], first.data["totals"]) == (2, 1, {"PLN": "11.00"})
    assert (figures(again)["new"], figures(again)["known"]) == (1, 2)
    recalc(shop)
    ledger = "SELECT sum(quantity) FROM ledger JOIN asset ON asset.id = asset_id WHERE name = "
    # 100 - 10 - 1 and 30 - 10.
    assert [asked(shop, ledger + f"'{name}'") for name in ("points", "wallet:treats")] == [[(89,)], [(20,)]]


def test_a_list_that_names_no_wallet_finds_the_uses_of_any_and_a_key_stands_for_those_of_one(tmp_path: Path) -> None:
    program = WITH_POINTS.replace("  one_point", "    treats: {points: 30, for_each: visit, into: treats}\n  one_point")
    shop = shop_in(tmp_path, program + "  wallets:\n    treats: {one_point_pays: 1.00}\n")
    taken_in(shop, export(shop, "a.csv", BOUGHT))
    recalc(shop)
    till = AtTheTill(store="North", receipt="7", day=day_from_iso("2026-03-03"), by="Ola", key="at the counter")
    redeem_points(shop, "2900001", 10, till, wallet="treats")
    # The till's own list of the same day says the points alone.
    assert figures(used(shop, "2026-03-03,11:00,North,7,2900001,,10,10.00,"))["known"] == 1
    header = HEADER.replace("amount", "wallet")
    keyed = "2026-03-03,12:00,North,8,2900001,,5,{},till 5"
    results = [
        figures(import_redemptions(shop, [export(shop, f"{place}.csv", keyed.format(wallet), header=header)]))
        for place, wallet in enumerate(("treats", "treats", ""))
    ]
    assert [(each["new"], each["known"], each["set_aside"]) for each in results] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
