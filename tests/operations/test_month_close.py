from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months import Accepted
from loyalty_cli.operations.months import month_close
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
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
    # One entry, 50 points: number 1, member 1.
    text = 'loyalty month 1 2026-09\n[1,1,"points.basic",1,1,"points",50,"2026-09-10","2026-09-10"]\n'
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
    assert check(september.shop, full=True).exit_code == ExitCode.OK


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
    with pytest.raises(Refused) as caught:
        month_close(there.at("2026-10-06T02:00"), "2026-09")
    days_named = [str(each) for each in caught.value.phrase.values["days"]]  # type: ignore[attr-defined]
    assert days_named == ["Market 2026-09-21"]
    assert '--yes-without "Market"' in str(caught.value.hint)
    closed = month_close(there.at("2026-10-06T02:00"), "2026-09", accepted=Accepted(without=("Market",)))
    assert closed.data["in_spite_of"] == ["Market 2026-09-21"]


def test_all_stores_are_accepted_in_one_word(there: SmallShop) -> None:
    days = ("2026-09-07", "2026-09-14", "2026-09-28")
    rows = [sold(number, f"{day} 10:00", ANA, "5.00") for number, day in enumerate(days, 1)]
    import_purchases(there.shop, [str(there.export("market.csv", rows))], store="Market")
    recalc(there.shop)
    closed = month_close(there.shop, "2026-09", accepted=Accepted(without=("all",)))
    assert closed.data["in_spite_of"] == ["Market 2026-09-21"]
