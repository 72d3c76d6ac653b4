"""Every row that is about one member, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

TABLES = """
SELECT t.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
WHERE t.schema = 'main' AND t.type = 'table' AND c.name = 'member_id' AND t.name <> 'due' ORDER BY t.name"""
LINES = """
SELECT r.number, a.name, a.category, l.quantity, l.amount, l.discount FROM receipt r JOIN line l
  ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 JOIN article a ON a.id = l.article_id WHERE r.member_id = ? ORDER BY l.id"""
EVENTS = "SELECT e.* FROM message_event e JOIN message m ON m.id = e.message_id WHERE m.member_id = ? ORDER BY e.id"


def everything_of(connection: Connection, member: int) -> dict[str, list[dict[str, object]]]:
    """The member's own row, what was bought, and all else that names the member; tables without a row are left out."""
    selects = {"member": "SELECT * FROM member WHERE id = ?", "line": LINES, "message_event": EVENTS}
    selects |= {name: f'SELECT * FROM "{name}" WHERE member_id = ?' for (name,) in connection.execute(TABLES).fetchall()}
    found = {}
    for name, select in sorted(selects.items()):
        cursor = connection.execute(select, (member,))
        heads = [column[0] for column in cursor.description]
        rows = [dict(zip(heads, row, strict=True)) for row in cursor]
        if rows:
            found[name] = rows
    return found
