"""The shop's own list of products: categories, costs, floor prices, and what is excluded from the program.

A product is known by its code; where a till has no codes, its name stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.listed import ListedProduct
    from loyalty_cli.store.database import Connection

KEPT = "SELECT name, category, cost, floor_price, excluded FROM product WHERE code = ?"
PUT = """
INSERT INTO product (code, name, category, cost, floor_price, excluded, import_id) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, category = excluded.category, cost = excluded.cost,
  floor_price = excluded.floor_price, excluded = excluded.excluded, import_id = excluded.import_id"""


def save_product(connection: Connection, listed: ListedProduct, import_id: int) -> tuple[str, bool]:
    """Enter or change a product: `new`, `changed` or `known`; and whether what members earn may change with it."""
    kept = connection.execute(KEPT, (listed.code,)).fetchone()
    was = kept or ("", "", None, None, 0)
    said = (
        listed.name,
        listed.category,
        listed.cost,
        listed.floor_price,
        None if listed.excluded is None else int(listed.excluded),
    )
    becomes = tuple(old if new is None else new for old, new in zip(was, said, strict=True))
    if kept is not None and becomes == kept:
        return "known", False
    connection.execute(PUT, (listed.code, *becomes, import_id))
    matters = (becomes[1], becomes[4]) != (was[1], was[4]) and was_sold(connection, listed.code)
    return ("changed" if kept is not None else "new"), matters


def was_sold(connection: Connection, code: str) -> bool:
    """Whether any receipt may have the product."""
    select = "SELECT 1 FROM article WHERE code = :code OR (code = '' AND name = :code)"
    return connection.execute(select, {"code": code}).fetchone() is not None
