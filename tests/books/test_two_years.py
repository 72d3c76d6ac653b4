"""The journal of the demo's two years, as hledger and beancount work it out."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from datetime import time
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import month_of
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.make import make_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.sell import sell_coupons
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.adopt import adopt_program
from tests.books.by_other_programs import held_against_both

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day

BOOKS = """
books:
  policy: deferral
  expected_use: {2025-01-01: 70%, 2026-01-01: 62%}
  stated_by: Ewa
  coupons:
    next visit: {treatment: deferral, expected_use: 40%}
    birthday: {treatment: provision, worth: 12.00, expected_use: 30%}
    good quarter: provision
    tenth tea: {treatment: deferral, worth: 9.00, expected_use: 80%}
    gift card: {treatment: sold, owed_from: sale, expected_use: {2025-01-01: 95%, 2026-03-01: 90%}}
    massage: {treatment: sold, price: 110.00, vat: single-purpose, rate: {2025-01-01: 8%, 2026-01-01: 23%}}
"""
CARDS = """
  gift card: {worth: 100.00, remainder: is kept, valid_for: 6 months}
  massage: {worth: 120.00, valid_for: 3 months}
"""
# On the 15th of every third month some members use a third of what they earned in the hundred days before.
USES = """
INSERT INTO redemption (member_id, kind, points, amount, store_id, day, clock, at, by, key)
SELECT member_id, 'points', sum(total) / 600, sum(total) / 600 * 4, min(store_id), :day, 43200, '', '', :day || ' ' || member_id
  FROM receipt WHERE gone = 0 AND member_id % 4 = :day % 4 AND day BETWEEN :day - 110 AND :day - 16
 GROUP BY member_id HAVING sum(total) > 60000
"""


def trade_in_cards(shop: Shop, first: Day) -> None:
    """Every quarter three cards and three vouchers are made; two cards are sold, one pays twice; a voucher pays, one is void."""
    for number, day in enumerate(range(first + 30, first + 700, 91)):

        def at(later: int, day: Day = day) -> Shop:
            return replace(shop, now=datetime.combine(date_of(day + later), time(9), UTC))

        cards, vouchers = (made_codes(at(0), name, count, f"{name} {number}") for name, count in (("gift card", 3), ("massage", 3)))
        sell_coupons(at(5), cards[:2], AtTheTill(by="Ewa"))
        for code, later, basket in ((cards[0], 20, "61.50"), (cards[0], 45, "12.00"), (vouchers[0], 50, "150.00")):
            redeem_coupon(at(later), code, AtTheTill(basket=basket, receipt=f"G{number}-{later}"))
        void_coupon(at(12), vouchers[1], by="Ewa", reason="brought back")


def made_codes(shop: Shop, name: str, count: int, key: str) -> list[str]:
    """The codes of cards just made."""
    data: Any = make_coupons(shop, name, count, key=key).data
    return list(data["codes"])


def test_the_demo_s_two_years(made_demo: Path, tmp_path: Path) -> None:
    pytest.importorskip("beancount.loader")
    folder = tmp_path / "demo"
    shutil.copytree(made_demo, folder)
    now = datetime(2026, 11, 1, 7, tzinfo=UTC)
    shop = Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=now, secret="ab" * 32)
    text = shop.program.read_text(encoding="utf-8").replace("\ncoupons:", f"\ncoupons:{CARDS.rstrip()}") + BOOKS
    shop.program.write_text(text, encoding="utf-8")
    with shop.changing() as connection:
        first = connection.execute("SELECT min(day) FROM receipt").fetchone()[0]
        for day in range(first + 120, first + 720, 91):
            connection.execute(USES, {"day": day})
    adopt_program(shop, from_day=first, by="")
    trade_in_cards(shop, first)
    recalc(shop, everyone=True)
    journal = held_against_both(shop, tmp_path)
    assert len({month_of(each.day) for each in journal.transactions}) >= 22
    assert {"earned", "used", "lapsed", "taken back", "estimate"} <= {each.kind for each in journal.transactions}
    of_coupons = {(each.coupon, each.kind) for each in journal.transactions}
    assert {("gift card", kind) for kind in ("earned", "used", "lapsed", "estimate")} <= of_coupons
    assert {("massage", kind) for kind in ("earned", "used", "lapsed", "taken back", "VAT")} <= of_coupons
    assert {(name, "earned") for name in ("next visit", "birthday", "good quarter", "tenth tea")} <= of_coupons
