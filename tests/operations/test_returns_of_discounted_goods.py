"""Goods whose discounts stand on rows of their own are crossed out and come back in parts: what is left is what was bought.

The second reckoning is of a shop's own kind: for each product how many pieces are left, and what they cost less their discount.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("tea", "bread", "soap")
RULES = "".join(f"    {kind}: {{points: {3 + at}, for_quantity: 1, only: {{categories: [{kind}]}}}}\n" for at, kind in enumerate(KINDS))
REWARD = "{when: {spend: 10.00, times: every time, counted_over: calendar year, only: {categories: [tea, bread]}}, give: {badge: b}}"
HEADER = "receipt,date,store,card,product,category,quantity,amount,original_receipt"


class Goods(NamedTuple):
    """So many pieces of a product at a price, with a discount on all of them."""

    kind: str
    pieces: int
    price: int
    off: int

    @property
    def left(self) -> int:
        """What they cost."""
        return self.pieces * self.price - self.off


def without(chance: Random, goods: Goods) -> Goods:
    """Some pieces less, with no discount, their part of it or all of it, as long as what is left costs something, or all of them."""
    fewer = chance.randrange(1, goods.pieces + 1)
    off = goods.off if fewer == goods.pieces else chance.choice((0, goods.off * fewer // goods.pieces, goods.off))
    rest = goods._replace(pieces=goods.pieces - fewer, off=goods.off - off)
    sound = rest.left < goods.left and (rest.left > 0 or not rest.pieces)
    return rest if sound else goods


def rows_of(before: Goods, after: Goods, sale: str) -> list[str]:
    """The rows of a receipt by which the first of both became the second."""
    fewer, off, name = before.pieces - after.pieces, before.off - after.off, f"{before.kind} {sale}"
    rows = [f"{name},{before.kind},{-fewer},{-fewer * before.price / 100:.2f}"] if fewer else []
    return rows + ([f"{name},{before.kind},{1 if off < 0 else -1},{off / 100:.2f}"] if off else [])


def story(chance: Random) -> tuple[list[str], list[list[Goods]]]:
    """The rows of some sales and of what comes back of them, and the goods of each sale that are left."""
    named, rows, sales = chance.random() < 0.5, list[str](), list[list[Goods]]()
    for sale in range(2):
        sales.append([])
        for kind in chance.sample(KINDS, chance.randrange(1, 4)):
            full = Goods(kind, chance.randrange(1, 5), chance.randrange(100, 1500), 0)
            sold = full._replace(off=chance.choice((0, full.left // 2, chance.randrange(full.left))))
            kept = without(chance, sold) if sold.pieces > 1 and chance.random() < 0.3 else sold
            steps = ((full._replace(pieces=0), full), (full, sold), (sold, kept))
            rows += [f"S{sale},2026-02-0{1 + sale} 10:00:00,Market,2901,{row}," for a, b in steps for row in rows_of(a, b, str(sale))]
            sales[-1].append(kept)
    for back in range(4):
        sale = chance.randrange(2)
        left = [without(chance, goods) if goods.pieces and chance.random() < 0.6 else goods for goods in sales[sale]]
        said = [row for a, b in zip(sales[sale], left, strict=True) for row in rows_of(a, b, str(sale))]
        rows += [f"R{back},2026-03-0{1 + back} 10:00:00,Station,2901,{row},{f'S{sale}' if named else ''}" for row in said]
        sales[sale] = left
    return rows, sales


@pytest.mark.parametrize("seed", range(30))
def test_what_is_left_is_what_was_bought(seed: int, tmp_path: Path) -> None:
    rows, sales = story(Random(seed))
    shop = shop_in(tmp_path / "shop", f"{PROGRAM}points:\n  earn:\n{RULES}rewards: {{r: {REWARD}}}\n")
    taken_in(shop, export(shop, "till.csv", *rows, header=HEADER))
    assert [str(warning) for warning in recalc(shop, as_of=day_from_iso("2026-04-30")).warnings] == []
    left = [goods for sale in sales for goods in sale]
    points = sum((3 + KINDS.index(goods.kind)) * goods.pieces for goods in left)
    assert asked(shop, "SELECT points, spent FROM standing") == [(points, sum(goods.left for goods in left))]
    badges = "SELECT coalesce(sum(quantity), 0) FROM ledger WHERE asset_id = (SELECT id FROM asset WHERE name = 'badge:b')"
    assert asked(shop, badges) == [(sum(goods.left for goods in left if goods.kind != "soap") // 1000,)]
    assert proven_books(shop).entries == ()
