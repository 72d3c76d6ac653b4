"""Who did what by hand, when and why: entries, members, coupons, decisions, versions of the program, months, draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.own_reasons import kept_reason
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import DETAIL
from loyalty_cli.store.by_hand import HOME
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})

COLUMNS = (
    Column(name="at", heading="At", kind="moment"),
    Column(name="by", heading="By", kind="said"),
    Column(name="what", heading="What", kind="word"),
    Column(name="subject", heading="Of what"),
    Column(name="detail", heading="Detail", kind="posted"),
    Column(name="reason", heading="Reason", kind="said"),
    Column(name="member", heading="Member no.", kind="code"),
)

# Members are told by their number in the database, so that the trail holds nobody's name. What an earlier release did
# by hand is known by its entries alone. What was done under no key that somebody chose is told by its number; behind a
# reason stands what undid it.
CHOSEN = "iif(instr({row}.key, '|'), CAST({row}.id AS TEXT), {row}.key)"
SELECT = f"""
SELECT at, by, what, subject, detail, reason, member FROM (
  SELECT h.at, h.by, h.what, coalesce(CAST(h.detail ->> 'import' AS TEXT), {CHOSEN.format(row="h")}) AS subject,
         {DETAIL} AS detail,
         h.reason || coalesce(' (' || (SELECT {CHOSEN.format(row="u")} FROM by_hand AS u WHERE u.reverts = h.id) || ')', '') AS reason,
         coalesce(CAST(h.member_id AS TEXT), '') AS member, h.id AS place FROM by_hand AS h
  UNION ALL
  SELECT at, by, 'given by hand', coalesce((SELECT {CHOSEN.format(row="u")} FROM by_hand AS u
           WHERE u.key = substr(a.key, 9, nullif(instr(a.key, '{HOME}'), 0) - 9)), iif(key LIKE 'best|%', '', key)),
         quantity || ' ' || asset, reason, CAST(member_id AS TEXT), id FROM adjustment AS a
   WHERE import_id IS NULL AND (a.at, a.by) NOT IN (SELECT at, by FROM by_hand)
  UNION ALL
  SELECT at, by, iif(reverts IS NULL, 'used', 'use undone'), key, iif(kind = 'points', points || ' points', 'coupon'), '',
         CAST(member_id AS TEXT), id FROM redemption AS r
   WHERE import_id IS NULL AND (r.at, r.by) NOT IN (SELECT at, by FROM by_hand)
  UNION ALL
  SELECT at, by, 'member changed', field, '', reason, CAST(member_id AS TEXT), id FROM member_change WHERE import_id IS NULL
  UNION ALL
  SELECT event.at, event.by, 'coupon voided', coupon.code, '', event.reason, CAST(coupon.member_id AS TEXT), event.id
    FROM coupon_event AS event JOIN coupon ON coupon.id = event.coupon_id WHERE event.what = 'voided'
  UNION ALL
  SELECT voided_at, voided_by, 'coupon voided', code, '', void_reason, '', id FROM bearer_coupon WHERE voided_at IS NOT NULL
  UNION ALL
  SELECT conflict.decided_at, coalesce(conflict.by, ''), 'conflict ' || conflict.decision, receipt.number, '', '',
         coalesce(CAST(receipt.member_id AS TEXT), ''), conflict.id
    FROM conflict JOIN receipt ON receipt.id = conflict.receipt_id WHERE conflict.decision IS NOT NULL
  UNION ALL
  SELECT dropped_at, dropped_by, 'row dropped', receipt_number, 'import ' || import_id || ', ' || line, drop_reason, '', id
    FROM set_aside WHERE dropped_at IS NOT NULL
  UNION ALL
  SELECT reverted_at, '', 'import reverted', CAST(id AS TEXT), file, '', '', id FROM import
   WHERE reverted_at IS NOT NULL AND id NOT IN (SELECT detail ->> 'import' FROM by_hand WHERE what = 'import reverted')
  UNION ALL
  SELECT adopted_at, by, 'program adopted', CAST(id AS TEXT), iif(from_day, date(from_day), ''), '', '', id FROM version
  UNION ALL
  SELECT closed_at, by, 'month closed', month, entries || ' / ' || sha256, '', '', 0 FROM month
  UNION ALL
  SELECT at, by, 'run taken back', CAST(run_id AS TEXT), '', reason, '', run_id FROM taken_back
  UNION ALL
  SELECT closed_at, closed_by, 'draw closed', name, entries_sha256, '', '', id FROM draw
  UNION ALL
  SELECT claim.at, claim.by, 'prize ' || claim.what, draw.name, CAST(claim.place AS TEXT), '', '', claim.id
    FROM draw_claim AS claim JOIN draw ON draw.id = claim.draw_id
  UNION ALL
  SELECT void.at, void.by, 'ticket voided', draw.name, void.code, void.reason, '', void.ticket
    FROM draw_void AS void JOIN draw ON draw.id = void.draw_id
  UNION ALL
  SELECT merged_at, coalesce(merged_by, ''), 'store merged', name,
         (SELECT other.name FROM store AS other WHERE other.id = store.merged_into), '', '', id
    FROM store WHERE merged_at IS NOT NULL
  UNION ALL
  SELECT at, by, 'till total typed', store || ' ' || till, date(day), '', '', id FROM till_total WHERE import_id IS NULL
)
WHERE at >= :since AND at < :before ORDER BY at, what, place
"""


def table(connection: Connection, question: Question) -> Table:
    """What was done, in the order in which it was done."""
    page = Page(
        name="changes",
        title=phrase("Changes by hand"),
        basis=phrase("Days: {dates}, by the day it was done; whose card it is, by what is known now.", dates=question.dates),
        empty=phrase("Nobody changed anything by hand on these days."),
        notes=[
            phrase("What was done by hand under no key of its own is told by its number: loyalty report by-hand"),
            phrase("Every line is under a seal: loyalty check --full finds one that was changed or taken out."),
        ],
    )
    rows = [
        (at, kept_reason(str(by)), *what, kept_reason(str(reason)), member)
        for at, by, *what, reason, member in rows_of(connection, SELECT, question.moments)
    ]
    return tabled(question, page, COLUMNS, rows)
