"""A closed month stands as it was closed even where a later release reckons otherwise: the next month says by how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.store.coupons import bookings
from loyalty_cli.store.ledger import bookings as points_bookings
from tests.books.by_other_programs import by_beancount
from tests.books.by_other_programs import ours
from tests.operations.test_coupons_in_the_books import shop_with
from tests.operations.test_coupons_in_the_books import sold
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import EVERYTHING
from tests.operations.test_month_pack import tables_of
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from loyalty_cli.operations.open_shop import Shop

# As a release before the day of sale counted wrote it: a voucher was owed from the day its code was issued.
BY_ISSUE = bookings.COUPONS.replace("coalesce(receipt.day, coupon.issued_on)", "coupon.issued_on")


def at(shop: Shop, moment: str) -> Shop:
    return replace(shop, now=datetime.fromisoformat(moment).replace(tzinfo=UTC))


def closed_by_an_earlier_release(shop: Shop, month: str, on: str, change: pytest.MonkeyPatch, **of_bookings: object) -> None:
    """Close a month as a release would that booked coupons otherwise."""
    with change.context() as earlier:
        for name, was in of_bookings.items():
            earlier.setattr(bookings, name, was)
        month_close(at(shop, on), month, accepted=EVERYTHING)


def row(shop: Shop, month: str, table: str) -> dict[str, Any]:
    """The one row of a table of a month's pack that is not empty; all ties hold."""
    pack = month_pack(shop, month)
    assert set(differences(pack)) == {0}
    (found,) = tables_of(pack)[table] or [{}]
    return {name: cell for name, cell in found.items() if cell and name not in {"month", "coupon", "treatment"}}


def nothing_differs(shop: Shop) -> bool:
    with shop.reading() as connection:
        return list(pack_differences(connection)) == []


def test_what_an_earlier_release_did_not_owe_yet_is_restated_in_the_next_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """100.00 on 31 December give a voucher for 15.00, whose code is issued on 2 January: 100.00 x 15 / 115 = 13.04.

    December was closed without it. January opens with nothing, and owes 13.04 more on its first day. Through 1 February it can be used.
    """
    shop = shop_with(tmp_path, "thank you: deferral")
    put_receipts(shop, Receipt("A1", 1, day("2026-12-31"), (("tea", 100_00),)))
    recalc(at(shop, "2027-01-01T09:00"), as_of=day("2026-12-31"))
    issue_coupons(at(shop, "2027-01-02T09:00"), as_of=day("2027-01-02"))
    recalc(at(shop, "2027-01-05T09:00"), as_of=day("2027-01-04"))
    closed_by_an_earlier_release(shop, "2026-12", "2027-01-05T10:00", monkeypatch, COUPONS=BY_ISSUE)
    before = month_pack(shop, "2026-12").tables
    assert row(shop, "2026-12", "owed-for-coupons") == {}

    later = at(shop, "2027-03-05T09:00")
    recalc(later, as_of=day("2027-03-04"))
    assert row(later, "2027-01", "owed-for-coupons") == {"restated": 1_304, "closing": 1_304}
    month_close(later, "2027-01", accepted=EVERYTHING)
    assert row(later, "2027-02", "owed-for-coupons") == {"opening": 1_304, "lapsed": -1_304}
    month_close(later, "2027-02", accepted=EVERYTHING)
    assert month_pack(later, "2026-12").tables == before
    assert nothing_differs(later)

    made = books_export(later)
    assert by_beancount(made.journal, made.currency) == ours(made.journal)
    assert [(iso(each.day), each.kind, each.postings[1].amount) for each in made.journal.transactions] == [
        ("2027-01-01", "restated", -1_304),
        ("2027-02-02", "lapsed", 1_304),
    ]
    months = tables_of(report(later, "owed-for-coupons", Wanted()))["owed-for-coupons"]
    assert [(each["month"], each["restated"], each["closing"]) for each in months] == [("2027-01", 1_304, 1_304), ("2027-02", 0, 0)]


def test_a_card_that_an_earlier_release_made_void_a_day_too_early_stands_as_it_was_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Void at 00:30 on 1 January in Warsaw, closed as void on 31 December by UTC: January restates one card of 50.00, then it leaves.

    Single-purpose at 23 %: 50.00 / 1.23 = 40.65 are owed, 9.35 are VAT; December took both back.
    """
    shop = shop_with(tmp_path, "gift card: {treatment: sold, vat: single-purpose, rate: 23%}")
    codes = sold(shop, 1)
    recalc(at(shop, "2027-01-05T09:00"), as_of=day("2027-01-04"))
    void_coupon(at(shop, "2026-12-31T23:30"), codes[0], by="Ewa", reason="torn")
    by_utc = lambda connection: connection.create_function("shop_day", 1, lambda moment: day(moment[:10]))  # noqa: E731
    closed_by_an_earlier_release(shop, "2026-12", "2027-01-05T10:00", monkeypatch, know_the_day=by_utc)
    assert row(shop, "2026-12", "coupon-register") == {"issued": 1, "voided": 1}
    assert row(shop, "2026-12", "owed-for-coupons") == {"issued": 4_065, "withdrawn": -4_065}

    later = at(shop, "2027-02-05T09:00")
    # The register of a whole closed month is that of its pack; of other days it is what is known now: open.
    for first, last, found in (("2026-12-01", "2026-12-31", (1, 1, 0)), ("2026-12-02", "2026-12-31", (0, 0, 1))):
        (card,) = tables_of(report(later, "coupon-register", Wanted(first=day(first), last=day(last))))["coupon-register"]
        assert (card["issued"], card["voided"], card["closing"]) == found
    assert row(later, "2027-01", "coupon-register") == {"voided": 1, "restated": 1}
    # The VAT comes and goes within the month: 9.35 - 9.35.
    assert row(later, "2027-01", "owed-for-coupons") == {"withdrawn": -4_065, "restated": 4_065}
    assert nothing_differs(later)
    made = books_export(later)
    assert by_beancount(made.journal, made.currency) == ours(made.journal)


TWO_MONTHS = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, lapse_after: 1 month, one_point_pays: 0.05}
books: {policy: deferral}
"""


def lapsed_and_brought_back(folder: Path) -> Shop:
    """100 points of the Market lapse on 2 January; in February the Station gives 40, and the Market's goods are brought back."""
    shop = make_shop(folder / "shop", TWO_MONTHS)
    goods = (("tea", 100_00),), (("tea", 40_00),), (("tea", -100_00),)
    numbers = ("A1", "2026-12-01", None), ("A2", "2027-02-10", None), ("A3", "2027-02-20", "A1")
    put_receipts(shop, *(Receipt(name, 1, day(on), each, original=of) for (name, on, of), each in zip(numbers, goods, strict=True)))
    with shop.changing() as connection:
        connection.execute("INSERT INTO store (id, name) VALUES (2, 'Station')")
        connection.execute("UPDATE receipt SET store_id = 2 WHERE number = 'A2'")
    recalc(at(shop, "2027-03-01T09:00"), as_of=day("2027-02-28"))
    return shop


def points_of(shop: Shop, month: str) -> dict[str, tuple[int, ...]]:
    """What a month's pack says of each store: opening, earned, lapsed, taken back, other, closing."""
    pack = month_pack(shop, month)
    assert set(differences(pack)) == {0}
    names = ("opening", "earned", "lapsed", "taken_back", "other", "closing")
    return {each["store"]: tuple(each[name] for name in names) for each in tables_of(pack)["points-by-store"]}


def test_what_had_lapsed_of_a_sale_that_comes_back_is_the_sale_s_own(tmp_path: Path) -> None:
    """The 100 have lapsed no more and are taken back, both of December's points; the Station's 40 stand: 40.00 x 2 / 42 = 1.90."""
    shop = at(lapsed_and_brought_back(tmp_path), "2027-03-01T09:00")
    assert points_of(shop, "2027-02") == {"Station": (0, 40, 0, 0, 0, 40), "Market": (0, 0, -100, 100, 0, 0)}
    tables = tables_of(month_pack(shop, "2027-02"))
    cohorts = {each["month"]: (each["given"], each["lapsed"], each["open"]) for each in tables["cohorts"]}
    assert cohorts == {"2026-12": (0, 0, 0), "2027-02": (40, 0, 40)}
    assert [(each["store"], each["closing"]) for each in tables["owed"]] == [("Station", 190)]


def test_what_is_undone_of_a_sale_in_any_order_takes_no_points_of_another(tmp_path: Path) -> None:
    """The Market's 100 lapsed; on 25 February they were never earned and never lapsed. The Station's 40 stand: 1.90, as above."""
    shop = make_shop(tmp_path / "shop", TWO_MONTHS)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 100_00),)), Receipt("A2", 1, day("2027-02-10"), (("tea", 40_00),)))
    with shop.changing() as connection:
        connection.execute("INSERT INTO store (id, name) VALUES (2, 'Station')")
        connection.execute("UPDATE receipt SET store_id = 2 WHERE number = 'A2'")
    recalc(at(shop, "2027-02-20T09:00"), as_of=day("2027-02-19"))
    undone = """
    INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on, booked_on, run_id)
    SELECT member_id, rule_id, cause_kind, cause_id, asset_id, -quantity, effective_on, ?, run_id FROM ledger
     WHERE cause_id = (SELECT id FROM receipt WHERE number = 'A1') ORDER BY quantity DESC"""
    with shop.changing() as connection:
        connection.execute(undone, (day("2027-02-25"),))
    tables = tables_of(report(at(shop, "2027-03-01T09:00"), "owed", Wanted(first=day("2027-02-01"), last=day("2027-02-28"))))
    assert [(each["store"], each["closing"]) for each in tables["owed"] if each["closing"]] == [("Station", 190)]


def test_points_of_a_store_stand_as_an_earlier_release_closed_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not knowing the sale, it took the Station's 40 and let the Market's return have them: 40 go back on 1 March."""
    shop = lapsed_and_brought_back(tmp_path)
    with monkeypatch.context() as earlier:
        order = "l.quantity > 0 DESC, rule.name = 'lapse' AND l.quantity > 0, "
        before = points_bookings.BOOKINGS.replace("return_of.sale_id", "NULL").replace(order, "")
        earlier.setattr(points_bookings, "BOOKINGS", before)
        month_close(at(shop, "2027-03-01T09:00"), through="2027-02", month="", accepted=EVERYTHING)
    later = at(shop, "2027-04-05T09:00")
    recalc(later, as_of=day("2027-04-04"))
    assert points_of(later, "2027-02") == {"Market": (0, 0, -100, 60, 0, 40), "Station": (0, 40, 0, 40, 0, 0)}
    # The 40 lapse on 11 March.
    assert points_of(later, "2027-03") == {"Market": (40, 0, 0, 0, -40, 0), "Station": (0, 0, 40, 0, 40, 0)}
    month_close(later, "2027-03", accepted=EVERYTHING)
    assert nothing_differs(later)
