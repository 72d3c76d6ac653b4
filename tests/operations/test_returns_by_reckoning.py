"""The whole road from a till's export to the books against the slow reckoning, over stories made up by chance."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings

from loyalty_cli.model.days import iso
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import Use
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.replay.any_member import FIRST
from tests.replay.reckoning import category_of
from tests.replay.reckoning import in_pieces
from tests.replay.reckoning import Reckoned
from tests.replay.reckoning import reckoned
from tests.replay.reckoning import returns_of
from tests.replay.reckoning import stories

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from tests.replay.reckoning import Story

HEADER = "receipt,date,store,card,product,category,quantity,amount,original_receipt"
UNTIL = FIRST + 300


def rows_of(story: Story) -> list[str]:
    """The export of all sales and returns; a return may come in another store than its sale."""
    rows = []
    for number, sale in enumerate(story.sales):
        moment = f"{iso(FIRST + sale.day)} 00:{16 + number}:40"
        rows += [
            f"S{number},{moment},{store_of(number)},2901,P{line.product},{category_of(line.product)},"
            f"{line.pieces // 1000},{line.price / 100:.2f},"
            for line in sale.lines
        ]
    for came in returns_of(story):
        moment = f"{iso(FIRST + came.day)} 13:53:20"
        original = "" if came.names is None else f"S{came.names}"
        rows += [
            f"R{came.number},{moment},Market,2901,P{product},{category_of(product)},-{came.pieces(product)},-{amount / 100:.2f},{original}"
            for product, amount in came.goods.items()
        ]
    return rows


def store_of(number: int) -> str:
    """Where a sale was made."""
    return ("Market", "Station")[number % 2]


def use_points(shop: Shop, story: Story) -> None:
    """The points used on sales, as the counter wrote them down."""
    with shop.changing() as connection:
        stores = dict(connection.execute("SELECT name, id FROM store").fetchall())
        member = connection.execute("SELECT member_id FROM card").fetchone()[0]
        for number, sale in enumerate(story.sales):
            if sale.used:
                day, store = FIRST + sale.day, stores[store_of(number)]
                points = (member, "points", sale.used, sale.pays, None, store, f"S{number}", day, 0)
                save_use(connection, Use(*points, at="2026-12-01T00:00:00Z", by="", key=f"use {number}"))


@settings(max_examples=25)
@given(story=stories.map(in_pieces))
def test_the_books_are_what_a_slow_reckoning_says(story: Story) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_in(Path(folder) / "shop", story.program())
        taken_in(shop, export(shop, "till.csv", *rows_of(story), header=HEADER))
        use_points(shop, story)
        recalc(shop, as_of=UNTIL)
        standing = asked(shop, "SELECT points, spent, qualifying, visits FROM standing")[0]
        tickets = asked(
            shop,
            "SELECT coalesce(sum(quantity), 0) FROM ledger WHERE asset_id = (SELECT id FROM asset WHERE name = 'ticket:spring')",
        )[0]
        assert Reckoned(*standing, *tickets) == reckoned(story)
        assert proven_books(shop).entries == ()
