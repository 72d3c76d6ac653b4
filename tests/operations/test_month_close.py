from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.rows_of_months import rows_set_aside
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.months import OpenRow
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

BOOKED = """
SELECT asset.name, date(effective_on), date(booked_on), quantity FROM ledger JOIN asset ON asset.id = asset_id
WHERE asset.name = 'points' ORDER BY ledger.id"""


@pytest.fixture
def september(there: SmallShop) -> SmallShop:
    """Ana buys for 50.00 in September and for 20.00 in October; the night of 5 October was done."""
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    there.export("market-10.csv", [sold(2, "2026-10-02 10:00", ANA, "20.00")])
    nightly(there.shop)
    return there


def refusal(there: SmallShop, month: str, accepted: Accepted | None = None) -> str:
    with pytest.raises(Refused) as caught:
        month_close(there.shop, month, accepted=accepted)
    return str(caught.value)


def test_a_month_is_closed_with_its_entries_and_their_hash(september: SmallShop) -> None:
    closed = month_close(september.shop, "2026-09", by="Maria")
    # One entry, 50 points of member 1.
    text = 'loyalty month 2 2026-09\n[1,"points.basic",1,1,"points",50,"2026-09-10","2026-09-10"]\n'
    rules = september.ask("SELECT rule.name FROM ledger JOIN rule ON rule.id = rule_id WHERE ledger.id = 1")
    text = text.replace("points.basic", str(rules[0][0]))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert (closed.data["entries"], closed.data["sha256"]) == (1, sha256)
    assert september.ask("SELECT month, by, date(first_open_day), entries, sha256 FROM month") == [
        ("2026-09", "Maria", "2026-10-01", 1, sha256)
    ]


def test_a_dry_run_closes_nothing(september: SmallShop) -> None:
    assert month_close(september.shop, "2026-09", dry_run=True).data["entries"] == 1
    assert september.ask("SELECT * FROM month") == []


def test_what_is_found_out_later_is_booked_in_the_first_open_month(september: SmallShop) -> None:
    month_close(september.shop, "2026-09")
    late = september.export("market-late.csv", [sold(9, "2026-09-20 10:00", ANA, "30.00")])
    import_purchases(september.shop, [str(late)], store="Market")
    recalc(september.shop)
    assert september.ask(BOOKED) == [
        ("points", "2026-09-10", "2026-09-10", 50),
        ("points", "2026-10-02", "2026-10-02", 20),
        ("points", "2026-09-20", "2026-10-01", 30),
    ]
    found = check(september.shop, full=True)
    assert found.exit_code == ExitCode.OK
    # The moment of closing is read by the shop's clock.
    assert [table.timezone for table in found.tables if table.name == "proofs"] == ["Europe/Warsaw"]


def test_a_correction_of_a_closed_month_is_booked_later_too(september: SmallShop) -> None:
    month_close(september.shop, "2026-09")
    september.change("UPDATE receipt SET gone = id WHERE number = '1'")
    september.change("INSERT OR REPLACE INTO due VALUES (1, 0)")
    recalc(september.shop)
    assert september.ask(BOOKED)[-1] == ("points", "2026-09-10", "2026-10-01", -50)
    assert september.ask("SELECT points FROM standing WHERE member_id = 1") == [(20,)]
    assert check(september.shop).exit_code == ExitCode.OK


def test_check_finds_a_closed_month_that_was_changed(september: SmallShop) -> None:
    month_close(september.shop, "2026-09")
    september.change("UPDATE ledger SET quantity = 51 WHERE id = 1")
    found = check(september.shop)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert [row[:2] for row in found.tables[0].rows] == [("closed month", "2026-09")]


def test_months_are_closed_in_order_and_once(september: SmallShop) -> None:
    assert "2026-08 has nothing to close: the first entry is of 2026-09" in refusal(september, "2026-08")
    assert "2026-10 can not be closed before 2026-09" in refusal(september, "2026-10")
    month_close(september.shop, "2026-09")
    assert "2026-09 is closed already" in refusal(september, "2026-09")


def test_the_running_month_is_never_closed(september: SmallShop) -> None:
    month_close(september.shop, "2026-09")
    assert "not over before the end of 2026-10-31" in refusal(september, "2026-10")


def test_the_month_is_over_by_the_clock_of_the_shop(september: SmallShop) -> None:
    # 22:30 UTC on 30 September is half past midnight on 1 October in Warsaw.
    with pytest.raises(Refused, match="not over"):
        month_close(september.at("2026-09-30T21:30"), "2026-09")
    month_close(september.at("2026-09-30T22:30"), "2026-09")


def test_an_empty_ledger_has_no_month(there: SmallShop) -> None:
    assert "no entries yet" in refusal(there, "2026-09")


def test_everybody_must_be_recalculated_through_the_month(there: SmallShop) -> None:
    file = there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    import_purchases(there.shop, [str(file)], store="Market")
    recalc(there.at("2026-09-20T02:00"))
    assert "worked out through 2026-09-19 only" in refusal(there, "2026-09")
    recalc(there.shop)
    file = there.export("market-late.csv", [sold(2, "2026-09-11 10:00", BORIS, "5.00")])
    import_purchases(there.shop, [str(file)], store="Market")
    assert "have to be recalculated first: 1" in refusal(there, "2026-09")
    recalc(there.shop)
    month_close(there.shop, "2026-09")


def test_open_conflicts_of_the_month_stop_it_unless_accepted(september: SmallShop) -> None:
    again = september.export("market-again.csv", [sold(1, "2026-09-10 10:00", ANA, "5.00")])
    import_purchases(september.shop, [str(again)], store="Market")
    assert "1 receipt came back different" in str(refusal(september, "2026-09"))
    closed = month_close(september.shop, "2026-09", accepted=Accepted(open_matters=True))
    assert closed.data["in_spite_of"] == ["1 receipt came back different"]


def test_rows_set_aside_from_the_months_files_stop_it_unless_accepted(september: SmallShop) -> None:
    rows = [sold(7, "2026-09-11 10:00", ANA, "1.00"), sold(8, "2026-09-11 10:00", ANA, "?")]
    import_purchases(september.shop, [str(september.export("market-bad.csv", rows))], store="Market")
    recalc(september.shop)
    assert "1 row is set aside" in str(refusal(september, "2026-09"))
    month_close(september.shop, "2026-09", accepted=Accepted(open_matters=True))


def test_till_days_that_are_missing_are_named(there: SmallShop) -> None:
    # Mondays are 7, 14, 21 and 28 September and 5 October; the store sells on two, then not on the 21st.
    days = ("2026-09-07", "2026-09-14", "2026-09-28", "2026-10-05")
    rows = [sold(number, f"{day} 10:00", ANA, "5.00") for number, day in enumerate(days, 1)]
    import_purchases(there.shop, [str(there.export("market.csv", rows))], store="Market")
    recalc(there.at("2026-10-06T02:00"))
    with pytest.raises(Hindered) as caught:
        month_close(there.at("2026-10-06T02:00"), "2026-09")
    ((what, hint),) = caught.value.obstacles
    assert str(what) == "Till days are missing in 2026-09: Market 2026-09-21."
    assert '--yes-without "Market"' in str(hint)
    closed = month_close(there.at("2026-10-06T02:00"), "2026-09", accepted=Accepted(without=("Market",)))
    assert closed.data["in_spite_of"] == ["Market 2026-09-21"]


def test_all_stores_are_accepted_in_one_word(there: SmallShop) -> None:
    days = ("2026-09-07", "2026-09-14", "2026-09-28")
    rows = [sold(number, f"{day} 10:00", ANA, "5.00") for number, day in enumerate(days, 1)]
    import_purchases(there.shop, [str(there.export("market.csv", rows))], store="Market")
    recalc(there.shop)
    closed = month_close(there.shop, "2026-09", accepted=Accepted(without=("all",)))
    assert closed.data["in_spite_of"] == ["Market 2026-09-21"]


def rewrite(there: SmallShop, old: str, new: str) -> None:
    text = there.shop.program.read_text(encoding="utf-8")
    assert old in text
    there.shop.program.write_text(text.replace(old, new), encoding="utf-8")


def every_wednesday(there: SmallShop, *without: str) -> Shop:
    """A store that sells on every Wednesday from 7 October to 30 December, but not on some days; it is January then."""
    days = [iso(day) for day in range(day_from_iso("2026-10-07"), day_from_iso("2026-12-31"), 7)]
    rows = [sold(number, f"{day} 10:00", ANA, "5.00") for number, day in enumerate(days, 1) if day not in without]
    import_purchases(there.shop, [str(there.export("market.csv", rows))], store="Market")
    january = there.at("2027-01-05T02:00")
    recalc(january)
    return january


def told(shop: Shop, through: str) -> list[str]:
    with pytest.raises(Hindered) as caught:
        month_close(shop, through=through)
    return [str(each.what) for each in caught.value.obstacles]


def test_several_months_are_closed_in_order_with_one_command(there: SmallShop) -> None:
    january = every_wednesday(there)
    closed = month_close(january, through="2026-12", by="Maria")
    assert there.ask("SELECT month, entries FROM month ORDER BY month") == [
        # Wednesdays: 7, 14, 21, 28 October; 4, 11, 18, 25 November; 2, 9, 16, 23, 30 December
        ("2026-10", 4),
        ("2026-11", 4),
        ("2026-12", 5),
    ]
    assert [each["month"] for each in closed.data["months"]] == ["2026-10", "2026-11", "2026-12"]  # type: ignore[attr-defined]
    assert check(january).exit_code == ExitCode.OK


def test_the_first_month_may_be_named_too_but_none_is_passed_over(there: SmallShop) -> None:
    january = every_wednesday(there)
    with pytest.raises(Refused, match="2026-11 can not be closed before 2026-10") as caught:
        month_close(january, "2026-11")
    assert str(caught.value.hint) == "Close the months in order: loyalty month close --through 2026-11"
    # Nothing was sold in September or before.
    month_close(january, "2026-01", through="2026-11")
    assert there.ask("SELECT month FROM month ORDER BY month") == [("2026-10",), ("2026-11",)]
    with pytest.raises(Refused, match="2026-11 is closed already"):
        month_close(january, through="2026-11")
    month_close(january, "2026-10", through="2026-12")
    assert there.ask("SELECT month FROM month ORDER BY month DESC LIMIT 1") == [("2026-12",)]


def test_all_that_stands_in_the_way_of_all_months_is_told_at_once(there: SmallShop) -> None:
    january = every_wednesday(there, "2026-10-28", "2026-11-25")
    rows = [sold(1, "2026-10-07 10:00", ANA, "9.00"), sold(99, "2026-11-11 10:00", ANA, "?")]
    import_purchases(january, [str(there.export("market-again.csv", rows))], store="Market")
    there.change("INSERT OR REPLACE INTO due VALUES (1, 0)")
    rewrite(there, "language: en", "language: en\ncountry: none")
    assert told(january, "2027-01") == [
        "The month is not over before the end of 2027-01-31.",
        "Members who have to be recalculated first: 1.",
        "2026-10 has open matters: 1 receipt came back different.",
        "Till days are missing in 2026-10: Market 2026-10-28.",
        "2026-11 has open matters: 1 row is set aside.",
        "Till days are missing in 2026-11: Market 2026-11-25.",
    ]
    assert there.ask("SELECT * FROM month") == []


def test_public_holidays_and_closed_days_are_no_missing_days(there: SmallShop) -> None:
    # Wednesday 11 November is Poland's Independence Day; on 25 November the shop is closed.
    january = every_wednesday(there, "2026-11-11", "2026-11-25")
    missing = "Till days are missing in 2026-11: Market 2026-11-25."
    assert told(january, "2026-11") == [missing]
    rewrite(there, "timezone: Europe/Warsaw", "timezone: Europe/Warsaw\ncountry: none")
    assert told(january, "2026-11") == [missing.replace("Market", "Market 2026-11-11, Market", 1)]
    rewrite(there, "country: none", "country: PL\nclosed: [2026-08-01 to 2026-08-14, 2026-11-25]")
    closed = month_close(january, through="2026-11")
    assert [str(said) for said in closed.said[-2:]] == [
        "Nobody sold on these days, and was not expected to: 2026-11-11, 2026-11-25.",
        "Public holidays are those of PL; another country, or none: country: in program.yaml.",
    ]
    assert closed.data["days_off"] == ["2026-11-11", "2026-11-25"]


def test_a_country_of_which_nothing_is_known_is_said(there: SmallShop) -> None:
    january = every_wednesday(there, "2026-11-11")
    rewrite(there, "language: en", "language: en\ncountry: XX")
    with pytest.raises(Hindered) as caught:
        month_close(january, through="2026-11")
    assert str(caught.value.hint) == "Nothing is known of the public holidays of XX; see country: in program.yaml."


def test_a_row_set_aside_stands_in_the_way_of_its_own_month_only(there: SmallShop) -> None:
    rows = [sold(1, "2026-09-10 10:00", ANA, "5.00"), sold(2, "2026-10-02 10:00", ANA, "5.00")]
    rows += [sold(3, "2026-10-02 11:00", ANA, "?")]
    import_purchases(there.shop, [str(there.export("market.csv", rows))], store="Market")
    recalc(there.at("2026-11-05T02:00"))
    assert month_close(there.at("2026-11-05T02:00"), "2026-09").data["in_spite_of"] == []
    assert told(there.at("2026-11-05T02:00"), "2026-10") == ["2026-10 has open matters: 1 row is set aside."]


def test_a_row_without_a_readable_day_waits_in_every_month_of_its_file(there: SmallShop) -> None:
    rows = [sold(1, "2026-09-10 10:00", ANA, "5.00"), sold(2, "2026-10-02 10:00", ANA, "5.00")]
    import_purchases(there.shop, [str(there.export("market.csv", [*rows, sold(3, "soon", ANA, "1.00")]))], store="Market")
    recalc(there.at("2026-11-05T02:00"))
    assert told(there.at("2026-11-05T02:00"), "2026-10") == [
        f"2026-{month} has open matters: 1 row is set aside." for month in ("09", "10")
    ]


MIDDLE_OF_APRIL = day_from_iso("2026-04-15")


@pytest.mark.parametrize(
    ("row", "months"),
    [
        ("7;28.04.2026;10:00", {"2026-04": 1}),
        ("7;2026-03-31;10:00", {"2026-03": 1}),
        ("7;20260331101500;x", {"2026-03": 1}),
        # Between points the day comes first; between strokes 3 April and 4 March are both possible.
        ("7;03.04.2026;x", {"2026-04": 1}),
        ("7;03/04/2026;x", {"2026-03": 1, "2026-04": 1}),
        # A birthday, a day that is none, no day: the file's days.
        ("7;12.03.2004;x", {"2026-04": 1}),
        ("7;31.02.2026;x", {"2026-04": 1}),
        ("7;;x", {"2026-04": 1}),
    ],
)
def test_the_month_of_a_row_is_read_out_of_its_text(row: str, months: dict[str, int]) -> None:
    assert rows_set_aside([OpenRow((1, -1), row, [MIDDLE_OF_APRIL], MIDDLE_OF_APRIL + 1)]) == months


def test_rows_of_one_receipt_share_its_day_and_a_file_of_which_nothing_came_may_be_old() -> None:
    rows = [OpenRow((1, 7), "7;28.04.2026", [], MIDDLE_OF_APRIL + 200), OpenRow((1, 7), ";;T01", [], MIDDLE_OF_APRIL + 200)]
    assert rows_set_aside(rows) == {"2026-04": 2}
