"""Complaints as they are kept: each has a number, and what was done about it is only added."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.feedback import Case

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

OPEN = """
INSERT INTO complaint (member_id, feedback_id, done_id, day, deadline, text, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
ADD_STEP = """
INSERT INTO complaint_step (complaint_id, member_id, done_id, what, day, text, gave)
SELECT id, member_id, ?, ?, ?, ?, ? FROM complaint WHERE id = ?"""
STEPS = """
SELECT s.what, s.day, d.by, s.text, s.gave FROM complaint_step AS s JOIN by_hand AS d ON d.id = s.done_id
WHERE s.complaint_id = ? AND NOT EXISTS (SELECT 1 FROM by_hand AS u WHERE u.reverts = s.done_id) ORDER BY s.id"""
# Nothing counts of what was undone.
CASES = """
WITH live AS (
  SELECT s.complaint_id AS id, min(iif(s.what = 'answered', s.day, NULL)) AS answered,
    min(iif(s.what = 'settled', s.day, NULL)) AS settled, group_concat(nullif(s.gave, ''), ', ') AS gave
  FROM complaint_step AS s WHERE NOT EXISTS (SELECT 1 FROM by_hand AS u WHERE u.reverts = s.done_id) GROUP BY 1)
SELECT c.id, c.member_id, coalesce((SELECT number FROM card WHERE member_id = c.member_id ORDER BY id LIMIT 1), ''), m.name,
  c.day, c.deadline, c.text, c.by, f.score, f.top, l.answered, l.settled, coalesce(l.gave, '')
FROM complaint AS c JOIN member AS m ON m.id = c.member_id
  LEFT JOIN feedback AS f ON f.id = c.feedback_id LEFT JOIN adjustment AS a ON a.id = f.adjustment_id LEFT JOIN live AS l ON l.id = c.id
WHERE coalesce(a.gone, 0) = 0 AND NOT EXISTS (SELECT 1 FROM by_hand AS u WHERE u.reverts = c.done_id)
ORDER BY c.id"""


class Opened(NamedTuple):
    """A complaint that comes in: whose, when, by when it is to be settled, in which words, at which moment, by whom.

    It was opened by an answer or by hand, or by an answer that was entered by hand.
    """

    member: int
    feedback: int | None
    done: int | None
    day: Day
    deadline: Day
    text: str
    at: str
    by: str


class Step(NamedTuple):
    """What was done about a complaint: answered or settled, when, by whom, in which words, and what was given."""

    what: str
    day: Day
    by: str
    text: str
    gave: str


def open_case(connection: Connection, opened: Opened) -> int:
    """A new case; its number."""
    return int(connection.execute(OPEN, opened).fetchone()[0])


def add_step(connection: Connection, case: int, done: int, step: Step) -> None:
    """Something is done about a case, by hand."""
    connection.execute(ADD_STEP, (done, step.what, step.day, step.text, step.gave, case))


def cases(connection: Connection) -> list[Case]:
    """Every case that counts, in the order of their numbers."""
    return [Case._make(row) for row in connection.execute(CASES)]


def steps_of(connection: Connection, case: int) -> list[Step]:
    """What was done about a case, in order."""
    return [Step._make(row) for row in connection.execute(STEPS, (case,))]


def complaining(connection: Connection) -> frozenset[int]:
    """The members with a complaint that is not settled: they hear no advertising until it is."""
    return frozenset(case.member for case in cases(connection) if case.settled is None)
