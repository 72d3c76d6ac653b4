"""What is kept of one member, put so that a person can read it: each list with names in place of our numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.database import Connection

Rows = list[tuple["Cell", ...]]

LISTS = {
    "groups": "SELECT name, from_day, until_day, proof FROM member_group WHERE member_id = ? AND ended = 0 ORDER BY from_day, id",
    "purchases": """
SELECT r.day, s.name, r.number, r.total FROM receipt r JOIN store s ON s.id = r.store_id
WHERE r.member_id = ? AND r.gone = 0 ORDER BY r.day, r.clock, r.id""",
    "goods": """
SELECT r.day, r.number, a.name, a.category, l.amount FROM receipt r JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095
JOIN article a ON a.id = l.article_id WHERE r.member_id = ? AND r.gone = 0 ORDER BY l.id""",
    "entries": """
SELECT l.effective_on, a.name, l.quantity, r.name FROM ledger l JOIN asset a ON a.id = l.asset_id JOIN rule r ON r.id = l.rule_id
WHERE l.member_id = ? ORDER BY l.effective_on, l.id""",
    "coupons": """
SELECT c.code, c.from_day, c.until_day, (SELECT max(day) FROM redemption WHERE coupon_id = c.id)
FROM coupon c WHERE c.member_id = ? ORDER BY c.from_day, c.id""",
    # Whose account it is stays out: that is another person.
    "households": "SELECT from_day, until_day FROM household WHERE ? IN (member_id, account_id) ORDER BY from_day, id",
    "changes": "SELECT at, field, was, became, by FROM member_change WHERE member_id = ? ORDER BY id",
}
RECORD = """
SELECT name, coalesce(number, ''), (SELECT group_concat(number, ', ') FROM card WHERE member_id = m.id), phone, email, address, language,
  birthday, name_day, joined FROM member m WHERE id = ?"""


def record_of(connection: Connection, member: int) -> tuple[Cell, ...]:
    """Name, number, cards, phone, e-mail, address, language, birthday, name day and day of joining."""
    return tuple(connection.execute(RECORD, (member,)).fetchone())


def list_of(connection: Connection, member: int, name: str) -> Rows:
    """One of LISTS."""
    return [tuple(row) for row in connection.execute(LISTS[name], (member,))]
