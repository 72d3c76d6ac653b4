"""Explaining in sentences: rate and factor, what came back, what points paid, and points that were used a moment ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.look import Look
from loyalty_cli.render.terminal import render
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers: {by: spend, counted_over: lifetime, going_down: at once, ladder: {guest: {at_least: 0}, friend: {at_least: 400.00}}}
points:
  earn:
    basic: {points: 1, for_every: 2.00}
    tea:   {multiply: 3, only: {categories: [tea]}}
    visit: {points: 5, for_each: visit}
  at_most: {receipt: 300}
  usable_after: 7 days
  lapse_after: 2 months
  one_point_pays: 0.10
"""


HEADER = "receipt,date,store,card,product,category,quantity,amount,original_receipt"


def shop_with(folder: Path, *rows: str) -> Shop:
    shop = shop_in(folder, PROGRAM)
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    return shop


def whys(outcome: Outcome) -> list[tuple[object, object, str]]:
    """Rule, change and sentence of every entry of a card."""
    table = next(table for table in outcome.tables if table.name == "entries")
    names = [column.name for column in table.columns]
    rule, quantity, why = names.index("rule"), names.index("quantity"), names.index("why")
    return [(row[rule], row[quantity], str(said_again(str(row[why])))) for row in table.rows]


def test_each_entry_says_why_it_is_there(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path / "s",
        "1,2026-03-02 10:00:00,Market,2901,T,tea,1,13.35,",
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,500.00,",
        "2,2026-03-03 10:00:00,Market,2901,B,bread,-1,-500.00,1",
    )
    recalc(shop, as_of=day_from_iso("2026-05-10"))
    said = whys(explain(shop, "2901"))
    # 513.35 / 2 = 256.675; tea: 13.35 x (3 - 1) / 2 = 13.35 more; 5 for the visit: 275.025 in all, 275 of them:
    # 256 + 13 + 5 = 274; the multiplier, which looks at the sum before it (270.025), takes the one that is left
    sentences = {text for _, _, text in said}
    assert "1 point for every 2.00 PLN: 256 of 513.35 PLN." in sentences
    assert "Times 3, points more: 14." in sentences
    assert "5 points for every visit. Here: 5." in sentences
    assert "From this day on the tier is friend." in sentences
    assert "From this day on the tier is no longer friend." in sentences
    assert {text for rule, quantity, text in said if str(rule).startswith("points.") and int(str(quantity)) < 0} == {
        "Goods came back, and with them the points they had given."
    }
    assert ("usable", "The waiting time is over: these points can be used.") in {(rule, text) for rule, _, text in said}
    assert ("lapse", "Nobody used these points in time: they lapsed.") in {(rule, text) for rule, _, text in said}
    assert all(text for _, _, text in said)


def test_a_limit_is_told_where_it_left_less(tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "s", "1,2026-03-02 10:00:00,Market,2901,B,bread,1,800.00,")
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    # 400 by money, 5 by the visit; at most 300 for one receipt
    limited = [text for _, _, text in whys(explain(shop, "2901")) if "The limit left" in text]
    assert limited
    assert limited[0].startswith("1 point for every 2.00 PLN: 400 of 800.00 PLN. The limit left ")


def test_a_sale_says_what_came_back_and_what_points_paid(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path / "s",
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,200.00,",
        "2,2026-03-12 10:00:00,Market,2901,B,bread,1,50.00,",
        "3,2026-03-13 10:00:00,Market,2901,B,bread,-1,-50.00,2",
    )
    recalc(shop, as_of=day_from_iso("2026-03-11"))
    till = AtTheTill(basket="50.00", store="Market", receipt="2", day=day_from_iso("2026-03-12"))
    redeem_points(shop, "2901", 40, till)
    recalc(shop, as_of=day_from_iso("2026-03-13"))
    notes = [str(note) for table in explain(shop, "2").tables for note in table.notes]
    assert "Goods of it came back: 50.00 PLN on 2026-03-13, receipt Market 3." in notes
    assert "Points (40) paid 4.00 PLN of it." in notes


def test_a_quantity_keeps_all_its_digits(tmp_path: Path) -> None:
    rows = ("1,2026-03-02 10:00:00,Market,2901,B,sand,1234.567,100.00,", "2,2026-03-02 10:00:00,Market,2901,C,nails,1000001,100.00,")
    shop = shop_with(tmp_path / "s", *rows)
    told = [str(cell) for receipt in ("1", "2") for table in explain(shop, receipt).tables for row in table.rows for cell in row]
    assert {"1234.567", "1000001"} <= {*told}


def test_points_just_used_are_seen_at_once(tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "s", "1,2026-03-02 10:00:00,Market,2901,B,bread,1,200.00,")
    recalc(shop, as_of=day_from_iso("2026-03-11"))
    redeem_points(shop, "2901", 40, AtTheTill(basket="50.00", day=day_from_iso("2026-03-12")))
    # 200.00 / 2 + 5 = 105; 105 - 40 = 65
    standing = {what: str(said_again(str(value))) for what, value in explain(shop, "2901").tables[0].rows}
    assert (standing["Points"], standing["Used since that day"]) == ("65", "40")
    assert [row[4] for row in report(shop, "members", Wanted()).tables[0].rows] == [65]
    recalc(shop, as_of=day_from_iso("2026-03-12"))
    standing = {what: str(said_again(str(value))) for what, value in explain(shop, "2901").tables[0].rows}
    assert standing["Points"] == "65"
    assert "Used since that day" not in standing
    assert [row[4] for row in report(shop, "members", Wanted()).tables[0].rows] == [65]


def test_no_name_of_the_books_is_left_in_what_people_read(tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "s", "1,2026-03-02 10:00:00,Market,2901,B,bread,1,513.35,")
    recalc(shop, as_of=day_from_iso("2026-05-10"))
    spoken = {
        "pl": ("punkty oczekujące", "1 punkt za każde"),
        "ru": ("баллы", "1 балл за каждые"),
        "ro": ("puncte", "1 punct pentru fiecare"),
    }
    for language, words in spoken.items():
        for outcome in (explain(shop, "2901"), explain(shop, "1")):
            text = render(outcome, Look(language=language)).decode()
            assert "points." not in text
            assert "pending" not in text
            assert "usable" not in text
            assert all(word in text for word in words)


def test_a_shop_without_tiers_hears_nothing_of_them(tmp_path: Path) -> None:
    without = "\n".join(line for line in PROGRAM.splitlines() if not line.startswith("tiers:")) + "\n"
    shop = shop_in(tmp_path, without)
    taken_in(shop, export(shop, "a.csv", "1,2026-03-02 10:00:00,Market,2901,T,cloth,1,30.00,", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-03"))
    told = [row[0] for row in explain(shop, "2901").tables[0].rows]
    # 15 points for 30.00 and 5 for the visit wait seven days.
    assert told == ["Points", "Pending points", "Spent", "Visits", "Discount"]


def test_what_a_later_recalculation_mends_is_a_correction_and_no_limit(tmp_path: Path) -> None:
    """40 points pay 4.00 of 50.00; the receipt has been worked out by 46.00 when the use is undone."""
    shop = shop_with(
        tmp_path / "s",
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,200.00,",
        "2,2026-03-12 10:00:00,Market,2901,B,bread,1,50.00,",
    )
    recalc(shop, as_of=day_from_iso("2026-03-11"))
    used = redeem_points(shop, "2901", 40, AtTheTill(basket="50.00", store="Market", receipt="2", day=day_from_iso("2026-03-12")))
    recalc(shop, as_of=day_from_iso("2026-03-12"))
    revert(shop, int(str(used.data["number"])), Asked(by="Ewa", reason="typed twice"))
    recalc(shop, as_of=day_from_iso("2026-03-12"), everyone=True)
    # 46.00 / 2 = 23, and 50.00 / 2 = 25: 2 more; the 40 points come back. No limit left 23 of 25.
    correction = "A correction, after something became known later."
    assert [each for each in whys(explain(shop, "2901")) if each[0] in ("points.basic", "redeem")] == [
        ("points.basic", 100, "1 point for every 2.00 PLN: 100 of 200.00 PLN."),
        ("redeem", -40, "These points paid at the till."),
        ("points.basic", 23, "1 point for every 2.00 PLN: 25 of 50.00 PLN."),
        ("points.basic", 2, correction),
        ("redeem", 40, correction),
    ]


def test_nothing_came_back_of_a_receipt_that_an_import_took_out_again(tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "s", "1,2026-03-02 10:00:00,Market,2901,B,bread,1,200.00,")
    taken_in(shop, export(shop, "b.csv", "2,2026-03-03 10:00:00,Market,2901,B,bread,1,100.00,", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-03"))
    import_revert(shop, 2)
    recalc(shop, as_of=day_from_iso("2026-03-03"))
    taken = [each for each in whys(explain(shop, "2901")) if int(str(each[1])) < 0]
    assert {text for _, _, text in taken} == {"A correction, after something became known later."}
    # 100.00 / 2, the visit, and the same of it while it waits.
    assert sorted((str(rule), quantity) for rule, quantity, _ in taken) == [("points.basic", -50), ("points.visit", -5)]


def test_nothing_typed_is_named_as_missing(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM)
    for typed in ("", " "):
        with pytest.raises(LoyaltyError, match=r"WHAT is missing\. A card, the number of a receipt, or a member's name\."):
            explain(shop, typed)
        with shop.reading() as connection, pytest.raises(LoyaltyError, match="CARD is missing"):
            member_of_card(connection, typed)


def test_a_badge_without_a_name_is_told_how_one_is_given(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM)
    taken_in(shop, export(shop, "a.csv", "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"))
    recalc(shop)
    gift, whom = Gift(kind="badge", name="", count=1), ToWhom(card="2900001")
    with pytest.raises(LoyaltyError, match="Which badge is given") as refused:
        give(shop, gift, whom, Asked(by="Ola", reason="test"))
    assert "badge NAME" in str(refused.value.hint)
