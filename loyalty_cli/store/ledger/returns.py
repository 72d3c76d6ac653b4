"""Returned lines as facts, and the items of the purchases they may belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import Part
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

# Each returned line, with the receipt it names if that is known and the member's own.
RETURNED = """
SELECT r.member_id, r.day, r.clock, r.id, s.name, o.id, l.article_id, c.class, -l.amount
FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.returned > 0
  AND r.day > w.after AND r.day <= :until
CROSS JOIN store s ON s.id = r.store_id
CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 AND l.quantity < 0
CROSS JOIN temp.article_class c ON c.article_id = l.article_id AND c.class <> -1
LEFT JOIN receipt o ON o.store_id = r.store_id AND o.number = r.original AND o.gone = 0 AND o.member_id = r.member_id
WHERE w.member_id BETWEEN :first AND :last AND r.gone = 0
ORDER BY r.id, l.id
"""
# The sold lines of members who have a return that names no known receipt.
SOLD = """
SELECT r.member_id, r.id, l.article_id, c.class, l.amount - l.loyalty
FROM receipt r CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 AND l.quantity >= 0
CROSS JOIN temp.article_class c ON c.article_id = l.article_id AND c.class <> -1
WHERE r.gone = 0 AND r.day <= :until AND r.member_id IN (
  SELECT b.member_id FROM temp.work w CROSS JOIN receipt b
  ON b.member_id = w.member_id AND b.gone = 0 AND b.returned > 0
  WHERE w.member_id BETWEEN :first AND :last AND NOT EXISTS (
    SELECT 1 FROM receipt o
    WHERE o.store_id = b.store_id AND o.number = b.original AND o.gone = 0 AND o.member_id = b.member_id))
ORDER BY r.member_id, r.id, l.id
"""
# Returns that name a receipt and stand by another member than the buyer, or than their card's where no such receipt
# counts. There are few returns, and they have an index.
LINKED = """
SELECT * FROM (
  SELECT b.id, b.member_id was, coalesce(o.member_id, c.member_id) becomes, min(b.day, coalesce(o.day, b.day)) since
  FROM receipt b LEFT JOIN receipt o ON o.store_id = b.store_id AND o.number = b.original AND o.gone = 0
  LEFT JOIN card c ON c.id = b.card_id
  WHERE b.returned > 0 AND b.original IS NOT NULL AND b.gone = 0)
WHERE was IS NOT becomes
"""


def returns_of(connection: Connection, block: Block) -> Iterator[tuple[int, Return]]:
    """Each return of a block's members, its lines together."""
    together: dict[int, tuple[int, Return]] = {}
    for member, day, clock, id_, store, sale, article, class_, amount in connection.execute(RETURNED, block.span):
        item = Item(article, class_ if block.classes else 0, amount)
        if id_ in together:
            _, back = together[id_]
            together[id_] = member, back._replace(amount=back.amount + amount, items=(*back.items, item))
        else:
            together[id_] = member, Return(day, clock, RETURN, id_, store, amount, (), (item,), sale)
    for member, back in together.values():
        yield member, back._replace(parts=tuple(Part(item.class_, item.amount) for item in back.items))


def items_of(connection: Connection, block: Block) -> dict[int, dict[int, list[Item]]]:
    """The sold items by member and receipt, for members whose returns have to be matched by item."""
    items: dict[int, dict[int, list[Item]]] = {}
    for member, receipt, article, class_, amount in connection.execute(SOLD, block.span):
        item = Item(article, class_ if block.classes else 0, amount)
        items.setdefault(member, {}).setdefault(receipt, []).append(item)
    return items


def join_linked_returns(connection: Connection) -> None:
    """A return that names its receipt belongs to the member who bought it, as long as that receipt counts."""
    rows = connection.execute(LINKED).fetchall()
    connection.executemany(
        "UPDATE receipt SET member_id = ? WHERE id = ?", [(becomes, id_) for id_, _, becomes, _ in rows]
    )
    changed = [(member, since) for _, was, becomes, since in rows for member in (was, becomes) if member is not None]
    mark_due(connection, changed)
