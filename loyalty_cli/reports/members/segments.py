"""The segments of the program: who belongs to each, how many do now, how many entered and left, what they bring."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import SEGMENT
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.members.households import OF_ACCOUNT
from loyalty_cli.store.members.households import SHARING
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})
COLUMNS = (
    Column(name="segment", heading="Segment"),
    Column(name="who", heading="Who belongs to it", kind="said"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="entered", heading="Entered", kind="count"),
    Column(name="left", heading="Left", kind="count"),
    Column(name="turnover", heading="Their turnover", kind="money"),
)
# What late facts put on another day cancels out within a member's day. A segment of the program's first day was entered then. Who
# shares an account is no customer of their own.
STEPS = f"""
  SELECT ledger.member_id, substr(asset.name, {len(SEGMENT) + 1}) AS segment, ledger.effective_on AS day, sum(ledger.quantity) AS by
    FROM ledger JOIN asset ON asset.id = ledger.asset_id
    JOIN member ON member.id = ledger.member_id AND member.merged_into IS NULL AND member.id NOT IN ({SHARING})
   WHERE asset.name GLOB '{SEGMENT}*' AND ledger.effective_on <= :last
   GROUP BY ledger.member_id, segment, day HAVING sum(ledger.quantity) <> 0
"""
SELECT = f"""
WITH step AS ({STEPS}),
belongs AS (SELECT member_id, segment FROM step GROUP BY member_id, segment HAVING sum(by) > 0),
turnover AS (
  SELECT belongs.segment, sum(receipt.total) AS money FROM belongs
    JOIN receipt ON receipt.member_id IN ({OF_ACCOUNT.format(account="belongs.member_id")})
     AND receipt.gone = 0 AND receipt.day BETWEEN :first AND :last
   GROUP BY belongs.segment
)
SELECT step.segment, (SELECT count(*) FROM belongs WHERE belongs.segment = step.segment),
       sum(by > 0 AND day >= :first), sum(by < 0 AND day >= :first),
       coalesce((SELECT money FROM turnover WHERE turnover.segment = step.segment), 0)
  FROM step GROUP BY step.segment
"""
MEMBERS = f"SELECT count(*) FROM member WHERE merged_into IS NULL AND coalesce(joined, 0) <= :day AND id NOT IN ({SHARING})"


def table(connection: Connection, question: Question) -> Table:
    """The segments in the order of the program file; those that it no longer has are not shown."""
    page = Page(
        name="segments",
        title=phrase("Segments"),
        basis=basis_happened(question),
        empty=phrase("The program has no segments; what they can be: loyalty program kinds segments."),
        notes=[phrase("A member may belong to several. The members of one: loyalty report segment-members NAME")],
    )
    return tabled(question, page, COLUMNS, rows(connection, question))


def rows(connection: Connection, question: Question) -> list[tuple[Cell, ...]]:
    """A row for each segment of the program in force."""
    found = {str(name): figures for name, *figures in rows_of(connection, SELECT, {**question.span, "day": last_day(question)})}
    whole = int(next(iter(rows_of(connection, MEMBERS, {"day": last_day(question)})))[0] or 0)
    listed: list[tuple[Cell, ...]] = []
    for name, said in json.loads(question.shop.segments or "{}").items():
        members, entered, left, turnover = found.get(name, (0, 0, 0, 0))
        share = WHOLE * int(members or 0) // whole if whole else None
        listed.append((name, said, members, share, entered, left, turnover))
    return listed
