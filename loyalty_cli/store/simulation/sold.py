"""The lines that receipts sold, as a basket has them, and what one unit of some goods usually costs."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.store.database import Connection

# The articles that the program does not leave out, under the numbers that replay knows their products by; see
# `ledger.facts.sort_products`, which must have been called.
ARTICLES = """
SELECT c.article_id, c.product, coalesce(nullif(a.code, ''), a.name), coalesce(nullif(p.category, ''), a.category),
       coalesce(p.floor_price, 0)
  FROM temp.article_class c JOIN article a ON a.id = c.article_id
  LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name) WHERE c.class <> -1
"""
LINES = """
SELECT l.id >> 12, l.article_id, l.quantity, l.amount + l.discount FROM json_each(:receipts) r
 CROSS JOIN line l ON l.id BETWEEN r.value << 12 AND (r.value << 12) + 4095
 WHERE l.quantity >= 0 AND l.amount + l.discount > 0 ORDER BY l.id
"""
# A sum for each receipt, twice, and one more where goods are among its lines that are looked at by themselves: one walk for both, and
# receipts need not be sorted, as groups would.
SUMS = """
SELECT r.value, (
  SELECT sum(2 * (l.amount + l.discount)){looked} FROM line l
   WHERE l.id BETWEEN r.value << 12 AND (r.value << 12) + 4095 AND l.quantity >= 0 AND l.amount + l.discount > 0
     AND (:all OR EXISTS (SELECT 1 FROM temp.article_class c WHERE c.article_id = l.article_id AND c.class <> -1)))
  FROM json_each(:receipts) r
"""
LOOKED = " + max(EXISTS (SELECT 1 FROM temp.looked_at g WHERE g.article_id = l.article_id))"
LOOKED_AT = (
    "CREATE TEMP TABLE IF NOT EXISTS looked_at (article_id INTEGER PRIMARY KEY)",
    "DELETE FROM temp.looked_at",
    "INSERT INTO temp.looked_at SELECT value FROM json_each(:articles)",
)
EXCLUDED = "SELECT EXISTS (SELECT 1 FROM temp.article_class WHERE class = -1)"
# Goods are meant by their code, their name where there is no code, or their category.
USUAL_PRICES = """
WITH meant AS MATERIALIZED (
  SELECT g.value AS goods, a.id AS article_id FROM json_each(:goods) g JOIN article a
    LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name)
   WHERE g.value IN (coalesce(nullif(a.code, ''), a.name), coalesce(nullif(p.category, ''), a.category)))
SELECT goods, sum(line.amount + line.discount), sum(line.quantity)
  FROM line JOIN meant USING (article_id) JOIN receipt ON receipt.id = line.id >> 12 AND receipt.gone = 0
 WHERE quantity > 0 AND amount + discount > 0 GROUP BY 1
"""


class Article(NamedTuple):
    """Goods as discounts see them: replay's number of the product, its code or name, its category, its floor price."""

    product: int
    code: str
    category: str
    floor: int


class Sold(NamedTuple):
    """A line that was sold: the article's number, thousandths of a unit, the price before discounts."""

    article: int
    quantity: int
    price: int


def articles(connection: Connection) -> dict[int, Article]:
    """The articles that discounts may look at, by number."""
    return {number: Article(*rest) for number, *rest in connection.execute(ARTICLES)}


def sold_on(connection: Connection, receipts: Iterable[int]) -> dict[int, list[Sold]]:
    """The sold lines of some receipts."""
    lines: dict[int, list[Sold]] = {}
    for receipt, *line in connection.execute(LINES, {"receipts": json.dumps(list(receipts))}):
        lines.setdefault(receipt, []).append(Sold(*line))
    return lines


def excludes(connection: Connection) -> bool:
    """Whether the program leaves any article out."""
    return bool(connection.execute(EXCLUDED).fetchone()[0])


def has_floors(connection: Connection) -> bool:
    """Whether the list of products says a floor price of anything."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM product WHERE floor_price > 0)").fetchone()[0])


def look_at(connection: Connection, articles: Iterable[int]) -> None:
    """From here on `sums_of` tells which receipts sold any of these articles."""
    for statement in LOOKED_AT:
        connection.execute(statement, {"articles": json.dumps(list(articles))} if ":" in statement else {})


def sums_of(connection: Connection, receipts: Iterable[int], *, excluding: bool, looking: bool) -> dict[int, tuple[int, bool]]:
    """What each receipt sold at its prices before discounts, and whether goods are among it that are looked at by themselves.

    Goods that the program leaves out do not count, where it does any (`excluding`); `looking` says that `look_at` was told of some.
    """
    select = SUMS.format(looked=LOOKED if looking else "")
    rows = connection.execute(select, {"receipts": json.dumps(list(receipts)), "all": not excluding})
    return {receipt: (both >> 1, bool(both & 1)) for receipt, both in rows if both}


def usual_prices(connection: Connection, goods: Iterable[str]) -> Mapping[str, int]:
    """What one unit of each of these goods cost on the average, before discounts; goods that were never sold are missing."""
    wanted = sorted(set(goods))
    if not wanted:
        return {}
    rows = connection.execute(USUAL_PRICES, {"goods": json.dumps(wanted, ensure_ascii=False)})
    return {name: (2 * price * PIECE + quantity) // (2 * quantity) for name, price, quantity in rows}
