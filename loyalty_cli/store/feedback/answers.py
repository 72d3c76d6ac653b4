"""Answers as they are kept: each with the event by which rewards hear of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.feedback import Answer

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection

# An answer that says no receipt is about the last purchase so many days before it.
ABOUT = 30
COLUMNS = "f.day, f.score, f.top, f.text, f.store_id, f.receipt"
ADD = """
INSERT INTO feedback (member_id, adjustment_id, day, score, top, text, store_id, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
COUNTS = "feedback AS f JOIN adjustment AS a ON a.id = f.adjustment_id AND a.gone = 0"
OF_ADJUSTMENT = f"SELECT {COLUMNS} FROM feedback AS f WHERE f.adjustment_id = ?"
# Which receipt an answer is about; of a number that several stores have it is the member's own, else the last one.
NUMBERED = "SELECT r.id FROM receipt AS r WHERE r.number = f.receipt AND r.gone = 0 AND (f.store_id IS NULL OR r.store_id = f.store_id)"
VISIT = f"""
CASE WHEN f.receipt <> '' THEN
  coalesce(({NUMBERED} AND r.member_id = f.member_id ORDER BY r.day DESC LIMIT 1), ({NUMBERED} ORDER BY r.day DESC LIMIT 1))
ELSE
  (SELECT r.id FROM receipt AS r WHERE r.member_id = f.member_id AND r.day BETWEEN f.day - {ABOUT} AND f.day AND r.gone = 0
   AND r.total > 0 AND (f.store_id IS NULL OR r.store_id = f.store_id) ORDER BY r.day DESC, r.clock DESC, r.id DESC LIMIT 1)
END"""
ALL = f"SELECT f.member_id, {COLUMNS} FROM {COUNTS} WHERE f.score IS NOT NULL"


def save_answer(connection: Connection, member: int, answer: Answer, adjustment: int) -> int:
    """Keep an answer with its event; its number."""
    return int(connection.execute(ADD, (member, adjustment, *answer)).fetchone()[0])


def answer_of(connection: Connection, adjustment: int) -> Answer | None:
    """The answer that came with an event."""
    row = connection.execute(OF_ADJUSTMENT, (adjustment,)).fetchone()
    return None if row is None else Answer._make(row)


def scores_of_many(connection: Connection, members: Collection[int] | None = None) -> Iterator[tuple[int, Answer]]:
    """Every answer with a score, of some members or of all (None): member by member, oldest first."""
    some = "" if members is None else " AND f.member_id IN (SELECT value FROM json_each(?))"
    values = () if members is None else (json.dumps(list(members)),)
    for member, *row in connection.execute(f"{ALL}{some} ORDER BY f.member_id, f.day, f.id", values):
        yield member, Answer._make(row)
