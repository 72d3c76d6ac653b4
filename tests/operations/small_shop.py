"""A small shop in a folder, so small that every figure can be worked by hand.

One point for each whole zloty, usable at once. Friend from 300.00 on. A coupon for a purchase of 100.00.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store.database import create

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROGRAM = """\
program: Fabric Corner Club
language: en
currency: PLN
timezone: Europe/Warsaw
starts: 2026-09-01
stores:
  Market: {files: till/market-*.csv}
  Station: {files: till/station-*.csv}
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder:
    guest:  {at_least: 0}
    friend: {at_least: 300}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 12 months
  one_point_pays: 0.05
coupons:
  next visit: {worth: 20.00, valid_for: 30 days}
rewards:
  coupon for 100: {when: {one_purchase: 100.00}, give: {coupon: next visit}}
nightly: [backup, import, recalc, coupons]
"""
HEADER = ("receipt", "date", "card", "product", "quantity", "amount")
ANA, BORIS, CORA = "2900041000015", "2900041000022", "2900041000039"

# receipt, moment, card, product, quantity, amount
Row = tuple[str, str, str, str, str, str]


def sold(receipt: int, moment: str, card: str, amount: str, *, product: str = "H01", quantity: str = "1") -> Row:
    """One row of an export."""
    return (str(receipt), f"{moment}:00", card, product, quantity, amount)


@dataclass(frozen=True)
class SmallShop:
    """The folder and the moment of its commands."""

    shop: Shop

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.shop.folder

    def at(self, moment: str) -> Shop:
        """The shop at another moment, UTC."""
        return replace(self.shop, now=datetime.fromisoformat(f"{moment}:00+00:00"))

    def export(self, name: str, rows: Iterable[Row]) -> Path:
        """A file that a till left."""
        path = self.folder / "till" / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
        return path

    def ask(self, select: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a SELECT."""
        with self.shop.reading() as connection:
            return connection.execute(select, values).fetchall()

    def change(self, statement: str, *values: object) -> None:
        """Change the database behind everybody's back."""
        with self.shop.changing() as connection:
            connection.execute("DROP TRIGGER IF EXISTS ledger_is_never_changed")
            connection.execute("DROP TRIGGER IF EXISTS ledger_is_never_deleted")
            connection.execute(statement, values)

    def dump(self) -> list[str]:
        """Everything in the database but how often commands ran."""
        with self.shop.reading() as connection:
            lines = list(connection.iterdump())
        return [line for line in lines if not line.startswith(('INSERT INTO "night"', 'INSERT INTO "run"', 'INSERT INTO "seal"'))]


def opened(folder: Path, *, now: str = "2026-10-05T02:00") -> SmallShop:
    """The shop that lies in a folder."""
    return SmallShop(
        Shop(
            program=folder / "program.yaml",
            database=folder / "loyalty.db",
            now=datetime.fromisoformat(f"{now}:00+00:00"),
            secret="07" * 32,
            wait=1,
        )
    )


def small_shop(folder: Path, *, adopted: bool = True) -> SmallShop:
    """A new shop, its program adopted with a known secret."""
    (folder / "till").mkdir(parents=True)
    (folder / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    create(folder / "loyalty.db").close()
    there = opened(folder)
    if adopted:
        recalc(there.at("2026-09-01T02:00"))
    return there
