"""A shop with a program, real receipts and a draw in spring 2027, for commands that read the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

HEAD = "program: Fabric Corner\nlanguage: en\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2027-01-01\ndraws:\n"
DRAW = """  spring draw:
    dates: 2027-03-01 to 2027-05-31
    one_ticket_for_every: 50.00
    prizes: {sewing machine: {count: 1, worth: 1900.00}, fabric box: 2}
    reserves: 1
    claim_within: 14 days
    randomness: {from: drand quicknet, at: 2027-06-05 20:00}
"""
# Before the draw, the day after its last day, and the evening of the number (20:00 in Warsaw is 18:00 UTC).
BEFORE, CLOSING, EVENING = "2027-02-20T09:00:00+00:00", "2027-06-01T06:00:00+00:00", "2027-06-05T18:00:00+00:00"


def at(shop: Shop, moment: str) -> Shop:
    """The shop at a moment."""
    return replace(shop, now=datetime.fromisoformat(moment))


def announced_shop(folder: Path, draw: str = DRAW, *, head: str = HEAD) -> Shop:
    """A shop before its draw, whose program is adopted; four members with cards 2901 to 2904."""
    shop = make_shop(folder / "shop", head + draw, members=4, now=datetime.fromisoformat(BEFORE))
    recalc(shop)
    return shop


def buy(shop: Shop, member: int, on: str, paid: int, number: str = "", *, clock: int = 43_200) -> None:
    """A purchase; a negative amount is the return of the receipt that `number` names."""
    original = number if paid < 0 else None
    own = f"{member}-{on}-{clock}-{paid}" if original or not number else number
    put_receipts(shop, Receipt(own, member, day(on), (("thread", paid),), clock, original))


def changed(shop: Shop, statement: str, *values: object) -> None:
    """Any other change of the database."""
    with shop.changing() as connection:
        connection.execute(statement, values)
