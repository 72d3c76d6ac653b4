"""A clock far ahead or behind is asked about; a night that ran by one is taken back as if it had never been."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.ledger.strange_clock import look_at_clock
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.status import status
from loyalty_cli.operations.take_back import Hand
from loyalty_cli.operations.take_back import take_back
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Clocks
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 3 months
coupons:
  thanks: {discount: 5%, valid_for: 30 days}
rewards:
  thanks: {when: {one_purchase: 50.00}, give: {coupon: thanks}}
"""
HAND = Hand(reason="the clock stood in 2099")


def at(shop: Shop, text: str) -> Shop:
    """The shop in the morning of a day."""
    return dataclasses.replace(shop, now=datetime.fromisoformat(f"{text}T06:00:00+00:00"))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Member 1 bought for 60.00 on 1 March, and the night of 2 March went through 1 March."""
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A", 1, day("2026-03-01"), (("tea", 6000),)))
    recalc(at(shop, "2026-03-02"))
    issue_coupons(at(shop, "2026-03-02"))
    return shop


def last_run(shop: Shop) -> int:
    with shop.reading() as connection:
        return int(connection.execute("SELECT max(id) FROM run").fetchone()[0])


def night_of(shop: Shop, text: str) -> int:
    """A night that says its day, as one whose clock nobody asked about; its number."""
    there = at(shop, text)
    through = day(text) - 1
    recalc(there, as_of=through)
    number = last_run(shop)
    issue_coupons(there, as_of=through + 1)
    return number


# The last run was through 1 March: today may be at most 100 days later, 9 June (30 + 30 + 31 + 9).
@pytest.mark.parametrize(("today", "fine"), [("2026-06-09", True), ("2026-06-10", False), ("2099-01-01", False)])
def test_a_day_more_than_a_hundred_days_after_all_that_is_known_is_asked_about(shop: Shop, today: str, *, fine: bool) -> None:
    for command in (recalc, issue_coupons):
        if fine:
            command(at(shop, today))
            continue
        with pytest.raises(Refused, match="By this computer's clock it is"):
            command(at(shop, today))
        assert balances(shop)["points"] == 60


def test_a_receipt_that_is_near_is_enough(shop: Shop) -> None:
    put_receipts(shop, Receipt("B", 1, day("2026-07-20"), (("tea", 100),)))
    recalc(at(shop, "2026-08-01"))


def test_a_receipt_in_the_future_is_no_proof_that_the_clock_is_right(shop: Shop) -> None:
    put_receipts(shop, Receipt("B", 1, day("2099-05-20"), (("tea", 100),)))
    with pytest.raises(Refused):
        recalc(at(shop, "2099-01-01"))


def test_a_season_shop_says_the_day_once_and_goes_on(shop: Shop) -> None:
    with pytest.raises(Refused) as caught:
        recalc(at(shop, "2026-10-01"))
    assert "loyalty recalc --as-of 2026-09-30" in str(caught.value.hint)
    recalc(at(shop, "2026-10-01"), as_of=day("2026-09-30"))
    recalc(at(shop, "2026-10-02"))


def test_a_clock_that_is_behind_is_asked_about(shop: Shop) -> None:
    with pytest.raises(Refused, match="has been recalculated already") as caught:
        recalc(at(shop, "2026-02-01"))
    assert "--take-back 1" in str(caught.value.hint)


def test_a_clock_before_every_receipt_is_asked_about_in_the_first_night(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A", 1, day("2026-03-01"), (("tea", 6000),)))
    with pytest.raises(Refused, match="before every receipt"):
        recalc(at(shop, "2020-01-01"))


def test_a_night_of_2099_is_taken_back_and_later_nights_run_for_their_days(shop: Shop) -> None:
    wrong = night_of(shop, "2099-01-01")
    assert balances(shop).get("points", 0) == 0  # all lapsed
    right = at(shop, "2026-03-03")
    assert f"--take-back {wrong}" in "\n".join(map(str, status(right).warnings))
    found = take_back(right, wrong, HAND)
    assert balances(shop)["points"] == 60
    assert found.data["runs"] == 1
    put_receipts(shop, Receipt("B", 1, day("2026-03-02"), (("tea", 700),)))
    recalc(right)
    issue_coupons(right)
    assert balances(shop)["points"] == 67
    assert recalc(right, everyone=True).data["entries"] == 0
    assert not status(right).warnings or "--take-back" not in "\n".join(map(str, status(right).warnings))
    rows = report(right, "runs", Wanted()).tables[0].rows
    taken = [row for row in rows if row[5] is not None]
    assert [(row[0], row[6]) for row in taken] == [(str(wrong), HAND.reason)]


def test_coupons_that_had_lapsed_by_the_clock_live_again(shop: Shop) -> None:
    wrong = night_of(shop, "2099-01-01")
    right = at(shop, "2026-03-03")
    take_back(right, wrong, HAND)
    assert states(shop) == ["issued"]
    issue_coupons(right)
    assert states(shop) == ["issued"]


def test_no_coupon_lapses_by_a_day_that_has_not_come(shop: Shop) -> None:
    now = at(shop, "2026-03-03")
    with pytest.raises(Refused, match="2031-01-01 has not come yet"):
        issue_coupons(now, as_of=day("2031-01-01"))
    assert states(shop) == ["issued"]
    # Looking ahead says what would lapse: the coupon of 2 March can be used for 30 days.
    assert issue_coupons(now, as_of=day("2031-01-01"), dry_run=True).data["lapsed"] == 1
    # A night through today issues as on the day after.
    issue_coupons(now, as_of=day("2026-03-04"))


def close(shop: Shop, month: str) -> None:
    """Close a month whatever is missing."""
    month_close(shop, month, accepted=Accepted(without=["all"], open_matters=True))


def states(shop: Shop) -> list[str]:
    with shop.reading() as connection:
        query = "SELECT (SELECT what FROM coupon_event v WHERE v.coupon_id = c.id ORDER BY id DESC LIMIT 1) FROM coupon c ORDER BY id"
        return [state for (state,) in connection.execute(query)]


@pytest.mark.parametrize("used", [False, True])
def test_coupons_that_a_wrong_night_issued_are_withdrawn_if_unused_and_told_if_used(shop: Shop, *, used: bool) -> None:
    put_receipts(shop, Receipt("B", 2, day("2026-03-02"), (("tea", 5000),)))
    wrong = night_of(shop, "2026-03-20")
    if used:
        with shop.changing() as connection:
            connection.execute(
                "INSERT INTO redemption (member_id, kind, points, amount, coupon_id, day, clock, at, by, key) "
                "SELECT 2, 'coupon', 0, 0, id, issued_on, 0, '', '', 'k' FROM coupon WHERE member_id = 2"
            )
    right = at(shop, "2026-03-03")
    found = take_back(right, wrong, HAND)
    assert (found.data["withdrawn"], len(found.data["used"])) == ((0, 1) if used else (1, 0))  # type: ignore[arg-type]
    recalc(right)
    issue_coupons(right)
    with shop.reading() as connection:
        days = connection.execute("SELECT issued_on FROM coupon WHERE member_id = 2 ORDER BY id").fetchall()
    # The wrong night issued it on 20 March; the right one does so on 3 March, unless it was used already.
    assert days == ([(day("2026-03-20"),)] if used else [(day("2026-03-20"),), (day("2026-03-03"),)])


def test_entries_that_undo_are_booked_in_the_first_open_month(shop: Shop) -> None:
    wrong = night_of(shop, "2026-07-20")  # the 60 points lapsed on 1 June
    right = at(shop, "2026-07-10")
    for month in ("2026-03", "2026-04", "2026-05", "2026-06"):
        close(right, month)
    take_back(right, wrong, HAND)
    with shop.reading() as connection:
        query = "SELECT quantity, booked_on FROM ledger WHERE run_id > ? AND quantity > 0 AND asset_id = 1"
        undone = connection.execute(query, (wrong,)).fetchall()
    assert undone == [(60, day("2026-07-01"))]


def test_a_month_closed_before_it_was_over_can_not_be_undone(shop: Shop) -> None:
    wrong = night_of(shop, "2099-01-01")
    close(at(shop, "2099-01-02"), "2026-03")
    with pytest.raises(Refused, match="2026-03 is closed though it is not over"):
        take_back(at(shop, "2026-03-03"), wrong, HAND)


def test_a_run_is_taken_back_once_with_a_reason_and_a_dry_run_keeps_nothing(shop: Shop) -> None:
    wrong = night_of(shop, "2099-01-01")
    right = at(shop, "2026-03-03")
    with pytest.raises(LoyaltyError, match="Why"):
        take_back(right, wrong, Hand())
    assert take_back(right, wrong, HAND, dry_run=True).data["runs"] == 1
    assert balances(shop).get("points", 0) == 0
    with pytest.raises(Refused, match="no run 99"):
        take_back(right, 99, HAND)
    take_back(right, wrong, HAND)
    with pytest.raises(Refused, match="was taken back"):
        take_back(right, wrong, HAND)


def test_the_first_run_of_a_shop_can_be_taken_back(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A", 1, day("2026-03-01"), (("tea", 6000),)))
    wrong = night_of(shop, "2099-01-01")
    right = at(shop, "2026-03-02")
    take_back(right, wrong, HAND)
    assert balances(shop) == {}
    recalc(right)
    assert balances(shop)["points"] == 60


@settings(max_examples=15)
@given(
    sales=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 200), st.integers(100, 9000)), max_size=8),
    ahead=st.integers(1, 4000),
)
def test_whatever_a_wrong_night_did_the_books_end_as_without_it(
    tmp_path_factory: pytest.TempPathFactory, sales: list[tuple[int, int, int]], ahead: int
) -> None:
    start = day("2026-01-01")
    sums = []
    for mistaken in (False, True):
        shop = make_shop(tmp_path_factory.mktemp("clock") / "shop", PROGRAM)
        receipts = [Receipt(str(n), who, start + on, (("tea", paid),)) for n, (who, on, paid) in enumerate(sales)]
        put_receipts(shop, *receipts)
        evening = at(shop, "2026-05-01")
        recalc(evening, as_of=day("2026-04-30"))
        if mistaken:
            wrong = dataclasses.replace(evening, now=evening.now + timedelta(days=ahead))
            recalc(wrong, as_of=day("2026-04-30") + ahead)
            issue_coupons(wrong, as_of=day("2026-05-01") + ahead)
            take_back(evening, last_run(shop), HAND)
        morning = at(shop, "2026-08-01")
        recalc(morning, as_of=day("2026-07-31"))
        assert recalc(morning, as_of=day("2026-07-31"), everyone=True).data["entries"] == 0
        sums.append([balances(shop, member) for member in (1, 2, 3)])
    assert sums[0] == sums[1]


# 120 days from 1 January are through 30 April. In the first shop the days after each other are a day apart, in the second the
# first after 31 January is 15 February, 15 days later.
@pytest.mark.parametrize(("closed", "longest"), [(range(0), 1), (range(31, 45), 15)])
def test_a_shop_is_asked_two_months_after_its_longest_pause(tmp_path: Path, closed: range, longest: int) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    start, last = day("2026-01-01"), day("2026-04-30")
    days = [start + each for each in range(120) if each not in closed]
    put_receipts(shop, *(Receipt(f"R{each}", 1, each, (("tea", 1000),)) for each in days))
    recalc(at(shop, "2026-05-01"))
    with shop.reading() as connection:
        look_at_clock(connection, last + longest + 60)
        with pytest.raises(Refused, match="days after the last receipt"):
            look_at_clock(connection, last + longest + 61)


def test_of_a_young_shop_no_pause_is_known(shop: Shop) -> None:
    with shop.reading() as connection:
        look_at_clock(connection, day("2026-03-01") + 100)
        with pytest.raises(Refused, match="days after the last receipt"):
            look_at_clock(connection, day("2026-03-01") + 101)


def test_on_its_first_day_a_shop_may_work_out_an_old_day_and_then_today(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    export = shop.folder / "export.csv"
    export.write_text("receipt,date,card,product,quantity,amount\n1,2019-02-01,2901,tea,1,10.00\n", encoding="utf-8")
    evening = dataclasses.replace(shop, now=datetime.fromisoformat("2026-12-01T23:30:00+00:00"))
    import_purchases(evening, [str(export)], store="Market")
    # In Warsaw it is half past midnight on 2 December.
    recalc(evening, as_of=day("2026-02-10"))
    with shop.reading() as connection:
        said = "it is 2026-12-02, and the last receipt or recalculation is of 2026-02-10. If the clock is wrong"
        assert [said in str(each) for each in look_at_clock(connection, day("2026-12-02"))] == [True]
        with pytest.raises(Refused, match="297 days after the last receipt"):
            look_at_clock(connection, day("2026-12-04"))


def test_a_clock_that_is_wrong_on_the_first_day_is_told_and_what_it_did_is_taken_back(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    export = shop.folder / "export.csv"
    export.write_text("receipt,date,card,product,quantity,amount\n1,2026-03-01,2901,tea,1,60.00\n", encoding="utf-8")
    wrong, right = at(shop, "2099-01-01"), at(shop, "2026-03-02")
    import_purchases(wrong, [str(export)], store="Market")
    # The 60 points lapse by a clock of 2099, which is said; by the right clock they are there.
    assert [str(said)[:39] for said in recalc(wrong).warnings] == ["By this computer's clock it is 2099-01-"]
    with pytest.raises(Refused, match="2098-12-31 has been recalculated already") as refused:
        recalc(right)
    assert "--take-back 1" in str(refused.value.hint)
    take_back(right, 1, HAND)
    assert recalc(right).warnings == []
    assert balances(shop)["points"] == 60
