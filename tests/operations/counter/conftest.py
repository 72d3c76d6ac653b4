"""A small shop with a member who comes to the counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from itertools import count
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import iso
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
unknown_cards: are set aside
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder: {guest: {at_least: 0}, friend: {at_least: 100.00, discount: 5%, benefits: [free hemming]}, patron: {at_least: 300.00}}
points:
  earn: {basic: {points: 1, for_every: 1.00}, tea: {multiply: 2, only: {categories: [tea]}}}
  lapse_after: 12 months
  one_point_pays: 0.10
  pays_up_to: 50%
discounts:
  together: best
  offers:
    big basket: {by: this basket, discount: {200: 10%}}
    seniors: {discount: 7%, only: {groups: [senior]}}
coupons:
  thanks: {worth: 20.00, basket_at_least: 50.00, valid_for: 60 days, held_by: member}
rewards:
  from 100: {when: {one_purchase: 100.00}, give: {coupon: thanks}}
  month: {when: {spend: 300.00, counted_over: calendar month}, give: {points: 50}}
"""
TODAY = day("2026-03-16")


def moment(on: int) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{iso(on)}T12:00:00").replace(tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Member 1 has bought for 120.00 in February and holds 120 points and a coupon; member 2 has bought nothing."""
    shop = make_shop(tmp_path / "shop", PROGRAM, now=moment(TODAY))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-02"), (("bread", 12_000),)))
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Anna Nowak', birthday = '1990-03-18', email = 'a@example.com' WHERE id = 1")
    recalc(shop)
    issue_coupons(shop)
    return shop


@pytest.fixture
def session(shop: Shop) -> Session:
    """A counter that has just been opened."""
    numbers = count(1)
    return Session(shop=lambda: replace(shop, secret=f"{next(numbers):08x}" * 8), by="Ewa")
