"""Returned lines as facts, and the items of the purchases they may belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block
    from loyalty_cli.store.ledger.purchases import Row

# The class of products that the product list excludes from the whole program.
NO_CLASS = -1
# Each returned line, with the sale it names if that is known and the member's own. A return never comes before its sale.
RETURNED = """
SELECT r.member_id, max(r.day, coalesce(o.day, 0)),
  CASE WHEN o.day >= r.day THEN max(r.clock, o.clock) ELSE r.clock END, r.id, s.name, o.id, c.product, {class_}, -l.amount, {quantity}
FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.returned > 0
  AND r.day <= :until
CROSS JOIN store s ON s.id = r.store_id
CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 AND l.quantity < 0
CROSS JOIN temp.article_class c ON c.article_id = l.article_id
LEFT JOIN return_of f ON f.return_id = r.id
LEFT JOIN receipt o ON o.id = f.sale_id AND o.gone = 0 AND o.member_id = r.member_id
WHERE w.member_id BETWEEN :first AND :last AND r.gone = 0 AND max(r.day, coalesce(o.day, 0)) > w.after
ORDER BY r.day, r.clock, s.name, length(r.number), r.number, l.id
"""
# The sold lines that returns of these members may be about: of the receipt that is named, of all receipts where none is.
SOLD = """
WITH back AS (
  SELECT b.member_id, f.sale_id FROM temp.work w CROSS JOIN receipt b
  ON b.member_id = w.member_id AND b.gone = 0 AND b.returned > 0
  LEFT JOIN return_of f ON f.return_id = b.id WHERE w.member_id BETWEEN :first AND :last
)
SELECT r.member_id, r.id, c.product, {class_}, l.amount, l.amount - l.loyalty, {quantity}
FROM receipt r
CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 AND l.quantity >= 0
CROSS JOIN temp.article_class c ON c.article_id = l.article_id AND c.class <> -1
WHERE r.id IN (
  SELECT sale_id FROM back WHERE sale_id IS NOT NULL
  UNION SELECT own.id FROM back CROSS JOIN receipt own ON own.member_id = back.member_id WHERE back.sale_id IS NULL
) AND r.gone = 0 AND r.day <= :until AND r.member_id BETWEEN :first AND :last
ORDER BY r.id, l.id
"""


def asked(select: str, block: Block) -> str:
    """The SELECT with what the program asks of lines, and their pieces: a row that takes something off has none."""
    quantity = "CASE WHEN l.amount * l.quantity > 0 THEN abs(l.quantity) ELSE 0 END"
    return select.format(class_=block.class_ if block.classes else "0", quantity=quantity)


def returns_of(connection: Connection, block: Block) -> Iterator[tuple[int, Return]]:
    """Each return of a block's members, its lines together."""
    together: dict[int, tuple[int, Return]] = {}
    rows = connection.execute(asked(RETURNED, block), block.span)
    for member, day, clock, id_, store, sale, product, class_, amount, quantity in rows:
        _, back = together.get(id_, (member, Return(day, clock, RETURN, id_, store, (), sale)))
        if class_ == NO_CLASS:
            together[id_] = member, back._replace(excluded=back.excluded + amount)
        else:
            together[id_] = member, back._replace(items=(*back.items, Item(product, class_, amount, amount, quantity)))
    yield from together.values()


def lines_of(connection: Connection, block: Block) -> list[Row]:
    """The sold lines that may come back, in order: member, receipt, product, class, price, money, quantity."""
    return connection.execute(asked(SOLD, block), block.span).fetchall()
