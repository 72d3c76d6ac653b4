"""The report on money: every figure of a small shop by hand, what its sentences say, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.goal import Goal
from loyalty_cli.model.goal import goals_kept
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from loyalty_cli.render import plain
from loyalty_cli.render.look import Look
from tests.reports.money.shop_with_costs import COSTS
from tests.reports.money.shop_with_costs import shop_with_costs
from tests.shop_builder import day
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from tests.snapshots import Snapshot


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return shop_with_costs(tmp_path_factory.mktemp("money") / "shop")


def rows(outcome: Outcome, name: str) -> list[tuple[Cell, ...]]:
    return list(next(table for table in outcome.tables if table.name == name).rows)


def said(outcome: Outcome) -> str:
    return "\n".join(str(note) for note in outcome.tables[0].notes)


def test_what_each_kind_costs(shop: Shop) -> None:
    # 40 + 140 + 350 = 530 points at 0.05 are 26.50; 80 % of them 21.20; 100 of them paid 5.00. Two coupons of 5.00, of
    # which every one that is over was used. One mug. 10 % of Ana's 50.00 as a friend. Members paid 490.00.
    assert [(str(said_again(str(row[0]))), *row[1:]) for row in rows(report(shop, "money", Wanted()), "money")] == [
        ("points", 26_50, 21_20, 5_00, 1, 5_00, 433),  # 21.20 / 490 = 4.33 %
        ("coupons", 10_00, 10_00, 5_00, 1, 5_00, 204),
        ("gifts", 12_00, 12_00, 12_00, 1, 12_00, 245),
        ("discounts", 5_00, 5_00, 5_00, 1, 5_00, 102),
        ("each month", 5_00, 5_00, 5_00, None, None, 102),
        ("setting up", 80_00, 80_00, 80_00, None, None, None),
    ]


def test_what_each_month_costs_and_leaves(shop: Shop) -> None:
    assert rows(report(shop, "money", Wanted()), "money-by-month") == [
        # Nothing but posters: the margin on nothing can pay for nothing.
        ("2025-12", 0, 0, 0, None, 0, 0, 0, 0, 0, 0, 20_00, None, 0, -20_00),
        # 180 points 9.00, 80 % 7.20, a coupon: 12.20 of 140.00 are 8.71 %. 40 % of 140.00 are 56.00. 56.00 is less than
        # 12.20 + 80.00. Of 140.00 a fifth is there because of the program: 28.00, which leaves 11.20.
        ("2026-01", 140_00, 30_00, 12_20, 871, 56_00, 43_80, 14_00, 12_20, 0, 0, 60_00, None, 11_20, -81_00),
        # 350 points 17.50, 14.00; a coupon, a mug, 5.00 off: 36.00, and 5.00 for the tool: 41.00, 11.71 %.
        # 133.20 / (196.00 - 133.20) = 212.11 %. 350.00 / 5 x 40 % = 28.00; -81.00 + 28.00 - 41.00.
        ("2026-02", 350_00, 0, 41_00, 1171, 140_00, 99_00, 39_50, 36_00, 27_00, 5_00, 0, 21211, 28_00, -94_00),
    ]


def test_what_each_rule_costs(shop: Shop) -> None:
    outcome = report(shop, "money", Wanted())
    assert rows(outcome, "money-by-rule") == [
        # 490 and 40 points. Until 12 February basic gave 190, tea 40: of 5.00 that is 4.13 and 0.87.
        ("points.basic", "points", 490, 24_50, 19_60, 4_13, None, None),
        ("points.tea", "points", 40, 2_00, 1_60, 87, None, None),
        ("rewards.big", "coupon:next visit", 2, 10_00, 10_00, 5_00, 1, 5_00),
        ("rewards.mug", "gift:mug", 1, 12_00, 12_00, 12_00, 1, 12_00),
        ("tiers", "tier:friend", 1, 5_00, 5_00, 5_00, 1, 5_00),
    ]
    assert rows(outcome, "money-by-rule-and-month")[:3] == [
        ("2026-01", "points.basic", "points", 140, 7_00, 5_60, 0, None, None),
        ("2026-01", "points.tea", "points", 40, 2_00, 1_60, 0, None, None),
        ("2026-01", "rewards.big", "coupon:next visit", 1, 5_00, 5_00, 0, 0, None),
    ]


def test_coupons_for_whoever_brings_them_cost_what_they_paid(tmp_path: Path) -> None:
    shop = shop_with_costs(tmp_path / "shop")
    with shop.changing() as connection:
        first = day("2026-02-01")
        connection.execute("INSERT INTO coupon_batch VALUES (1, 'leaflet', 'spring', '{}', ?, ?, ?, '', '')", (first, first, first + 27))
        connection.executemany("INSERT INTO bearer_coupon (id, code, batch_id) VALUES (?, ?, 1)", [(1, "A"), (2, "B"), (3, "C")])
        for number in (1, 2):
            used = (number, number, first + 9, str(number))
            connection.execute("INSERT INTO bearer_use VALUES (?, ?, 300, NULL, '', ?, 0, '', '', ?)", used)
    outcome = report(shop, "money", Wanted())
    # Two of three were used for 3.00 each; the third costs nothing as long as nobody brings it.
    assert rows(outcome, "money-by-rule")[2] == ("coupons.spring", "coupon:spring", 2, 6_00, 6_00, 6_00, 2, 3_00)
    # Besides the two coupons of members, 10.00, of which one was used: 16.00, of 490.00 3.27 %
    kinds = {str(said_again(str(row[0]))): row[1:] for row in rows(outcome, "money")}
    assert kinds["coupons"] == (16_00, 16_00, 11_00, 3, 3_67, 327)


@pytest.mark.parametrize(
    ("terms", "sold", "costs"),
    [
        # Sold at their worth they are money: nothing beside the 10.00 of members' coupons, of which 5.00 were used.
        ("worth: 50.00, remainder: is kept", "sold", (10_00, 10_00, 5_00, 1)),
        # 50.00 for 45.00: a tenth of the 30.01 that one paid, 3.00.
        ("worth: 50.00, remainder: is kept", "{treatment: sold, price: 45.00}", (13_00, 13_00, 8_00, 2)),
        # Four visits with a tenth off, 12.50 usually, for 45.00: the same tenth.
        ("discount: 10%, uses: 4", "{treatment: sold, price: 45.00, worth: 12.50}", (13_00, 13_00, 8_00, 2)),
        # What nobody paid for costs all that it pays.
        ("worth: 50.00, remainder: is kept", "provision", (40_01, 40_01, 35_01, 2)),
    ],
)
def test_a_gift_card_that_was_sold_pays_with_its_buyers_money(tmp_path: Path, terms: str, sold: str, costs: tuple[int, ...]) -> None:
    shop = shop_with_costs(tmp_path / "shop")
    card = f"coupons: {{gift card: {{{terms}, valid_for: 1 year}}, "
    text = shop.program.read_text(encoding="utf-8").replace("coupons: {", card)
    shop.program.write_text(text.replace("books: {", f"books: {{coupons: {{gift card: {sold}}}, "), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-02-28"), by="Ewa")
    with shop.changing() as connection:
        first = day("2026-02-01")
        connection.execute("INSERT INTO coupon_batch VALUES (1, 'k', 'gift card', '{}', ?, ?, ?, '', '')", (first, first, first + 99))
        connection.execute("INSERT INTO bearer_coupon (id, code, batch_id) VALUES (1, 'A', 1)")
        connection.execute("INSERT INTO bearer_use VALUES (1, 1, 3001, NULL, '', ?, 0, '', '', '1')", (first,))
    kinds = {str(said_again(str(row[0]))): row[1:] for row in rows(report(shop, "money", Wanted()), "money")}
    assert kinds["coupons"][:4] == costs


def test_days_that_are_over_are_shown_to_their_end(shop: Shop) -> None:
    def used(first: str, last: str) -> dict[str, tuple[Cell, ...]]:
        found = rows(report(shop, "money", Wanted(first=day(first), last=day(last))), "money")
        return {str(said_again(str(row[0]))): row[3:5] for row in found if row[3]}

    # The last purchase until the 13th is of the 10th; 100 points and a coupon were used on the 12th: 5.00 each. The mug went on the 15th.
    assert used("2026-02-01", "2026-02-13") == {
        "points": (5_00, 1), "coupons": (5_00, 1), "discounts": (5_00, 1), "each month": (5_00, None),
    }  # fmt: skip
    assert used("2026-02-14", "2026-02-28") == {"gifts": (12_00, 1)}


def test_days_before_the_first_cost_are_all_shown(tmp_path: Path) -> None:
    shop = shop_with_costs(tmp_path / "shop", costs="")
    put_receipts(shop, Receipt("a", 1, day("2025-11-03"), (("bread", 7_00),)), Receipt("b", 1, day("2025-11-20"), (("tea", 8_00),)))
    outcome = report(shop, "money", Wanted(first=day("2025-11-01"), last=day("2025-11-30")))
    # 7.00 + 8.00; of the program, which starts in January, there is nothing, and it says so.
    assert [row[:4] for row in rows(outcome, "money-by-month")] == [("2025-11", 15_00, 0, 0)]
    assert str(outcome.tables[0].empty) == "Nothing was given on these days."
    # So does a month without a purchase.
    outcome = report(shop, "money", Wanted(first=day("2025-12-01"), last=day("2025-12-31")))
    assert (outcome.tables[0].rows, str(outcome.tables[0].empty)) == ([], "Nothing was given on these days.")


def test_what_it_says(shop: Shop) -> None:
    text = said(report(shop, "money", Wanted()))
    # 12.20 + 41.00 of 490.00 are 10.86 %; 196.00 - 53.20
    assert "Members paid 490.00 PLN, others 30.00 PLN." in text
    assert "cost 53.20 PLN: 10.86% of what members paid." in text
    assert "At a margin of 40% members' purchases left 196.00 PLN; after the program's cost 142.80 PLN remain." in text
    assert "if members buy at least 212.11% more" in text
    # January brought 1.00 less than it cost, and February is running.
    assert "If they buy 25% more, as costs: supposes, 94.00 PLN are missing, and at the pace of late they always will be." in text
    assert "Expected: 80% of the points will be used." in text


def test_days_on_which_nothing_happened_are_told_as_such(shop: Shop) -> None:
    """The last that costs anything is the mug of 15 February; the program is there all the same."""
    table = report(shop, "money", Wanted(first=day("2026-02-20"), last=day("2026-02-28"))).tables[0]
    assert (table.rows, str(table.empty)) == ([], "Nothing was given on these days.")


def test_some_days_count_alone_but_the_balance_comes_from_the_beginning(shop: Shop) -> None:
    outcome = report(shop, "money", Wanted(first=day("2026-02-11"), last=day("2026-02-28")))
    # Member 2's 300.00 alone: 300 points 15.00, 12.00; a coupon and a mug. No receipt of a friend. The tool is paid on the first.
    ((month, *paid),) = rows(outcome, "money-by-month")
    assert (month, *paid[:3]) == ("2026-02", 300_00, 0, 29_00)
    assert paid[-1] == -94_00
    assert [row[:3] for row in rows(outcome, "money-by-rule")] == [
        ("points.basic", "points", 300),
        ("points.tea", "points", 0),
        ("rewards.big", "coupon:next visit", 1),
        ("rewards.mug", "gift:mug", 1),
    ]


@pytest.mark.parametrize("last", [1, 10, 14, 27])
def test_the_parts_of_a_month_pay_once_what_is_paid_each_month(shop: Shop, last: int) -> None:
    spans = [(day("2026-02-01"), day(f"2026-02-{last:02}")), (day(f"2026-02-{last + 1:02}"), day("2026-02-28"))]
    parts = [rows(report(shop, "money", Wanted(first=first, last=end)), "money-by-month")[0] for first, end in spans]
    # 350.00 of members; the tool's 5.00 in the first part, which has the first day.
    assert (sum(int(str(part[1])) for part in parts), [part[10] for part in parts]) == (350_00, [5_00, 0])


def test_the_costs_hold_as_soon_as_the_file_says_them(tmp_path: Path) -> None:
    shop = shop_with_costs(tmp_path / "shop", costs="")
    text = said(report(shop, "money", Wanted()))
    assert "What is left of a sale is not known." in text
    assert [row[0] for row in rows(report(shop, "money", Wanted()), "money-by-month")] == ["2026-01", "2026-02"]
    with shop.program.open("a", encoding="utf-8") as file:
        file.write(COSTS)
    recalc(shop)
    assert "At a margin of 40%" in said(report(shop, "money", Wanted()))
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM version").fetchone() == (1,)


def test_the_margin_is_that_of_the_list_of_products_where_it_is_not_said(tmp_path: Path) -> None:
    shop = shop_with_costs(tmp_path / "shop", costs="")
    with shop.changing() as connection:
        connection.execute("INSERT INTO product (code, name, category, cost, import_id) VALUES ('bread', 'bread', '', 10000, 1)")
    # Three breads for 100.00, 50.00 and 300.00 cost 100.00 each: (450 - 300) / 450 = 33.33 %; of 490.00 that is 163.32.
    (first, second) = rows(report(shop, "money", Wanted()), "money-by-month")
    assert (first[5], second[5]) == (46_66, 116_66)


def test_simulating_the_program_in_force_costs_what_the_report_expects_of_rewards(shop: Shop) -> None:
    # Both by one piece; a simulation expects all points to be used: 26.50, and 10.00, 12.00, 5.00.
    (today, _) = simulate(shop, [shop.program], Wished()).tables[0].rows
    assert today[1:7] == (26_50, 10_00, 12_00, 5_00, 0, 53_50)
    # 196.00 - 53.50 are left of 40 %, as costs: says
    assert simulate(shop, [shop.program], Wished()).tables[1].rows[0][3] == 3755


def test_it_looks_as_it_did(shop: Shop, snapshot: Snapshot) -> None:
    outcome = report(shop, "money", Wanted())
    pages = [plain.render(outcome, Look(language=language)).decode() for language in ("en", "pl", "ru", "ro")]
    snapshot.check("\n".join(pages), "money.txt")


def expected(shop: Shop, wanted: Wanted) -> list[int]:
    """What each kind of reward is expected to cost."""
    costs = rows(report(shop, "money", wanted), "money")
    return [row[2] for row in costs if row[4] is not None]  # type: ignore[misc]


def test_the_goal_of_cost_is_the_cost_of_this_report(tmp_path: Path) -> None:
    copied = shop_with_costs(tmp_path / "shop")
    with copied.changing() as connection:
        goals = goals_kept([Goal(name="c", measure="cost_below", target=300)])
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('goals', ?)", (goals,))
        last = connection.execute("SELECT max(day) FROM receipt").fetchone()[0]
    wanted = Wanted(first=last - 27, last=last)
    turnover = sum(row[1] for row in rows(report(copied, "money", wanted), "money-by-month"))  # type: ignore[misc]
    (table,) = report(copied, "goals", Wanted(as_of=last)).tables
    cost = sum(expected(copied, wanted))
    assert cost > 0
    assert table.rows[0][3] == (2 * 10_000 * cost + turnover) // (2 * turnover)


def test_the_page_shows_the_cost_of_this_report(shop: Shop) -> None:
    page = report(shop, "dashboard", Wanted()).dashboard
    assert page is not None
    picture = next(each for each in page.pictures if each.table.name == "cost")
    expected_by_month = {row[0]: row[8] for row in rows(report(shop, "money", Wanted()), "money-by-month")}
    assert [row[3] for row in picture.table.rows] == [expected_by_month[row[0]] for row in picture.table.rows]
    assert sum(row[3] for row in picture.table.rows) == sum(expected(shop, Wanted()))  # type: ignore[misc]


def test_a_day_asked_for_is_the_last_of_the_days(shop: Shop) -> None:
    end = day("2026-01-31")
    until, as_of = (rows(report(shop, "money", asked), "money-by-month") for asked in (Wanted(last=end), Wanted(as_of=end)))
    # The posters of December and January's 12.20.
    assert until == as_of
    assert [row[3] for row in until] == [0, 12_20]
