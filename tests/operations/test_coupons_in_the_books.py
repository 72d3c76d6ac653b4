"""Coupons that are worth money in the journal and in what is owed, each as the program's books say: worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.make import make_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.sell import sell_coupons
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.reports.kept_packs import pack_differences
from tests.books.by_other_programs import by_beancount
from tests.books.by_other_programs import ours
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import EVERYTHING
from tests.operations.test_month_pack import tables_of
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
coupons:
  gift card: {worth: 50.00, remainder: is kept, valid_for: 60 days}
  ten off: {discount: 10%, uses: 2, valid_for: 30 days}
rewards:
  thank you: {when: {one_purchase: {at_least: 100.00}}, give: {voucher: {worth: 15.00, valid_for: 30 days}}}
  come again: {when: {one_purchase: {at_least: 500.00}}, give: {coupon: ten off}}
books:
  coupons:
"""


def shop_with(folder: Path, *books: str) -> Shop:
    return make_shop(folder / "shop", PROGRAM + "".join(f"    {line}\n" for line in books))


def booked(shop: Shop) -> list[tuple[str, str, str, int]]:
    """Day, kind, the account of what is owed, and by how much more it is owed."""
    export = books_export(shop)
    made = export.journal
    assert by_beancount(made, export.currency) == ours(made)
    return [(iso(each.day), each.kind, each.postings[1].account, -each.postings[1].amount) for each in made.transactions]


def thanked(shop: Shop) -> str:
    """100.00 spent on 1 December, and the code of the voucher for 15.00 of the 2nd."""
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 100_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    codes: Any = issue_coupons(shop, as_of=day("2026-12-02")).data["codes"]
    return str(codes[0])


def sold(shop: Shop, count: int) -> list[str]:
    """Gift cards made, and so sold, on 1 December."""
    then = replace(shop, now=datetime(2026, 12, 1, 9, tzinfo=UTC))
    recalc(shop, as_of=day("2026-12-01"))
    make_coupons(then, "gift card", count, key="shelf")
    with shop.reading() as connection:
        return [code for (code,) in connection.execute("SELECT code FROM bearer_coupon ORDER BY id")]


def use(shop: Shop, code: str, basket: str, receipt: str, on: str) -> None:
    redeem_coupon(shop, code, AtTheTill(basket=basket, receipt=receipt, store="Market", day=day(on)))


def test_a_voucher_given_with_a_sale_defers_its_part_of_the_sale(tmp_path: Path) -> None:
    """As IFRS 15 Example 49 (IE250-IE253): 100 sold with a discount worth 15 x 80 % = 12: 100 x 12 / 112 = 10.71.

    6.00 of 12.00 expected are used: half of it, 10.71 x 6 / 12 = 5.36 (5.357), is revenue; the rest when what is left lapses.
    """
    shop = shop_with(tmp_path, "thank you: {treatment: deferral, expected_use: 80%}")
    code = thanked(shop)
    use(shop, code, "6.00", "B1", "2026-12-04")
    recalc(shop, as_of=day("2027-01-31"))
    account = "Liabilities:Coupons:Thank-you"
    assert booked(shop) == [
        ("2026-12-01", "earned", account, 1_071),
        ("2026-12-04", "used", account, -536),
        ("2027-01-02", "lapsed", account, -535),
    ]
    pack = month_pack(shop, "2026-12")
    assert set(differences(pack)) == {0}
    (row,) = tables_of(pack)["owed-for-coupons"]
    assert (row["treatment"], row["issued"], row["used"], row["closing"]) == ("deferral", 1_071, -536, 535)


def test_a_voucher_is_provided_for_at_what_is_expected_to_be_used(tmp_path: Path) -> None:
    """15.00 x 80 % = 12.00; 6.00 used leave 6.00, which are not used."""
    shop = shop_with(tmp_path, "thank you: {treatment: provision, expected_use: 80%}")
    use(shop, thanked(shop), "6.00", "B1", "2026-12-04")
    recalc(shop, as_of=day("2027-01-31"))
    assert [(kind, amount) for _, kind, _, amount in booked(shop)] == [("earned", 1_200), ("used", -600), ("lapsed", -600)]
    assert books_export(shop).journal.transactions[0].postings[0] == ("Expenses:Coupons", 1_200)


def test_a_gift_card_is_owed_as_it_was_sold_and_breakage_comes_with_its_use(tmp_path: Path) -> None:
    """ASC 606-10-55-48, IFRS 15 B46: four cards of 50.00, 10 % of which will not be used: 200.00 owed.

    45.00 of 180.00 expected are used: 200.00 x 45 / 180 = 50.00, of which 5.00 are breakage. What has not been used after their
    last day is revenue then.
    """
    shop = shop_with(tmp_path, "gift card: {treatment: sold, expected_use: 90%}")
    codes = sold(shop, 4)
    use(shop, codes[0], "45.00", "B1", "2026-12-10")
    recalc(shop, as_of=day("2026-12-31"))
    account = "Liabilities:Coupons:Gift-card"
    assert booked(shop) == [
        ("2026-12-01", "earned", account, 20_000),
        ("2026-12-10", "used", account, -5_000),
        ("2027-01-31", "lapsed", account, -15_000),
    ]
    first = books_export(shop).journal.transactions[0]
    assert (first.coupon, first.postings[0]) == ("gift card", ("Assets:Coupons:Sold", 20_000))
    assert set(differences(month_pack(shop, "2026-12"))) == {0}


@pytest.mark.parametrize(
    ("books", "paid", "amounts"),
    [
        # 15.00 x 80 % = 12.00, of which 6.00 are used; what is left lapses on 2 January, and what comes back after that at once.
        ("thank you: {treatment: provision, expected_use: 80%}", "6.00", [1_200, -600, -600, 600, -600]),
        # 50.00 of which 45.00 are used; all of it is owed again until it lapses on 31 January.
        ("gift card: {treatment: sold}", "45.00", [5_000, -4_500, 4_500, -5_000]),
    ],
)
def test_a_use_undone_after_its_month_was_closed_is_booked_back_on_the_day_it_is_undone(
    tmp_path: Path, books: str, paid: str, amounts: list[int]
) -> None:
    shop = shop_with(tmp_path, books)
    voucher, (card,) = thanked(shop), sold(shop, 1)
    use(shop, voucher if "thank you" in books else card, paid, "B1", "2026-12-04")
    later = replace(shop, now=datetime(2027, 1, 5, 9, tzinfo=UTC))
    recalc(later, as_of=day("2027-01-04"))
    month_close(later, "2026-12", accepted=EVERYTHING)
    with later.reading() as connection:
        (number,) = connection.execute("SELECT id FROM by_hand WHERE what = 'redeem'").fetchone()
    before = booked(shop)
    revert(later, number, Asked(by="Ewa", reason="typed twice"))
    recalc(replace(shop, now=datetime(2027, 3, 2, 9, tzinfo=UTC)), as_of=day("2027-02-28"))
    made = booked(shop)
    assert [amount for *_, amount in made] == amounts
    assert [each for each in made if each[0] < "2027-01-01"] == [each for each in before if each[0] < "2027-01-01"]
    assert ("2027-01-05", 600 if "thank you" in books else 4_500) in [(when, amount) for when, *_, amount in made]
    assert set(differences(month_pack(later, "2027-01"))) == {0}


def test_a_voucher_was_used_up_when_its_month_was_closed_though_that_is_undone_since(tmp_path: Path) -> None:
    shop = replace(shop_with(tmp_path, "thank you: deferral"), now=datetime(2026, 12, 4, 18, tzinfo=UTC))
    use(shop, thanked(shop), "50.00", "B1", "2026-12-04")
    later = replace(shop, now=datetime(2027, 1, 5, 9, tzinfo=UTC))
    recalc(later, as_of=day("2027-01-04"))
    month_close(later, "2026-12", accepted=EVERYTHING)
    december = Wanted(first=day("2026-12-01"), last=day("2026-12-31"))
    before = [report(later, "coupons", each).tables[0].rows for each in (december, Wanted())]
    assert [[row[6] for row in rows] for rows in before] == [["used"], ["used"]]
    with later.reading() as connection:
        (number,) = connection.execute("SELECT id FROM by_hand WHERE what = 'redeem'").fetchone()
    revert(later, number, Asked(by="Ewa", reason="typed twice"))
    after = [report(later, "coupons", each).tables[0].rows for each in (december, replace(december, last=day("2026-12-30")), Wanted())]
    # The voucher held through 1 January: by today it has lapsed.
    assert [[row[6] for row in rows] for rows in after] == [["used"], ["used"], ["lapsed"]]


def test_the_vat_of_a_single_purpose_card_is_due_when_it_is_sold_and_comes_back_with_the_card(tmp_path: Path) -> None:
    """Sold for 46.00 with 23 %: net 46.00 / 1.23 = 37.40 (37.398), VAT 8.60. One of two is voided: both go back."""
    shop = shop_with(tmp_path, "gift card: {treatment: sold, price: 46.00, vat: single-purpose, rate: 23%}")
    codes = sold(shop, 2)
    account = "Liabilities:Coupons:Gift-card"
    void_coupon(replace(shop, now=datetime(2026, 12, 5, 9, tzinfo=UTC)), codes[1], by="Ewa", reason="not sold")
    assert booked(shop) == [
        ("2026-12-01", "earned", account, 7_480),
        ("2026-12-01", "VAT", "Liabilities:VAT", 1_720),
        ("2026-12-05", "taken back", account, -3_740),
        ("2026-12-05", "VAT", "Liabilities:VAT", -860),
        ("2027-01-31", "lapsed", account, -3_740),
    ]


def test_a_coupon_that_the_books_say_nothing_of_is_a_discount_and_owes_nothing(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "thank you: discount")
    use(shop, thanked(shop), "6.00", "B1", "2026-12-04")
    with pytest.raises(LoyaltyError, match="Nothing is booked"):
        books_export(shop)


def test_a_percent_off_is_a_material_right_of_what_it_is_usually_worth(tmp_path: Path) -> None:
    """As IFRS 15 Example 49: 10 % of a usual purchase of 150.00 is 15.00, twice 30.00, of which 80 % is expected: 24.00.

    500.00 x 24 / 524 = 22.90 (22.901). A use is 15.00 of 24.00 expected, whatever it took off: 22.90 x 15 / 24 = 14.31 (14.3125),
    and is owed again when it is undone.
    """
    shop = shop_with(tmp_path, "ten off: {treatment: deferral, worth: 15.00, expected_use: 80%}")
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 500_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        select = "SELECT code FROM coupon JOIN asset ON asset.id = asset_id WHERE name = 'coupon:ten off'"
        (code,) = connection.execute(select).fetchone()
    use(shop, code, "40.00", "B1", "2026-12-04")
    done = redeem_coupon(shop, code, AtTheTill(receipt="B2", store="Market", day=day("2026-12-05")))
    revert(replace(shop, now=datetime(2026, 12, 6, 9, tzinfo=UTC)), int(str(done.data["number"])), Asked(by="Ewa", reason="typed twice"))
    recalc(shop, as_of=day("2027-01-31"))
    account = "Liabilities:Coupons:Ten-off"
    assert booked(shop) == [
        ("2026-12-01", "earned", account, 2_290),
        ("2026-12-04", "used", account, -1_431),
        # 30.00 of 24.00 expected, which are then 30.00: all of it
        ("2026-12-05", "used", account, -859),
        ("2026-12-06", "used", account, 859),
        ("2027-01-02", "lapsed", account, -859),
    ]
    assert set(differences(month_pack(shop, "2026-12"))) == {0}


def test_a_card_that_lies_on_the_shelf_is_owed_from_the_day_it_is_sold(tmp_path: Path) -> None:
    """Three cards of 50.00 made on 1 December. One is sold on the 10th, one is used on the 12th without a word, one lies there.

    The sale is undone on the 15th, after the card had paid nothing.
    """
    shop = shop_with(tmp_path, "gift card: {treatment: sold, owed_from: sale}")
    first, second, _ = sold(shop, 3)
    assert booked_or_nothing(shop) == []
    there = replace(shop, now=datetime(2026, 12, 10, 9, tzinfo=UTC))
    numbers: Any = sell_coupons(there, [first], AtTheTill(receipt="A9", store="Market", by="Ewa")).data["numbers"]
    use(shop, second, "20.00", "B1", "2026-12-12")
    revert(replace(shop, now=datetime(2026, 12, 15, 9, tzinfo=UTC)), numbers[0], Asked(by="Ewa", reason="not paid"))
    account = "Liabilities:Coupons:Gift-card"
    assert booked(shop) == [
        ("2026-12-10", "earned", account, 5_000),
        ("2026-12-12", "earned", account, 5_000),
        ("2026-12-12", "used", account, -2_000),
        ("2026-12-15", "taken back", account, -5_000),
        ("2027-01-31", "lapsed", account, -3_000),
    ]
    assert set(differences(month_pack(shop, "2026-12"))) == {0}


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("sold", "was sold on 2026-12-10"),
        ("void", "is void"),
        ("voucher", "is no coupon"),
        ("lapsed", "could be used through"),
        ("not made", "only made on 2026-12-01"),
    ],
)
def test_what_can_not_be_sold_is_refused_and_nothing_is_kept(tmp_path: Path, code: str, says: str) -> None:
    shop = shop_with(tmp_path, "gift card: {treatment: sold, owed_from: sale}")
    voucher, codes = thanked(shop), sold(shop, 3)
    there = replace(shop, now=datetime(2026, 12, 10, 9, tzinfo=UTC))
    sell_coupons(there, [codes[0]], AtTheTill(by="Ewa"))
    void_coupon(there, codes[1], by="Ewa", reason="torn")
    late = replace(shop, now=datetime(2027, 2, 1, 9, tzinfo=UTC))
    refused = {"sold": codes[0], "void": codes[1], "voucher": voucher, "lapsed": codes[2], "not made": codes[2]}[code]
    on = day("2026-11-30") if code == "not made" else None
    with pytest.raises(Refused, match=says):
        sell_coupons(late if code == "lapsed" else there, [codes[2], refused], AtTheTill(by="Ewa", day=on))
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM by_hand WHERE what = 'sell'").fetchone() == (1,)


@pytest.mark.parametrize("card", ["", "2901"])
def test_a_card_is_used_again_after_the_first_of_its_uses_was_undone(tmp_path: Path, card: str) -> None:
    """50.00: 10.00 and 15.00 are used, the 10.00 undone, then 20.00 used: 50.00 - 35.00 = 15.00 are left."""
    shop = shop_with(tmp_path, "gift card: sold")
    codes = sold(shop, 1)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 100_00),)))
    numbers: list[Any] = []
    for place, basket in enumerate(("10.00", "15.00", "", "20.00")):
        there = replace(shop, now=datetime(2026, 12, 5, 9 + place, tzinfo=UTC))
        if basket:
            till = AtTheTill(basket=basket, card=card or None, store="Market", by="Ewa")
            numbers.append(redeem_coupon(there, codes[0], till).data["number"])
        else:
            revert(there, numbers[0], Asked(by="Ewa", reason="typed wrong"))
    recalc(replace(shop, now=datetime(2026, 12, 7, 9, tzinfo=UTC)), as_of=day("2026-12-06"))
    (row,) = tables_of(month_pack(replace(shop, now=datetime(2026, 12, 7, 9, tzinfo=UTC)), "2026-12"))["owed-for-coupons"]
    assert row["closing"] == 1_500


@pytest.mark.parametrize("books", ["gift card: sold", "gift card: provision", "thank you: provision"])
def test_a_sale_says_nothing_of_a_coupon_that_the_books_do_not_owe_from_its_sale(tmp_path: Path, books: str) -> None:
    shop = shop_with(tmp_path, books)
    codes = sold(shop, 1)
    with pytest.raises(Refused, match="does not wait for its sale") as refused:
        sell_coupons(replace(shop, now=datetime(2026, 12, 10, 9, tzinfo=UTC)), codes, AtTheTill(by="Ewa"))
    assert "owed_from: sale" in str(refused.value.hint)
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM by_hand").fetchone() == (0,)


def test_a_card_made_void_after_midnight_in_the_shop_is_void_from_that_day(tmp_path: Path) -> None:
    """00:30 on 1 January in Warsaw is 23:30 on 31 December by UTC: the card belongs to December's end, and leaves in January."""
    shop = shop_with(tmp_path, "gift card: sold")
    codes = sold(shop, 1)
    void_coupon(replace(shop, now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)), codes[0], by="Ewa", reason="torn")
    account = "Liabilities:Coupons:Gift-card"
    assert booked(shop) == [("2026-12-01", "earned", account, 5_000), ("2027-01-01", "taken back", account, -5_000)]
    december = month_pack(shop, "2026-12")
    assert set(differences(december)) == {0}
    assert [row["closing"] for row in tables_of(december)["coupon-register"]] == [1]


def booked_or_nothing(shop: Shop) -> list[tuple[str, str, str, int]]:
    """What is booked, of a shop in which that may be nothing."""
    try:
        return booked(shop)
    except LoyaltyError:
        return []


def test_the_register_has_cards_and_vouchers_with_what_is_left_of_them(tmp_path: Path) -> None:
    """Three cards of 50.00 are made and two sold; 20.00 of each are used.

    A voucher for 15.00 of the 2nd pays 6.00, so 9.00 are left. December: 50.00 + 30.00 are left of two cards. Used on the 5th, but told
    when December was closed: that is booked on 1 January.
    """
    shop = shop_with(tmp_path, "gift card: {treatment: sold, owed_from: sale}")
    voucher, codes = thanked(replace(shop, now=datetime(2026, 12, 2, 9, tzinfo=UTC))), sold(shop, 3)
    sell_coupons(replace(shop, now=datetime(2026, 12, 4, 9, tzinfo=UTC)), codes[:2], AtTheTill(by="Ewa"))
    counter = replace(shop, now=datetime(2026, 12, 12, 9, tzinfo=UTC))
    use(counter, codes[0], "20.00", "B1", "2026-12-12")
    use(counter, voucher, "6.00", "B2", "2026-12-12")
    later = replace(shop, now=datetime(2027, 1, 5, 9, tzinfo=UTC))
    recalc(later, as_of=day("2027-01-04"))
    month_close(later, "2026-12", accepted=EVERYTHING)
    cards, vouchers = tables_of(month_pack(later, "2026-12"))["coupon-register"]
    assert [cards[name] for name in ("coupon", "issued", "used", "closing", "left", "paid")] == ["gift card", 2, 0, 2, 8_000, 2_000]
    assert [vouchers[name] for name in ("issued", "used", "closing", "left", "paid")] == [1, 0, 1, 900, 600]
    # Both cards lapse on the 31st, after their last day, the 30th: 60 days from 1 December.
    redeem_coupon(later, codes[1], AtTheTill(basket="20.00", receipt="B3", store="Market", day=day("2026-12-05")))
    january = month_pack(replace(shop, now=datetime(2027, 3, 2, 9, tzinfo=UTC)), "2027-01")
    assert set(differences(january)) == {0}
    cards, vouchers = tables_of(january)["coupon-register"]
    assert (vouchers["opening"], vouchers["lapsed"], vouchers["closing"]) == (1, 1, 0)
    assert (cards["opening"], cards["lapsed"], cards["closing"], cards["paid"]) == (2, 2, 0, 2_000)
    with later.reading() as connection:
        assert list(pack_differences(connection)) == []


def test_a_use_is_told_by_the_coupon_s_name(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "thank you: provision", "gift card: sold")
    use(shop, thanked(shop), "80.00", "B1", "2026-12-05")
    use(shop, sold(shop, 1)[0], "20.00", "B2", "2026-12-06")
    told = [row["detail"] for row in tables_of(report(shop, "changes", Wanted()))["changes"] if row["what"] == "redeem"]
    assert sorted(told) == ["1 coupon:gift card", "1 coupon:thank you"]
