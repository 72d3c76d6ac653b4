"""Random shops, seeded: the report equals a second, slow reckoning that goes entry by entry and receipt by receipt."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import iso
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

MEMBERS = 4
PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-15
before_start: counts for tiers and growing discounts
points:
  earn: {basic: {points: 1, for_every: 1.00}, tea: {points: 2, for_every: 3.00, only: {categories: [tea]}}}
  usable_after: 3 days
  lapse_after: 30 days
  one_point_pays: 0.013
tiers:
  by: spend
  counted_over: 30 days
  going_down: at once
  ladder: {guest: {at_least: 0, discount: 1%}, friend: {at_least: 150, discount: 7%}}
rewards:
  big: {when: {one_purchase: 90.00}, give: {points: 15}}
costs: {set_up: {cards: 33.00, tool: {amount: 7.00, on: 2026-02-03}}, each_month: {tool: 3.00}, margin: 35%, uplift: 20%}
"""
ENTRIES = """
SELECT effective_on, rule.name, asset.name, quantity FROM ledger JOIN rule ON rule.id = rule_id JOIN asset ON asset.id = asset_id
 WHERE asset.name IN ('points', 'pending')
"""
TIERS = """
SELECT member_id, effective_on, substr(asset.name, 6) FROM ledger JOIN asset ON asset.id = asset_id
 WHERE asset.name GLOB 'tier:*' AND quantity > 0 ORDER BY effective_on, ledger.id
"""
RECEIPTS = """
SELECT r.member_id, r.day, r.total, coalesce(sale.day, r.day) FROM receipt r
  LEFT JOIN return_of f ON f.return_id = r.id LEFT JOIN receipt sale ON sale.id = f.sale_id
"""
USE = "INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key) VALUES (?, 'points', ?, ?, ?, 0, '', '', ?)"


def random_shop(folder: Path, chance: random.Random) -> Shop:
    """Purchases and returns of a quarter, and some uses of points."""
    shop = replace(make_shop(folder, PROGRAM, members=MEMBERS), now=datetime(2026, 4, 2, 6, 0, tzinfo=UTC))
    receipts = []
    for number in range(chance.randrange(20, 40)):
        member, when = chance.randrange(1, MEMBERS + 1), day("2026-01-05") + chance.randrange(86)
        sale = Receipt(f"S{number}", member, when, ((chance.choice(("tea", "bread")), chance.randrange(5_00, 150_00)),))
        receipts.append(sale)
        if chance.random() < 0.2:
            lines = tuple((category, -amount) for category, amount in sale.lines)
            receipts.append(Receipt(f"R{number}", member, min(when + 9, day("2026-04-01")), lines, original=sale.number))
    put_receipts(shop, *receipts)
    with shop.changing() as connection:
        for number in range(6):
            points, when = chance.randrange(1, 30), day("2026-02-01") + chance.randrange(50)
            connection.execute(USE, (chance.randrange(1, MEMBERS + 1), points, chance.randrange(1, 90), when, str(number)))
    recalc(shop)
    return shop


def half_up(value: Fraction) -> int:
    """Rounded to the whole, halves up."""
    return (value + Fraction(1, 2)).__floor__()


class Slow:
    """The same figures, each from the single facts."""

    def __init__(self, shop: Shop) -> None:
        with shop.reading() as connection:
            self.receipts = connection.execute(RECEIPTS).fetchall()
            self.entries = connection.execute(ENTRIES).fetchall()
            self.tiers = connection.execute(TIERS).fetchall()
            self.uses = connection.execute("SELECT day, amount FROM redemption").fetchall()
        self.last = max(when for _, when, _, _ in self.receipts)

    @property
    def share(self) -> Fraction:
        """How much of the points is used, of those that were used or lapsed."""
        used = -sum(quantity for when, rule, _, quantity in self.entries if rule in {"redeem", "reinstate"} and when <= self.last)
        lapsed = -sum(quantity for when, rule, _, quantity in self.entries if rule == "lapse" and when <= self.last)
        return Fraction(half_up(Fraction(used * 10_000, used + lapsed)), 10_000) if used + lapsed else Fraction(1)

    def points(self) -> Counter[tuple[str, str]]:
        """Points given, by month and rule."""
        given: Counter[tuple[str, str]] = Counter()
        for when, rule, _, quantity in self.entries:
            if rule not in {"redeem", "reinstate", "lapse", "usable"} and when <= self.last:
                given[iso(when)[:7], rule] += quantity
        return given

    def off(self) -> Counter[tuple[str, str]]:
        """What tiers' percents took off, by month and tier."""
        off: Counter[tuple[str, str]] = Counter()
        for member, when, total, sold in self.receipts:
            # What comes back takes off what was taken off its sale.
            held = [tier for who, since, tier in self.tiers if who == member and since < sold]
            tier = held[-1] if held else "guest"
            if sold >= day("2026-01-15"):
                off[iso(when)[:7], tier] += half_up(Fraction(total * {"guest": 1, "friend": 7}[tier], 100))
        return off

    def used_of(self, rule: str) -> Fraction:
        """A rule's exact share of what points paid."""
        sums = Fraction(0)
        for when, amount in self.uses:
            gave: Counter[str] = Counter()
            for since, who, _, quantity in self.entries:
                if since <= when and who not in {"redeem", "reinstate", "lapse", "usable"}:
                    gave[who] += quantity
            weights = {who: quantity for who, quantity in gave.items() if quantity > 0}
            sums += Fraction(amount * weights.get(rule, 0), sum(weights.values())) if weights else 0
        return sums


def rows(shop: Shop, name: str) -> dict[tuple[Cell, ...], tuple[Cell, ...]]:
    table = next(table for table in report(shop, "money", Wanted()).tables if table.name == name)
    keys = 3 if name.endswith("rule-and-month") else 2 if name.endswith("rule") else 1
    return {row[:keys]: row[keys:] for row in table.rows}


@pytest.mark.parametrize("seed", range(6))
def test_the_report_is_what_single_facts_add_up_to(tmp_path: Path, seed: int) -> None:
    shop = random_shop(tmp_path / "shop", random.Random(seed))
    slow = Slow(shop)
    worth, expected = Fraction(13, 10), Fraction(half_up(1300 * slow.share), 1000)
    by_month = rows(shop, "money-by-rule-and-month")
    lines: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for (month, rule), count in slow.points().items():
        lines[month, rule, "points"] = (count, half_up(count * worth), half_up(count * expected))
    for (month, tier), off in slow.off().items():
        lines[month, "tiers", f"tier:{tier}"] = (off, off)
    for key, figures in lines.items():
        shown = by_month.get(key, (0,) * 7)
        assert (shown[1:3] if key[1] == "tiers" else shown[:3]) == figures
    for (who, asset), sums in rows(shop, "money-by-rule").items():
        # One grosz for each use is what rounding may move.
        assert asset != "points" or abs(int(sums[3] or 0) - slow.used_of(str(who))) <= len(slow.uses)
    used = sum(int(figures[3] or 0) for (_, asset), figures in rows(shop, "money-by-rule").items() if asset == "points")
    assert used == sum(amount for _, amount in slow.uses)
    check_months(slow, rows(shop, "money-by-month"), lines)


def check_months(slow: Slow, shown: dict[tuple[Cell, ...], tuple[Cell, ...]], lines: dict[tuple[str, str, str], tuple[int, ...]]) -> None:
    """Every month, and the balance from the beginning."""
    balance = turnover = cost = 0
    for month in ("2026-01", "2026-02", "2026-03"):
        inside = [(when, total) for _, when, total, _ in slow.receipts if iso(when)[:7] == month and when >= day("2026-01-15")]
        since = sum(total for when, total in inside)
        rewards = sum(figures[-1] for (of, *_), figures in lines.items() if of == month)
        set_up = {"2026-01": 33_00, "2026-02": 7_00}.get(month, 0)
        brought = half_up(Fraction(since) * Fraction(20, 120) * Fraction(35, 100))
        balance += brought - rewards - 3_00 - set_up
        turnover, cost = turnover + since, cost + rewards + 3_00 + set_up
        figures = shown[month,]
        assert (figures[2], figures[12], figures[13]) == (rewards + 3_00, brought, balance)
        left = Fraction(35, 100) * turnover - cost
        assert figures[11] == (-((-cost * 10_000) // left) if left > 0 else None)
