"""The best share of all members, month by month, worked by hand; at once or night by night, and whatever comes late."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.check import check
from loyalty_cli.render.words import say
from loyalty_cli.rules.segments.best import Best
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
segments:
  top: {best: {share: 40%, counted_over: 2 months}}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
    double: {multiply: 2x, only: {segments: [top]}}
"""
ROWS = (
    "2026-01-10,10:00:00,Market,1,2901,tea,1,100.00",
    "2026-01-12,10:00:00,Market,2,2902,tea,1,80.00",
    "2026-01-15,10:00:00,Market,3,2903,tea,1,80.00",
    "2026-01-20,10:00:00,Market,4,2904,tea,1,10.00",
    "2026-02-01,10:00:00,Market,5,2904,tea,1,200.00",
    "2026-02-06,10:00:00,Market,6,2902,tea,-1,-30.00",
)
ENTRIES = """
SELECT number, effective_on - 2461041, quantity FROM ledger JOIN asset ON asset.id = asset_id JOIN card USING (member_id)
 WHERE name = 'segment:top' ORDER BY 1, 2"""
# 1 February is day 32, 1 March 60, 1 April 91, 1 May 121.
# February, by December and January: 100, 80, 80, 10; 40 % of 4 are 1.6, so 2 and who is equal with the second: three.
# March, by January and February: 2904 has 210, 2901 100, 2903 80, 2902 80 - 30 = 50: the first two.
# April, by February and March: 2904 alone has spent something, so one. May: nobody has.
EXPECTED = [
    *[("2901", 32, 1), ("2901", 91, -1), ("2902", 32, 1), ("2902", 60, -1)],
    *[("2903", 32, 1), ("2903", 60, -1), ("2904", 60, 1), ("2904", 121, -1)],
]


def shop_with_rows(folder: Path) -> Shop:
    made = replace(shop_in(folder, PROGRAM), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(made, export(made, "a.csv", *ROWS))
    return made


def test_the_reason_says_the_money_as_people_write_it(tmp_path: Path) -> None:
    at_once = shop_with_rows(tmp_path / "a")
    recalc(at_once, as_of=day_from_iso("2026-02-28"))
    # In December and January 2901 spent 100.00.
    said = asked(at_once, "SELECT reason FROM adjustment JOIN card USING (member_id) WHERE number = '2901' ORDER BY adjustment.id LIMIT 1")
    assert said == [("2025-12-01 - 2026-01-31: 100.00 PLN",)]


def test_the_best_of_all_are_found_at_each_months_beginning(tmp_path: Path) -> None:
    at_once = shop_with_rows(tmp_path / "a")
    recalc(at_once, as_of=day_from_iso("2026-05-31"))
    shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=lambda *_: ["loyalty.db"])
    nightly = shop_with_rows(tmp_path / "b")
    for day in range(day_from_iso("2026-01-25"), day_from_iso("2026-05-31") + 1):
        recalc(nightly, as_of=day)
    assert asked(at_once, ENTRIES) == asked(nightly, ENTRIES) == EXPECTED
    recalc(nightly, as_of=day_from_iso("2026-05-31"), everyone=True)
    assert asked(nightly, ENTRIES) == EXPECTED
    assert not check(nightly).exit_code
    # On the first morning of March 2901 is in, and the double points hold that day.
    taken_in(nightly, export(nightly, "b.csv", "2026-03-01,10:00:00,Market,9,2901,tea,1,10.00"))
    recalc(nightly, as_of=day_from_iso("2026-05-31"))
    # 10 + 2 x 1; and the orders that were told are as they were.
    assert asked(nightly, "SELECT points FROM standing JOIN card USING (member_id) WHERE number = '2901'") == [(12,)]
    assert asked(nightly, ENTRIES) == EXPECTED


def test_an_order_is_not_told_before_its_last_day_has_ended(tmp_path: Path) -> None:
    shop = replace(shop_in(tmp_path / "shop", PROGRAM), now=datetime(2026, 1, 31, 12, tzinfo=UTC))
    taken_in(shop, export(shop, "a.csv", *ROWS[:4]))
    recalc(shop, as_of=day_from_iso("2026-01-31"))
    taken_in(shop, export(shop, "b.csv", "2026-01-31,15:00:00,Market,9,2904,tea,1,500.00"))
    recalc(replace(shop, now=datetime(2026, 2, 1, 2, tzinfo=UTC)))
    told = "SELECT number FROM adjustment JOIN card USING (member_id) WHERE asset LIKE 'ranked:%' ORDER BY 1"
    # 510, 100, 80, 80: 40 % of 4 are 1.6, so the first two.
    assert asked(shop, told) == [("2901",), ("2904",)]


def slow_best(spent: dict[int, int], percent: int) -> set[int]:
    """One by one, from the greatest down, until the share is full and the next one has less."""
    left = sorted(spent.items(), key=lambda each: -each[1])
    buyers = sum(amount > 0 for amount in spent.values())
    found: list[int] = []
    last = 0
    for member, amount in left:
        if amount <= 0 or (len(found) * 100 >= buyers * percent and amount < last):
            break
        found.append(member)
        last = amount
    return set(found)


@pytest.mark.parametrize("seed", range(200))
def test_the_best_are_those_of_a_slow_count(seed: int) -> None:
    chance = random.Random(seed)
    percent = chance.randint(1, 99)
    spent = {member: chance.randint(-3, 12) for member in range(chance.randint(0, 40))}
    condition = Best(share=percent * 100, counted_over=Span(count=1, unit="months"))
    assert set(condition.best_of(spent)) == slow_best(spent, percent)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "among the 10% of all buyers who spent most in 3 months"),
        ("pl", "wśród 10% kupujących, którzy wydali najwięcej przez 3 miesiące"),
        ("ru", "среди 10% покупателей, потративших больше всех за 3 месяца"),
        ("ro", "printre cei 10% dintre cumpărători care au cheltuit cel mai mult în 3 luni"),
    ],
)
def test_a_share_of_the_best_is_said_with_its_percent_sign(language: str, said: str) -> None:
    best = Best(share=1000, counted_over=Span(count=3, unit="months"))
    assert say(best.announced(lambda amount: Money(amount, "PLN")), language) == said
