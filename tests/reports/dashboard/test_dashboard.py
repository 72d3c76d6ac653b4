"""The page for every Monday: its numbers by hand in the tiny shop, its sentences against its tables in shops of chance, its look."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.costs import Costs
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Dashboard
from loyalty_cli.model.shown.dashboard import Heat
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import question_of
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render import html
from loyalty_cli.render.look import Look
from loyalty_cli.reports.dashboard import dashboard
from loyalty_cli.reports.dashboard.numbers import trend
from loyalty_cli.reports.visits import month_number
from loyalty_cli.reports.visits import Visits
from loyalty_cli.reports.visits import visits
from loyalty_cli.store.settings import kept_facts
from tests.reports.shop_by_hand import shop_by_hand
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.dashboard import Picture
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop
    from tests.snapshots import Snapshot


def page_of(shop: Shop) -> Dashboard:
    page = report(shop, "dashboard", Wanted()).dashboard
    assert page is not None
    return page


def pictures(page: Dashboard) -> dict[str, Picture]:
    return {each.table.name: each for each in page.pictures}


def cells(table: Table) -> dict[str, dict[str, Any]]:
    """The rows by their first cell, each by the names of its columns."""
    names = [column.name for column in table.columns]
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in table.rows}


def test_the_numbers_are_those_of_the_tiny_shop(tmp_path: Path) -> None:
    table, *_ = report(shop_by_hand(tmp_path), "dashboard", Wanted()).tables
    until = [day_from_iso("2026-10-06"), day_from_iso("2026-11-03")]
    assert list(table.rows) == [
        # 9 September to 6 October: 120 + 80 + 300 = 500 of two new members; 120 + 80 = 200 points, at 0.05 are 10.00
        (until[0], 3, 500_00, 100_00, 2, 2, 200, 10_00),
        # until 3 November: 50 + 45.50 - 20 = 75.50, with a card 25.50: 33.77 %; only Boris bought;
        # 200 + 300 - 20 - 100 = 380 points are 19.00
        (until[1], 3, 75_50, 33_77, 1, 0, 380, 19_00),
    ]


def test_each_number_says_what_became_of_it(tmp_path: Path) -> None:
    figures = page_of(shop_by_hand(tmp_path)).figures
    assert [figure.value for figure in figures] == [Money(76, "PLN", 0), Share(34_00), 1, 0, Money(19, "PLN", 0)]
    # 75.50 of 500.00 are 15 %; 1 of 2 is half; 19.00 of 10.00 are 190 %
    assert [str(figure.trend) for figure in figures] == [
        "▼ 85% less than four weeks before",
        "▼ four weeks before it was 100%",
        "▼ 50% less than four weeks before",
        "▼ 100% less than four weeks before",
        "▲ 90% more than four weeks before",
    ]
    assert figures[0].course == [500_00, 75_50]


@pytest.mark.parametrize(
    ("course", "said"),
    [([5], None), ([0, 5], None), ([200, 201], "▲ 1% more than four weeks before"), ([1000, 1004], "as four weeks before")],
)
def test_a_trend_is_said_in_whole_percents(course: list[int], said: str | None) -> None:
    # 1 of 200 is 0.5 %, rounded up; 4 of 1000 are 0.4 %
    found = trend(course)
    assert (None if found is None else str(found)) == said


def test_what_the_pictures_of_the_tiny_shop_say(tmp_path: Path) -> None:
    page = page_of(shop_by_hand(tmp_path))
    assert {name: str(each.says) for name, each in pictures(page).items()} == {
        # October: 300 - 20 of 300 - 20 + 50 = 280 of 330 = 84.8 %; September was all with cards
        "turnover": "2026-10: members brought 85% of the turnover; the month before it was 100%.",
        "coming": "2026-10: 0 bought for the first time, 0 came back after three months or more, 1 bought again.",
        # Ana and Boris bought for the first time, and on fewer than three days each; 44 days are no sleep.
        "stages": "In these months most passed from visitor to buyer: 2. Fallen asleep: 0; lost: 0; came back: 0.",
        # Ana bought again in October; Boris did in November, which is not over.
        "came_back": "Members who first bought in these months: 2; 50% of them came back in a later month.",
        # 3 November 2026 is a Tuesday, 36,000 seconds are ten o'clock; of 5 receipts that sold, on each weekday:
        # Thu 10.9., Sun 20.9., Mon 5.10., Thu 15.10., Tue 3.11.
        "hours": "The fullest hour is Thursday from 10:00; the strongest day is Thursday with 40% of the receipts.",
        "owed_for_points": "Owed for points: 17.75 PLN (points: 355); at the end of 2026-09 it was 6.00 PLN.",
        # Two of the three are guests; Ana spent 400.00 of 525.50.
        "tiers": "Above guest stand 33% of the members; they brought 76% of what members spent.",
    }
    assert [str(each) for each in page.left_out] == [
        "Lapsing ahead: no points lapse in the next twelve months.",
        "Cost against margin: neither costs: margin: nor the list of products says what is left of a sale.",
        "Messages: none were sent, and nobody has answered anything.",
    ]


def test_messages_stand_beside_what_became_of_them_and_what_was_answered(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    with shop.changing() as connection:
        for number, day, *course in (
            (1, "2026-09-12", "begun", "sent"),
            (2, "2026-10-03", "begun", "refused", "again", "sent"),
            (3, "2026-10-04", "begun", "refused"),
            (4, "2026-10-31", "begun", "sent"),
            (5, "2026-11-02", "begun"),
        ):
            written = (number, f"k{number}", day_from_iso(day))
            connection.execute("INSERT INTO message VALUES (?, ?, 1, 'news', 'advertising', ?, '')", written)
            for what in course:
                values = (number, what, day_from_iso(day))
                connection.execute("INSERT INTO message_event VALUES (NULL, ?, ?, 'email', ?, '', '', '')", values)
    found = pictures(page_of(shop))["messages"]
    # The second was sent in the end, the third never; the fifth is on its way.
    assert list(found.table.rows) == [("2026-09", 1, 0, 0), ("2026-10", 2, 1, 0), ("2026-11", 0, 0, 0)]
    assert str(found.says) == "2026-10: messages sent: 2, not delivered: 1; answers: 0."


def test_a_new_shop_has_no_page_but_a_sentence(tmp_path: Path) -> None:
    outcome = report(make_shop(tmp_path / "new", PROGRAM), "dashboard", Wanted())
    assert outcome.dashboard is None
    assert "There are no purchases yet." in html.render(outcome, Look()).decode()


PROGRAM = """
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 10.00}}}
"""


def shop_of_chance(folder: Path, seed: int) -> Shop:
    """Up to 300 receipts of five members and of nobody, within fifteen months; some are returns."""
    chance = random.Random(seed)
    shop = make_shop(folder, PROGRAM, members=5)
    last = day_from_iso("2027-02-28")
    receipts = [
        Receipt(
            str(number),
            chance.randint(1, 5),
            last - chance.randrange(450),
            (("tea", chance.choice([-1, 1, 1, 1, 1]) * chance.randint(1, 99_99)),),
            clock=chance.randrange(8, 20) * 3600,
        )
        for number in range(chance.randint(30, 300))
    ]
    put_receipts(shop, *receipts)
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET member_id = NULL WHERE id % 3 = 0")
    return shop


@pytest.mark.parametrize("seed", range(12))
def test_what_a_picture_says_is_true_of_its_table(seed: int, tmp_path: Path) -> None:
    shop = shop_of_chance(tmp_path / "shop", seed)
    found = pictures(page_of(shop))
    with shop.reading() as connection:
        receipts = connection.execute(
            "SELECT day, member_id, total, returned, clock FROM receipt WHERE gone = 0 AND day < ?", (day_from_iso("2027-03-01"),)
        ).fetchall()
    sales = [each for each in receipts if each[2] + each[3] > 0]

    table = cells(found["turnover"].table)
    for month, row in table.items():
        own, others = (
            sum(each[2] for each in receipts if month_of(each[0]) == month and (each[1] is None) == nobody) for nobody in (False, True)
        )
        assert (row["with_card"], row["without_card"]) == (own, others)
    values = found["turnover"].says.values
    said = values["month"]
    assert isinstance(said, InMonth)
    assert values["share"] == Share((table[said.month]["card_share"] + 50) // 100 * 100)

    coming = cells(found["coming"].table)
    for month, row in coming.items():
        bought = {each[1] for each in sales if each[1] is not None and month_of(each[0]) == month}
        assert row["first"] + row["again"] + row["back"] == len(bought)
        assert row["first"] == sum(min(month_of(each[0]) for each in sales if each[1] == member) == month for member in bought)
    values = found["coming"].says.values
    said = values["month"]
    assert isinstance(said, InMonth)
    assert {name: values[name] for name in ("first", "again", "back")} == {
        name: coming[said.month][name] for name in ("first", "again", "back")
    }

    stages = cells(found["stages"].table)
    passed = report(shop, "stages", Wanted()).tables[0].rows
    months = found["turnover"].table.rows
    for before, row in stages.items():
        for after in list(row)[1:]:
            counts = [int(each[3] or 0) for each in passed if each[1:3] == (before, after) and str(each[0]) >= str(months[0][0])]
            assert row[after] == sum(counts)
    values = found["stages"].says.values
    assert values["count"] == max(value for row in stages.values() for name, value in row.items() if name != "before")
    assert values["asleep"] == sum(row["sleeping"] for row in stages.values())
    assert values["lost"] == sum(row["lost"] for row in stages.values())

    hours = cells(found["hours"].table)
    first = max(each[0] for each in receipts) - 26 * 7 + 1
    lately = [each for each in sales if each[0] >= first]
    assert sum(value for row in hours.values() for name, value in row.items() if name != "hour") == len(lately)
    values = found["hours"].says.values
    fullest = max(value for row in hours.values() for name, value in row.items() if name != "hour")
    assert hours[f"{values['hour']}:00"][str(values["weekday"]).lower()] == fullest
    by_day = {name: sum(row[name] for row in hours.values()) for name in next(iter(hours.values())) if name != "hour"}
    assert by_day[str(values["strongest"]).lower()] == max(by_day.values())


@pytest.mark.parametrize("seed", range(3))
def test_what_is_drawn_is_what_the_table_holds(seed: int, tmp_path: Path) -> None:
    for each in page_of(shop_of_chance(tmp_path / "shop", seed)).pictures:
        drawn, rows = each.drawn, each.table.rows
        in_table = {cell for row in rows for cell in row}
        if isinstance(drawn, Chart):
            assert all(len(series.values) == len(drawn.labels) for series in drawn.series)
            assert {value for series in drawn.series for value in series.values} <= in_table | {0}
        else:
            assert isinstance(drawn, Heat)
            assert [list(row[-len(drawn.columns) :]) for row in rows] == [list(row) for row in drawn.cells]


def test_the_page_looks_as_it_did(tmp_path: Path, snapshot: Snapshot) -> None:
    shop = shop_by_hand(tmp_path)
    page = html.render(report(shop, "dashboard", Wanted()), Look(language="pl", shop="Klub <b>")).decode()
    snapshot.check(page, "dashboard.html")


def test_the_page_loads_nothing_runs_nothing_and_is_the_same_when_it_is_made_again(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    made = [html.render(report(shop, "dashboard", Wanted()), Look(language="ru")).decode() for _ in range(2)]
    assert made[0] == made[1]
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://(?!www\.w3\.org/2000/svg)| on[a-z]+=", made[0])
    assert '<html lang="ru">' in made[0]


def test_every_picture_has_a_name_a_sentence_and_a_table_behind_it(tmp_path: Path) -> None:
    page = html.render(report(shop_by_hand(tmp_path), "dashboard", Wanted()), Look()).decode()
    sections = re.findall(r'<section class="picture" aria-labelledby="(.*?)">(.*?)</section>', page, flags=re.DOTALL)
    assert len(sections) == 7
    for name, section in sections:
        assert f'id="{name}"' in section
        assert re.search(r'<p class="says">.+\.</p>', section)
        assert "<details>" in section
        assert section.count("<svg") == section.count('aria-hidden="true" focusable="false"')


def test_a_page_of_an_earlier_day_shows_that_day(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    day = day_from_iso("2026-05-04")
    put_receipts(shop, Receipt("1", 1, day, (("tea", 10_00),)), Receipt("2", 2, day + 40, (("tea", 30_00),)))
    recalc(shop)
    table, *_ = report(shop, "dashboard", Wanted(as_of=day + 3)).tables
    assert [row[:3] for row in table.rows] == [(day, 1, 10_00)]


@pytest.mark.parametrize("seed", range(8))
def test_visits_are_those_of_a_slow_reckoning(seed: int) -> None:
    chance = random.Random(seed)
    first = day_from_iso("2025-01-01")
    purchases = [(chance.randint(1, 6), first + chance.randrange(600)) for _ in range(chance.randint(1, 120))]
    days = {member: [on for who, on in purchases if who == member] for member, _ in purchases}
    months = {member: sorted(set(map(month_number, own))) for member, own in days.items()}
    expected = []
    for start in sorted({own[0] for own in months.values()}):
        for month in sorted({month for own in months.values() if own[0] == start for month in own}):
            here = [own for own in months.values() if own[0] == start and month in own]
            pauses = [month - max(each for each in own if each < month) for own in here if month > start]
            second = sum(month > start and own[1] == month for own in here)
            again, back = sum(pause < 4 for pause in pauses), sum(pause >= 4 for pause in pauses)
            expected.append(Visits(start, month, len(here), again, back, second))
    assert visits(days.values()) == expected


def test_what_rewards_cost_is_held_against_what_goods_left(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    january, february = day_from_iso("2027-01-10"), day_from_iso("2027-02-10")
    put_receipts(
        shop,
        Receipt("1", 1, january, (("tea", 10_00), ("cake", 20_00))),
        Receipt("2", 1, february, (("tea", 10_00), ("tea", 12_00))),
        Receipt("3", 2, february + 1, (("tea", -10_00),)),
    )
    with shop.changing() as connection:
        # Cake has no cost, so it is not counted.
        connection.execute("INSERT INTO product VALUES ('tea', '', '', 400, NULL, 0, 1)")
    picture = pictures(page_of(shop))["cost"]
    assert list(picture.table.rows) == [
        # January: 10 - 4 = 6
        ("2027-01", 10_00, 6_00, 0),
        # February: 10 + 12 - 10 = 12 for tea, of which one came back: 12 - 4 - 4 + 4 = 8; nothing was adopted, so nothing costs
        ("2027-02", 12_00, 8_00, 0),
    ]
    # Tea came back on the 11th, so February is not over: 0 of 6 in January. The shop has adopted nothing, so it has no currency.
    assert str(picture.says) == "2027-01: rewards cost 0.00 , 0% of a margin of 6.00  on members' purchases."
    # A margin that the program states is that of all purchases: 25 % of 30.00, and of 22.00 - 10.00.
    with shop.changing() as connection:
        connection.execute("INSERT INTO setting VALUES ('costs', ?)", (Costs(margin=2500).kept(),))
    assert [row[1:3] for row in pictures(page_of(shop))["cost"].table.rows] == [(30_00, 7_50), (12_00, 3_00)]


def test_months_before_the_first_receipt_of_the_page_are_not_shown_however_long_ago_there_were_others(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    long_ago, lately = day_from_iso("2025-01-10"), day_from_iso("2027-02-10")
    put_receipts(shop, Receipt("1", 1, long_ago, (("tea", 10_00),)), Receipt("2", 2, lately, (("tea", 30_00),)))
    page = page_of(shop)
    assert [row[:3] for row in page.table.rows] == [(lately, 1, 30_00)]
    # Member 1 bought for the first time two years ago, so one member is new.
    assert [row[4:6] for row in page.table.rows] == [(1, 1)]
    assert list(pictures(page)["turnover"].table.rows) == [("2027-02", 30_00, 0, 100_00)]


def test_the_shop_is_asked_for_nothing_twice(tmp_path: Path) -> None:
    ladder = "{guest: {at_least: 0}, friend: {at_least: 9.00, discount: 3%}}"
    tiers = f"tiers: {{by: spend, counted_over: 12 months, going_down: one step, ladder: {ladder}}}"
    shop = make_shop(tmp_path / "shop", f"{PROGRAM}costs: {{margin: 25%}}\n{tiers}\n")
    day = day_from_iso("2026-05-04")
    put_receipts(shop, Receipt("1", 1, day, (("tea", 10_00),)), Receipt("2", 1, day + 40, (("tea", 30_00),)))
    recalc(shop)
    asked: list[str] = []
    with shop.reading() as connection:
        question = question_of(Wanted(), kept_facts(connection), shop.now)
        connection.set_trace_callback(asked.append)
        page = dashboard.page(connection, question)
    assert page is not None
    # 3 % of 30.00; the tier counts from the day after it was reached on.
    assert [row[3] for row in pictures(page)["cost"].table.rows][1] == 90
    assert [select for select, times in Counter(asked).items() if times > 1] == []


def test_what_is_owed_begins_with_the_first_points_also_where_they_wait(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("10.00}}", "10.00}}, usable_after: 35 days"))
    # 10 points of 20 January can be used from 24 February on (11 days of January and 24 of February); 5 of 20 February not yet.
    january, february = day_from_iso("2027-01-20"), day_from_iso("2027-02-20")
    put_receipts(shop, Receipt("1", 1, january, (("tea", 100_00),)), Receipt("2", 1, february, (("tea", 50_00),)))
    recalc(shop)
    rows = pictures(page_of(shop))["owed_for_points"].table.rows
    assert [(row[0], row[1], row[4]) for row in rows] == [("2027-01", 0, 0), ("2027-02", 10, 10), ("2027-03", 0, 10)]


def test_where_nobody_is_new_for_a_year_the_page_says_so(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2025-01-01\n")
    put_receipts(shop, *(Receipt(on, 1, day_from_iso(on), (("tea", 10_00),)) for on in ("2025-01-05", "2027-02-20")))
    recalc(shop)
    said = [str(each) for each in page_of(shop).left_out if str(each).startswith("Who came back")]
    assert said == ["Who came back: nobody has bought for the first time in these months."]
