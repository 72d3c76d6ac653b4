"""Closed months stand as they were closed, and the next month says what is otherwise: figures worked by hand."""

from __future__ import annotations

from collections import Counter

from loyalty_cli.books.as_closed import as_closed
from loyalty_cli.books.as_closed import AsClosed
from loyalty_cli.books.owed import Change
from loyalty_cli.model.days import day_from_iso

MAY, JUNE, JULY = "2027-05", "2027-06", "2027-07"


def change(day: str, kind: str, store: str = "Market") -> Change:
    return Change(day_from_iso(day), store, by_sale=True, kind=kind)


# What today's reckoning says: 100 earned in May, 40 of it used in June, 50 earned in July.
LIVE = {change("2027-05-03", "earned"): 100, change("2027-06-10", "used"): -40, change("2027-07-01", "earned"): 50}
LAST = day_from_iso("2027-07-31")


def kept(opening: int, **moved: int) -> AsClosed:
    return AsClosed(Counter({"Market": opening}), Counter({("Market", kind): amount for kind, amount in moved.items()}))


def added(closed: dict[str, AsClosed], last: int = LAST) -> dict[Change, int]:
    found = as_closed(LIVE, closed, last=last, coupons=False)
    return {key: amount - LIVE.get(key, 0) for key, amount in found.items() if amount != LIVE.get(key, 0)}


def test_months_that_are_reckoned_as_they_were_closed_need_nothing() -> None:
    assert added({}) == {}
    assert added({MAY: kept(0, earned=100), JUNE: kept(100, used=-40)}) == {}


def test_what_a_month_was_closed_with_stays_and_the_first_open_month_catches_up() -> None:
    """May was closed with 90 earned, June with 30 used: both 10 less. 90 - 30 = 60 stand, as they do today: nothing is restated."""
    assert added({MAY: kept(0, earned=90), JUNE: kept(90, used=-30)}) == {
        change("2027-05-31", "earned"): -10,
        change("2027-06-30", "used"): 10,
    }
    # With May alone closed, the 10 are restated on 1 June.
    assert added({MAY: kept(0, earned=90)}) == {change("2027-05-31", "earned"): -10, change("2027-06-01", "restated"): 10}


def test_what_was_restated_once_is_not_restated_again() -> None:
    assert added({MAY: kept(0, earned=90), JUNE: kept(90, restated=10, used=-40)}) == {
        change("2027-05-31", "earned"): -10,
        change("2027-06-01", "restated"): 10,
    }


def test_a_month_that_opened_otherwise_than_the_one_before_closed_says_so_on_its_first_day() -> None:
    """June opened with 95 after May had closed with 90: 5 on 1 June, and the last 5 on 1 July."""
    assert added({MAY: kept(0, earned=90), JUNE: kept(95, used=-40)}) == {
        change("2027-05-31", "earned"): -10,
        change("2027-06-01", "restated"): 5,
        change("2027-07-01", "restated"): 5,
    }


def test_days_before_a_closed_month_is_over_know_nothing_of_its_closing() -> None:
    assert added({MAY: kept(0, earned=90)}, day_from_iso("2027-05-20")) == {}


def test_vat_is_caught_up_as_vat_and_is_no_part_of_what_is_owed() -> None:
    """May was closed with VAT of 23 that is due in June by today's reckoning: 23 stay in May, and June has 23 less."""
    live = {change("2027-05-03", "earned"): 100, change("2027-06-02", "VAT"): 23}
    found = as_closed(live, {MAY: kept(0, earned=100, VAT=23)}, last=LAST, coupons=False)
    assert found == {**live, change("2027-05-31", "VAT"): 23, change("2027-06-01", "VAT"): -23}
