"""What the reports on members' doings show, by hand, in the tiny shop and in one made for them."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.reports.shop_by_hand import shop_by_hand
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

CATEGORIES = ("bread", "milk")


def shop_with_members(folder: Path, members: int = 40) -> Shop:
    """Member n, from 0, comes every Monday for 5 + n % 5 weeks and pays 10.00 + n; every receipt has bread, every other milk."""
    folder.mkdir(exist_ok=True)
    shop = shop_by_hand(folder)
    start = day_from_iso("2026-06-01")
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET gone = id")
        connection.executemany("INSERT INTO article VALUES (?, ?, '', ?, '')", [(n, f"a{n}", kind) for n, kind in enumerate(CATEGORIES, 1)])
        number = 100
        for member in range(members):
            connection.execute("INSERT INTO member (id, number, name) VALUES (?, ?, ?)", (100 + member, f"m{member}", ""))
            for week in range(5 + member % 5):
                number += 1
                values = (number, str(number), 100 + member, start + 7 * week, 10_00 + member)
                connection.execute(
                    "INSERT INTO receipt (id, store_id, number, member_id, at, day, clock, total, returned, loyalty, import_id,"
                    " content, gone) VALUES (?, 1, ?, ?, 0, ?, 36000, ?, 0, 0, 1, 0, 0)",
                    values,
                )
                for line in range(1 + week % 2):
                    connection.execute("INSERT INTO line VALUES (?, ?, 1, 500, 0, 0)", (number << 12 | line, line + 1))
    return shop


def rows(shop: Shop, name: str) -> list[tuple[Cell, ...]]:
    return list(report(shop, name, Wanted()).tables[0].rows)


def test_members_by_their_first_month_are_the_two_who_came_back(tmp_path: Path) -> None:
    # Ana after 25 days, Boris after 44: one of two in 30 days. Sixty days after 20 September are not over on 3 November.
    assert rows(shop_by_hand(tmp_path), "joined") == [("2026-09", 2, 2, 100_00, 50_00, None, None, None, 525_50, 262_75)]


def test_the_best_tenth_brings_what_its_members_spent(tmp_path: Path) -> None:
    found = rows(shop_with_members(tmp_path), "concentration")
    # Of n = 4, 9, 14 ... 39 with nine weeks each the four with most: n = 39, 34, 29, 24: 9 x (4 x 10.00 + 1.26) = 371.34
    assert found[0][1:3] == (4, 371_34)
    assert [row[1] for row in found] == [4] * 10


def test_who_is_still_active_came_lately(tmp_path: Path) -> None:
    found = {str(row[0]): row for row in rows(shop_with_members(tmp_path), "active")}
    # m4 came until the last day, m0 until four weeks before it, both every week.
    assert len(found) == 40
    assert int(found["m4"][4] or 0) > int(found["m0"][4] or 0)
    # All pay much the same: the visit of m39 is between 10.00 and what they pay themselves, 10.39
    assert 10_00 < int(found["m39"][6] or 0) <= 10_39


def test_who_is_active_is_told_from_thirty_members_on_who_came_twice(tmp_path: Path) -> None:
    # All of them came at least five times; with 29 of them the report says what it needs instead.
    for name in ("few", "enough"):
        (tmp_path / name).mkdir()
    few = report(shop_with_members(tmp_path / "few", 29), "active", Wanted()).tables[0]
    assert (list(few.rows), "30 members" in str(few.empty)) == ([], True)
    assert len(rows(shop_with_members(tmp_path / "enough", 30), "active")) == 30


def test_what_is_bought_together_and_its_share_of_the_wallet(tmp_path: Path) -> None:
    shop = shop_with_members(tmp_path)
    # Weeks 5 to 9 each 8 members: 8 x (5 + 6 + 7 + 8 + 9) = 280 receipts; with milk 8 x (2 + 3 + 3 + 4 + 4) = 128.
    # All have bread: who buys bread buys milk in 128 / 280 = 45.71 %, the other way always; lift 1.
    assert rows(shop, "together") == [
        ("bread", "milk", 128, 45_71, 45_71, "1.00"),
        ("milk", "bread", 128, 45_71, 100_00, "1.00"),
    ]
    # 280 x 5.00 = 1,400.00 and 128 x 5.00 = 640.00 of 2,040.00; by 40 members: 35.00 and 16.00
    assert rows(shop, "categories") == [
        ("bread", 40, 100_00, 1400_00, 68_63, 35_00),
        ("milk", 40, 100_00, 640_00, 31_37, 16_00),
    ]


def test_who_brought_back_more_than_they_bought_takes_nothing_from_what_the_others_spent(tmp_path: Path) -> None:
    program = "program: P\ncurrency: PLN\ntimezone: UTC\nstarts: 2026-01-01\nrfm: {recency: [5, 10, 20, 30], frequency: [1, 2, 3, 4]}\n"
    shop = make_shop(tmp_path / "shop", program)
    bought = ((1, "01", 40_00), (1, "02", 40_00), (1, "03", 20_00), (2, "03", 10_00), (2, "03", -60_00))
    put_receipts(shop, *(Receipt(f"R{at}", who, day(f"2026-02-{on}"), (("tea", paid),)) for at, (who, on, paid) in enumerate(bought)))
    recalc(shop, as_of=day("2026-02-03"))
    # 100.00 of the best, -50.00 of the other one: the best brought all of it, and not twice as much.
    assert "The best bring 100% of what members spent" in str(report(shop, "rfm", Wanted()).tables[0].notes[0])


def test_half_a_coin_is_rounded_up_as_everywhere(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", "program: P\ncurrency: PLN\ntimezone: UTC\nstarts: 2026-01-01\n")
    put_receipts(shop, *(Receipt(f"R{who}", who, day("2026-02-03"), (("tea", paid),)) for who, paid in ((1, 10_01), (2, 10_00))))
    # 20.01 / 2 = 10.005
    assert (rows(shop, "categories")[0][-1], rows(shop, "joined")[0][-1]) == (10_01, 10_01)


def test_who_buys_tea_is_told_what_others_with_tea_buy(tmp_path: Path) -> None:
    shop = shop_with_members(tmp_path)
    with shop.changing() as connection:
        connection.executemany("INSERT INTO article VALUES (?, ?, '', ?, '')", [(3, "a3", "tea"), (4, "a4", "cake")])
        for number in range(10):
            id_ = 9000 + number
            connection.execute("INSERT INTO member (id, number) VALUES (?, ?)", (id_, f"z{number}"))
            connection.execute(
                "INSERT INTO receipt (id, store_id, number, member_id, at, day, clock, total, returned, loyalty, import_id, content, gone)"
                " VALUES (?, 1, ?, ?, 0, ?, 36000, 500, 0, 0, 1, 0, 0)",
                (id_, f"z{number}", id_, day_from_iso("2026-06-02")),
            )
            articles = (3, 4) if number < 6 else (3,)
            for place, article in enumerate(articles):
                connection.execute("INSERT INTO line VALUES (?, ?, 1, 500, 0, 0)", (id_ << 12 | place, article))
    # Ten of 50 members buy tea, six of these cake: 60 % against 6 of 50, 12 %: 5 times as many. The other four are told so; the
    # forty with bread all have milk, too.
    assert rows(shop, "next-category") == [(f"z{number}", "", "cake", "tea", 6, 60_00, "5.00") for number in range(6, 10)]


def test_who_is_late_stayed_away_longer_than_ever(tmp_path: Path) -> None:
    found = {str(row[0]): row[3:7] for row in rows(shop_with_members(tmp_path), "rhythm")}
    # Weekly; m0 came last in week 5, four weeks before the last day: 28 days away, 21 late
    assert found["m0"] == (7, 7, 28, 21)
    assert found["m4"] == (7, 7, 0, 0)


def test_a_forecast_leaves_a_running_month_out(tmp_path: Path) -> None:
    (table,) = report(shop_by_hand(tmp_path), "forecast", Wanted()).tables
    # The first receipt is of 10 September, so October is the only whole month: 300 - 20 + 50 = 330.00, three times
    assert table.rows[0] == ("turnover", "2027-01", None, None, None, 990_00, None, None, 0, None)


def test_a_member_has_a_favourite_store_and_hour(tmp_path: Path) -> None:
    # Ana bought once in each store: the first counts; all at ten.
    assert rows(shop_by_hand(tmp_path), "favourites")[0][2:] == (2, "Market", 50_00, "10:00", 100_00)


@pytest.mark.parametrize("life", ["lapse_after: 12 months", "lapse_after: 6 months, lapse_at: end of year"])
def test_a_forecast_knows_the_last_days_of_the_points_that_members_hold(tmp_path: Path, life: str) -> None:
    program = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
    program += f"points: {{earn: {{basic: {{points: 1, for_every: 1.00}}}}, {life}}}\n"
    shop = make_shop(tmp_path / "shop", program, members=2)
    # Earned on 20 January, 31 January and 1 July 2026: they lapse on the day after the same day of 2027.
    bought = (("2026-01-20", 1, 30_00), ("2026-01-31", 2, 5_00), ("2026-07-01", 1, 11_00))
    put_receipts(shop, *(Receipt(str(amount), member, day(on), (("tea", amount),)) for on, member, amount in bought))
    recalc(shop, as_of=day("2026-10-31"))
    (table,) = report(shop, "forecast", Wanted()).tables
    # The last whole month is June 2026: July may go on. Through September nothing lapses; through June 2027 30 + 5 do, on 21 January
    # and 1 February, and points of purchases to come live longer than that. Nothing has lapsed yet, so nothing is expected for sure.
    # With the end of the year: 20 and 31 July 2026 become 31 December 2026, and what is earned from November on, 1 May 2027 at the
    # earliest, becomes 31 December 2027.
    assert [row[:5] for row in table.rows if row[0] == "points lapsing"] == [("points lapsing", "2027-06", None, 0, 35)]
    assert str(table.notes[0]) == "Of the points that members hold, 35 lapse through 2027-06 unless they are used before."


def test_a_forecast_knows_the_last_days_of_the_program(tmp_path: Path) -> None:
    program = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\nends: 2026-09-30\nlast_redemption: 2026-11-15\n"
    program += "points: {earn: {basic: {points: 1, for_every: 1.00}}, lapse_after: 24 months, one_point_pays: 0.01}\n"
    shop = make_shop(tmp_path / "shop", program, members=1, now=datetime(2026, 8, 10, 6, tzinfo=UTC))
    put_receipts(shop, *(Receipt(f"R{month}", 1, day(f"2026-{month:02}-10"), (("tea", 100_00),)) for month in range(1, 8)))
    put_receipts(shop, Receipt("R8", 1, day("2026-08-05"), (("tea", 100_00),)))
    with shop.changing() as connection:
        connection.executemany(
            "INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key) "
            "VALUES (1, 'points', 40, 0, ?, 50000, '', '', ?)",
            [(day(f"2026-{month:02}-20"), str(month)) for month in range(1, 8)],
        )
    recalc(shop)
    (table,) = report(shop, "forecast", Wanted()).tables
    found = {(row[0], row[1]): row[5] if row[2] is None else row[2] for row in table.rows}
    # A month 100 points are earned and 40 used; through July that is 7 x 60 = 420. Points are given in August and September, and used
    # through October and half of November: 3 x 40, and 15 of 30 days of 40. 420 + 200 - 120 are owed at the end of October; 420 + 200
    # - 140 lapse in November, and nothing is owed.
    assert {key: expected for key, expected in found.items() if key[0] != "turnover"} == {
        ("points earned", "2026-10"): 200,
        ("points earned", "2027-07"): 200,
        ("points used", "2026-10"): 120,
        ("points used", "2027-07"): 140,
        ("points lapsing", "2027-07"): 480,
        ("points owed at the end", "2026-10"): 500,
        ("points owed at the end", "2027-07"): 0,
        ("liability at the end", "2026-10"): 5_00,
        ("liability at the end", "2027-07"): 0,
    }
    assert found["turnover", "2027-07"] == 12 * 100_00
    assert [str(note) for note in table.notes[1:3]] == [
        "The program gives points through 2026-09-30; nothing is expected to be earned later.",
        "Points and coupons can be used through 2026-11-15; what is left then lapses, and nothing is owed any more.",
    ]
