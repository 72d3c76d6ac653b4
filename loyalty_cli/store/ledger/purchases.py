"""The purchases of many members: one row for each receipt from SQL, made into facts a block of members at a time."""

from __future__ import annotations

import json
from bisect import bisect_right
from operator import itemgetter
from typing import Any
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

# The money of each receipt's sold lines, by class of products where classes matter: {columns} are sums over its lines.
BY_RECEIPT = """
SELECT r.member_id, r.day, r.clock, r.id, r.store_id, max(0, r.total + r.returned - r.loyalty)
FROM {members} WHERE {block} r.gone = 0 AND (r.returned = 0 OR r.total + r.returned > 0)
ORDER BY r.member_id, r.day, r.clock, r.id
"""
BY_CLASS = """
SELECT r.member_id, r.day, r.clock, r.id, r.store_id, {columns} FROM {members}
CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 AND l.quantity >= 0
CROSS JOIN temp.article_class c ON c.article_id = l.article_id
WHERE {block} r.gone = 0 GROUP BY {group} ORDER BY r.member_id, r.day, r.clock, r.id
"""
MONEY = "l.amount - l.loyalty"
# What was given away for nothing counts for nothing.
UNITS = "CASE WHEN l.amount > 0 THEN l.quantity ELSE 0 END"
# CROSS JOIN is how SQLite is told to keep the order of the tables. A few members' receipts are sought by member. For
# most of a shop it is a third faster to read the tables from end to end, as they lie in the file, and to sort once.
SOUGHT = "temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.day > w.after AND r.day <= :until"
END_TO_END = "receipt r NOT INDEXED CROSS JOIN temp.work w ON w.member_id = r.member_id AND r.day > w.after AND r.day <= :until"
# Both are the order in which the rows come, so grouping needs no sorting.
GROUP_SOUGHT, GROUP_END_TO_END = "w.member_id, r.day, r.id", "r.id"
ROWS_AT_A_TIME = 5000

Row = tuple[Any, ...]


class PurchaseRows:
    """The rows of everybody's purchases by member, handed out a block of members at a time."""

    def __init__(self, connection: Connection, block: Block) -> None:
        self.cursor = connection.execute(statement(block, members=END_TO_END, where="", group=GROUP_END_TO_END), {"until": block.until})
        self.ahead: list[Row] = []

    def through(self, member: int) -> list[Row]:
        """The rows of members up to a number that have not been handed out yet."""
        rows = self.ahead
        while not rows or rows[-1][0] <= member:
            more = self.cursor.fetchmany(ROWS_AT_A_TIME)
            if not more:
                break
            rows += more
        own = bisect_right(rows, member, key=itemgetter(0))
        self.ahead = rows[own:]
        return rows[:own]


def statement(block: Block, *, members: str, where: str, group: str) -> str:
    """The SELECT for one row for each purchase: after the money of each class the units of those that are counted."""
    if not block.classes:
        return BY_RECEIPT.format(members=members, block=where)
    sums = [(MONEY, class_) for class_ in block.classes] + [(UNITS, class_) for class_ in block.units]
    columns = ", ".join(f"sum(CASE {block.class_} WHEN {class_} THEN {what} ELSE 0 END)" for what, class_ in sums)
    return BY_CLASS.format(members=members, block=where, group=group, columns=columns)


def rows_of(connection: Connection, block: Block) -> list[Row]:
    """The rows of a block's members alone, in order."""
    select = statement(block, members=SOUGHT, where="w.member_id BETWEEN :first AND :last AND", group=GROUP_SOUGHT)
    return connection.execute(select, block.span).fetchall()


def numbers_of(connection: Connection, receipts: Sequence[int]) -> dict[int, str]:
    """The numbers of some receipts."""
    select = "SELECT id, number FROM receipt WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(select, (json.dumps(receipts),)).fetchall())


def store_names(connection: Connection) -> dict[int, str]:
    """The stores' names by number."""
    return dict(connection.execute("SELECT id, name FROM store").fetchall())
