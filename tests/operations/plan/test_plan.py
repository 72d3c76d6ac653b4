"""Planning a first program: its cost by hand, what is written is in order and its examples hold, the launch plan, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.plan.launch import launch_plan
from loyalty_cli.operations.plan.plan import plan
from loyalty_cli.operations.plan.plan import plan_of
from loyalty_cli.operations.plan.plan import size_known
from loyalty_cli.operations.plan.plan import write_plan
from loyalty_cli.operations.plan.planning import Planning
from loyalty_cli.operations.plan.trading import branch_known
from loyalty_cli.operations.plan.trading import BRANCHES
from loyalty_cli.operations.plan.trading import Said
from loyalty_cli.operations.plan.trading import trade_of_history
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.shop.template import Answers
from loyalty_cli.paying.proposal import SIZES
from loyalty_cli.program.load import load_program
from loyalty_cli.render.document import as_page
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.paying.proposal import Size

STARTS = day_from_iso("2027-01-11")
SAID = Said(branch="home", receipt=50_00, visits=1_50, members=400, margin=30_00)
PLANNING = Planning(said=SAID, answers=Answers(starts=STARTS), set_up=1500_00, monthly=49_00)


def folder(path: Path) -> Shop:
    """A folder without anything."""
    now = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
    return Shop(program=path / "program.yaml", database=path / "loyalty.db", now=now, secret="")


def test_what_each_size_costs_a_month_and_when_it_pays(tmp_path: Path) -> None:
    outcome = plan(folder(tmp_path), PLANNING)
    rules = [(row[1], *row[3:]) for row in outcome.tables[1].rows]
    assert rules == [
        # small: 30,000 points at 0.015 are 450.00; 80 % of them 360.00
        ("points.for purchases", 30_000, 450_00, 360_00),
        # middle: at 0.01; 30 coupons of 5.00, half of them used
        ("points.for purchases", 30_000, 300_00, 240_00),
        ("rewards.coupon for much", 30, 150_00, 75_00),
        # 61.51 % - 23.49 % of the turnover at 0.5 %, 23.49 % at 1 %; 38.02 % and 23.49 % of 600 receipts
        ("tiers", 228, 57_03, 57_03),
        ("tiers", 141, 70_47, 70_47),
        # large: a seventh of the points (14.28 %) once more; 33 birthdays a month, of which half bring their 3.00
        ("points.for purchases", 30_000, 450_00, 360_00),
        ("points.quiet day", 4_284, 64_26, 51_41),
        ("rewards.coupon for much", 30, 180_00, 90_00),
        ("rewards.your day", 33, 99_00, 49_50),
        ("tiers", 228, 114_06, 114_06),
        ("tiers", 141, 140_94, 140_94),
    ]
    assert [row[1:] for row in outcome.tables[0].rows] == [
        # 360 + 49 = 409.00 is 1.36 %; 409 / (9,000 - 360) = 4.734 %, rounded up to 4.74 %. A tenth more: 900.00 - (396.00 + 49.00) is
        # 455.00, so 1,500.00 take 4 months; a fifth more: 1,800.00 - (432.00 + 49.00) is 1,319.00: 2 months.
        (409_00, 499_00, 136, 474, 4, 2),
        # 442.50 + 49 = 491.50: 491.5 / 8,557.5 = 5.744 %; 900 - 535.75 = 364.25: 5 months; 1,800 - 580 = 1,220: 2
        (491_50, 626_50, 164, 575, 5, 2),
        # 805.91 + 49 = 854.91: 854.91 / 8,194.09 = 10.433 %; a tenth more does not pay for it; 1,800 - 1,016.09 = 783.91: 2
        (854_91, 1097_26, 285, 1044, None, 2),
    ]


@pytest.mark.parametrize("visits", [1_50, 4_00])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "currency", "receipt"), [("en", "PLN", 50_00), ("ru", "RUB", 900_00), ("ro", "JPY", 1_800)])
def test_what_is_written_is_in_order_and_its_examples_hold(
    tmp_path: Path, size: Size, visits: int, language: str, currency: str, receipt: int
) -> None:
    shop = folder(tmp_path / "new")
    answers = Answers(language=language, currency=currency, starts=STARTS, name="Klub: 'Róża'")
    planning = replace(PLANNING, answers=answers, said=replace(SAID, visits=visits, receipt=receipt))
    write_plan(shop, planning, size)
    outcome = check_program(shop)
    assert outcome.warnings == []
    assert int(str(outcome.data["examples"])) >= {"small": 1, "middle": 4, "large": 6}[size]
    program = load_program(shop.program)
    assert (program.name, program.language, program.starts) == ("Klub: 'Róża'", language, STARTS)
    assert program.costs is not None
    assert program.costs.costs(STARTS).margin == 30_00
    # What it costs is reckoned of the very program that is written.
    assert plan_of(folder(tmp_path), planning).size(size).text == shop.program.read_text(encoding="utf-8")


def test_a_program_that_is_there_is_never_touched(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    shop.program.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="is there already"):
        write_plan(shop, PLANNING, "small")
    shop.program.rename(tmp_path / "examples.yaml")
    with pytest.raises(Refused, match="is there already"):
        write_plan(shop, PLANNING, "small")
    assert [path.name for path in tmp_path.iterdir()] == ["examples.yaml"]


@pytest.mark.parametrize("budget", [300_00, 450_00, 800_00, 5_000_00])
def test_no_size_costs_more_than_the_budget_if_all_is_used(tmp_path: Path, budget: int) -> None:
    made = plan_of(folder(tmp_path), replace(PLANNING, budget=budget))
    assert all(each.most + PLANNING.monthly <= budget for each in made.sizes)
    assert [each.most for each in made.sizes] == sorted(each.most for each in made.sizes)


def test_a_budget_for_nothing_and_what_is_not_known_are_refused_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="So little can be given back"):
        plan(folder(tmp_path), replace(PLANNING, budget=60_00))
    with pytest.raises(Refused, match="average receipt"):
        plan(folder(tmp_path), replace(PLANNING, said=replace(SAID, receipt=None)))
    with pytest.raises(Refused, match="How many members"):
        plan(folder(tmp_path), replace(PLANNING, said=replace(SAID, members=None)))
    for known, text in ((branch_known, "hoem"), (size_known, "medium")):
        with pytest.raises(LoyaltyError, match=text):
            known(text)
    assert branch_known("Cafe") == "café"
    # What nobody says is as the branch has it.
    usual = plan_of(folder(tmp_path), replace(PLANNING, said=Said(branch="café", receipt=20_00, members=100))).trade
    assert (usual.margin, usual.visits) == BRANCHES["café"][:2]


def test_the_trade_that_the_shops_own_receipts_show(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", "program: P\ncurrency: PLN\ntimezone: UTC\nstarts: 2027-01-01\n", members=3)
    # Mondays 4 and 11 January, Tuesday 5 January; an older receipt is of another quarter. Member 1 comes four times, 2 twice.
    bought = [("04", 1, 10_00), ("04", 1, 20_00), ("05", 2, 9_00), ("11", 1, 15_00), ("11", 1, 6_00), ("11", 2, 120_00)]
    receipts = [Receipt(str(n), member, day(f"2027-01-{of}"), (("tea", paid),)) for n, (of, member, paid) in enumerate(bought)]
    put_receipts(shop, *receipts, Receipt("old", 3, day("2026-03-01"), (("tea", 999_00),)))
    # 180.00 of 6 receipts are 30.00; 6 receipts of 2 members in 3 months: one a month. One receipt of six is 80.00 (three
    # times 30.00, as it can be said) or more; on Tuesday 9.00 of 180.00 were paid: 5 %.
    trade = trade_of_history(shop, Said(branch="home"))
    # The margin is the branch's, and so only supposed.
    assert trade == (30_00, 1_00, 2, BRANCHES["home"].margin, 1667, 1, 500, True)
    # What is said goes before it.
    assert trade_of_history(shop, Said(members=50, margin=20_00))[2:4] == (50, 20_00)


def test_the_launch_plan_says_what_to_do_on_which_day(tmp_path: Path) -> None:
    outcome, document = launch_plan(folder(tmp_path), PLANNING, "middle")
    calendar = next(section.table for section in document.sections if section.table and section.table.name == "calendar")
    days = [int(str(row[0])) for row in calendar.rows]
    # Four weeks before the start until a year after it.
    assert (days[0], days[-1]) == (day("2026-12-14"), day("2028-01-11"))
    assert days == sorted(days)
    assert outcome.data["cost_a_month"] == 442_50
    pages = {language: as_page(document, language).decode() for language in ("en", "pl", "ru", "ro")}
    # A fifth more cards than members: 480, in hundreds 500.
    assert all("500" in page and "@page { size: A4" in page and "<script" not in page for page in pages.values())
    assert "14.12.2026" in pages["pl"]
    assert "5.75%" in pages["en"]


def test_every_report_that_the_launch_plan_names_is_there() -> None:
    from loyalty_cli.operations.plan.launch import LOOKS
    from loyalty_cli.reports.all_reports import ALL_REPORTS

    assert {where.removeprefix("report ") for _, _, where, _ in LOOKS} <= set(ALL_REPORTS)
