"""What the shop knows of the goods in a basket, by the code that a till gives, else the name."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

# The shop's product list knows the category better than the till; else the last receipt with it tells.
FIND = """
SELECT coalesce(nullif(p.category, ''), a.category, ''), coalesce(p.floor_price, 0), coalesce(p.excluded, 0)
FROM (SELECT :code AS code) asked LEFT JOIN product p ON p.code = asked.code
LEFT JOIN article a ON a.id = coalesce((SELECT max(id) FROM article WHERE code = asked.code),
  (SELECT max(id) FROM article WHERE code = '' AND name = asked.code))
"""


class Goods(NamedTuple):
    """The category, the price that one unit may not go below, whether the program leaves it out."""

    category: str = ""
    floor: int = 0
    excluded: bool = False


def goods_of(connection: Connection, code: str) -> Goods:
    """What is known of a product; nothing of one that was never seen."""
    category, floor, excluded = connection.execute(FIND, {"code": code}).fetchone()
    return Goods(category, floor, bool(excluded))
