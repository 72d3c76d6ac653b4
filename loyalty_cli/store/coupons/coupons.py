"""Coupons: what the ledger says is due, what has been issued, and each thing that happened to one."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Due(NamedTuple):
    """A coupon that a rule gives for a cause; `quantity` of them are due since a day. `cause` names it for ever."""

    member: int
    rule: int
    rule_name: str
    asset: int
    name: str
    cause_kind: int
    cause_id: int
    cause: str
    quantity: int
    since: Day


class Coupon(NamedTuple):
    """An issued coupon; `state` is what happened last: issued, withdrawn, used, voided or lapsed."""

    id: int
    key: str
    code: str
    member: int
    name: str
    due_on: Day
    from_day: Day
    until_day: Day
    terms: str
    state: str
    used: bool
    owed: bool
    taken_back: bool = False
    issued_on: Day = 0


class Earning(NamedTuple):
    """The receipt that a coupon is for, whichever version of it counts now."""

    store_id: int
    store: str
    number: str
    day: Day
    clock: int


# The cause in words that mean the same in any database: store and number of the receipt, key of an adjustment or event, the card
# of a friend.
DUE = """
SELECT e.member_id, e.rule_id, u.name, e.asset_id, substr(a.name, 8), e.cause_kind, e.cause_id,
  CASE e.cause_kind WHEN 1 THEN coalesce((SELECT s.name || '|' || r.number || '|' || coalesce(c.number, '')
      FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id WHERE r.id = e.cause_id), '')
    WHEN 4 THEN coalesce((SELECT key FROM adjustment WHERE id = e.cause_id), '')
    ELSE CASE e.cause_kind WHEN 8 THEN coalesce((SELECT key FROM adjustment WHERE id = e.cause_id), '')
      WHEN 9 THEN coalesce((SELECT number FROM card WHERE member_id = e.cause_id ORDER BY id LIMIT 1), '') ELSE e.cause_id END || '|'
      || coalesce((SELECT number FROM card WHERE member_id = e.member_id ORDER BY id LIMIT 1), '') END,
  e.quantity, e.since
FROM (SELECT member_id, rule_id, asset_id, cause_kind, cause_id, sum(quantity) quantity, max(effective_on) since
  FROM ledger
  WHERE asset_id IN (SELECT id FROM asset WHERE name LIKE 'coupon:%') GROUP BY 1, 2, 3, 4, 5 HAVING sum(quantity) > 0) e
JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id
ORDER BY e.since, e.member_id, u.name, e.cause_kind, 8
"""
# Whether a coupon was used and what it was given for came back: nothing more of it can be used either.
OWED = """coalesce((SELECT what = 'owed' FROM coupon_event WHERE coupon_id = {of}.id AND what IN ('owed', 'no longer owed')
    ORDER BY id DESC LIMIT 1), 0)"""
ISSUED = f"""
SELECT c.id, c.key, c.code, c.member_id, substr(a.name, 8), c.due_on, c.from_day, c.until_day, c.terms,
  (SELECT what FROM coupon_event v WHERE v.coupon_id = c.id AND v.what IN ('issued', 'withdrawn', 'voided', 'lapsed')
    ORDER BY v.id DESC LIMIT 1),
  EXISTS (SELECT 1 FROM redemption d WHERE d.coupon_id = c.id),
  {OWED.format(of="c")},
  EXISTS (SELECT 1 FROM coupon_event v
    WHERE v.coupon_id = c.id AND v.what = 'withdrawn' AND v.at IN (SELECT at FROM taken_back) AND c.issued_on > v.day),
  c.issued_on
FROM coupon c JOIN asset a ON a.id = c.asset_id
"""
ASSIGNED = """
SELECT s.name || '|' || r.number FROM by_hand h JOIN receipt r ON r.id = h.detail ->> 'row' JOIN store s ON s.id = r.store_id
WHERE h.what = 'assign'"""

# Whether one use is not all of a coupon.
SEVERAL = "(json_extract(coupon.terms, '$.uses') > 1 OR json_extract(coupon.terms, '$.remainder') = 'is kept') IS TRUE"
# Whether a coupon that was used can be used again: it holds a remainder, or its terms allow more uses. CROSS JOIN asks for the
# asset first, which only vouchers have of which a return put something back. (`ledger AS ledger`: see store/views/view.py.)
PAID = """(
  coalesce((SELECT sum(amount) FROM redemption WHERE redemption.coupon_id = coupon.id OR redemption.id IN
    (SELECT redemption_id FROM further_use WHERE further_use.coupon_id = coupon.id)), 0)
    - coalesce((SELECT sum(quantity) FROM asset CROSS JOIN ledger AS ledger ON ledger.asset_id = asset.id
      WHERE asset.name = 'voucher:' || coupon.code), 0))"""
TIMES = """(
  (SELECT count(*) FROM redemption WHERE redemption.coupon_id = coupon.id)
    + (SELECT count(*) FROM further_use WHERE further_use.coupon_id = coupon.id))"""
NOT_USED_UP = f"""
iif(json_extract(coupon.terms, '$.remainder') = 'is kept', {PAID} < json_extract(coupon.terms, '$.worth'),
  {TIMES} < coalesce(json_extract(coupon.terms, '$.uses'), 1))"""
LAST_EVENT = """coalesce(
  (SELECT what FROM coupon_event WHERE coupon_event.coupon_id = coupon.id ORDER BY coupon_event.id DESC LIMIT 1), 'issued')"""


def state_of(event: str) -> str:
    """What a coupon is on the day `:today` by its last event, as SQL.

    One that nobody used lapses the day after its last one, whether or not a night has written that down yet.
    """
    used = f"iif({SEVERAL} AND {NOT_USED_UP}, iif(coupon.until_day < :today, 'lapsed', 'used in part'), 'used')"
    return f"""CASE {event} WHEN 'issued' THEN iif(coupon.until_day < :today, 'lapsed', 'issued')
  WHEN 'used' THEN {used} WHEN 'no longer owed' THEN {used} ELSE {event} END"""


STATES = f"""
SELECT coupon.code, substr(asset.name, 8), coupon.from_day, coupon.until_day, {state_of(LAST_EVENT)}
  FROM coupon JOIN asset ON asset.id = coupon.asset_id WHERE coupon.member_id = :member ORDER BY coupon.id"""


def coupons_of_member(connection: Connection, member: int, today: Day) -> list[tuple[Any, ...]]:
    """A member's coupons: code, name, from, until and state."""
    return connection.execute(STATES, {"member": member, "today": today}).fetchall()


# A coupon's terms with what is left of it: of its worth, or of its uses.
LEFT = f"""
CASE WHEN json_extract(coupon.terms, '$.remainder') = 'is kept'
    THEN json_set(coupon.terms, '$.worth', json_extract(coupon.terms, '$.worth') - {PAID})
  WHEN {SEVERAL} THEN json_set(coupon.terms, '$.uses', json_extract(coupon.terms, '$.uses') - {TIMES})
  ELSE coupon.terms END"""

# Whether a coupon is issued and something of it is left.
IN_HAND = f"""(SELECT what FROM coupon_event WHERE coupon_id = coupon.id AND what IN ('issued', 'withdrawn', 'voided', 'lapsed')
         ORDER BY id DESC LIMIT 1) = 'issued'
   AND NOT {OWED.format(of="coupon")} AND {NOT_USED_UP}"""

# A receipt that was replaced by a corrected one keeps its store and number.
EARNED_BY = """
SELECT s.id, s.name, r.number, r.day, r.clock
FROM coupon c JOIN receipt o ON o.id = c.cause_id JOIN store s ON s.id = o.store_id
JOIN receipt r ON r.store_id = o.store_id AND r.number = o.number
WHERE c.id = ? AND c.cause_kind = 1 ORDER BY r.gone LIMIT 1"""


def receipt_that_earned(connection: Connection, coupon: int) -> Earning | None:
    """The receipt that a coupon is for; None if something else is its cause."""
    row = connection.execute(EARNED_BY, (coupon,)).fetchone()
    return Earning(*row) if row else None


def coupons_due(connection: Connection) -> list[Due]:
    """What is due by the ledger, oldest first."""
    return [Due(*row) for row in connection.execute(DUE)]


def receipts_assigned(connection: Connection) -> set[str]:
    """The receipts that were assigned by hand, as the causes of coupons name them before the card."""
    return {receipt for (receipt,) in connection.execute(ASSIGNED)}


def who_stays(connection: Connection, member: int) -> int:
    """A member, or whom they were merged into."""
    return int(connection.execute("SELECT coalesce(merged_into, id) FROM member WHERE id = ?", (member,)).fetchone()[0])


def coupons_issued(connection: Connection) -> dict[str, Coupon]:
    """Every coupon by its key."""
    return {row[1]: coupon_of(row) for row in connection.execute(ISSUED + " ORDER BY c.id")}


def coupon_by_code(connection: Connection, code: str) -> Coupon | None:
    """The coupon with a code."""
    row = connection.execute(ISSUED + " WHERE c.code = ?", (code,)).fetchone()
    return coupon_of(row) if row else None


def coupon_of(row: tuple[Any, ...]) -> Coupon:
    """A row of ISSUED as a coupon."""
    return Coupon._make((*row[:10], *map(bool, row[10:13]), row[13]))


def code_is_taken(connection: Connection, code: str) -> bool:
    """Whether another coupon has this code already."""
    taken = "SELECT 1 FROM coupon WHERE code = ?1 UNION ALL SELECT 1 FROM bearer_coupon WHERE code = ?1"
    return connection.execute(taken, (code,)).fetchone() is not None


def save_coupon(connection: Connection, due: Due, *, key: str, code: str, days: tuple[Day, Day, Day], terms: str) -> int:
    """Issue a coupon with its days of issue, of first and of last use; its number."""
    row = connection.execute(
        "INSERT INTO coupon (key, code, member_id, rule_id, asset_id, cause_kind, cause_id, due_on, issued_on, "
        "from_day, until_day, terms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (key, code, due.member, due.rule, due.asset, due.cause_kind, due.cause_id, due.since, *days, terms),
    ).fetchone()
    return int(row[0])


def note_events(connection: Connection, events: Iterable[tuple[int, str]], *, day: Day, at: str, by: str = "", reason: str = "") -> None:
    """Write down what happened to coupons, as (coupon, what)."""
    connection.executemany(
        "INSERT INTO coupon_event (coupon_id, what, day, at, by, reason) VALUES (?, ?, ?, ?, ?, ?)",
        [(coupon, what, day, at, by, reason) for coupon, what in events],
    )


# Coupons that their last event calls used, though every use of theirs was undone: they are in hand again.
PUT_BACK = """
INSERT INTO coupon_event (coupon_id, what, day, at, by)
SELECT coupon.id, 'issued', :day, :at, :by FROM coupon
 WHERE coupon.id BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM redemption WHERE reverts IS NOT NULL)
   AND (SELECT what FROM coupon_event WHERE coupon_id = coupon.id ORDER BY id DESC LIMIT 1) = 'used'
   AND NOT EXISTS (SELECT 1 FROM redemption WHERE redemption.coupon_id = coupon.id)
   AND NOT EXISTS (SELECT 1 FROM further_use WHERE further_use.coupon_id = coupon.id)
   AND NOT EXISTS (SELECT 1 FROM second_use WHERE second_use.coupon_id = coupon.id)"""


def put_back(connection: Connection, coupon: int | None = None, *, day: Day, at: str, by: str = "") -> None:
    """Note that a coupon none of whose uses counts any more is in hand again; without a number, of every such coupon."""
    numbers = {"first": coupon or 0, "last": coupon or NEVER}
    connection.execute(PUT_BACK, {**numbers, "day": day, "at": at, "by": by})


MISSED = "SELECT key FROM missed_coupon WHERE recorded_on <= ? OR NOT EXISTS (SELECT 1 FROM taken_back)"


def missed_keys(connection: Connection, today: Day) -> set[str]:
    """Keys of coupons that became due too long before anybody could issue them; by a clock that was ahead none did."""
    return {key for (key,) in connection.execute(MISSED, (today,))}


def lapsed_after(connection: Connection, day: Day) -> set[int]:
    """The coupons that lapsed on a later day."""
    query = "SELECT coupon_id FROM coupon_event WHERE what = 'lapsed' AND day > ?"
    return {number for (number,) in connection.execute(query, (day,))}


def note_missed(connection: Connection, missed: Iterable[tuple[str, Due]], *, day: Day) -> None:
    """Record coupons that come too late to be issued."""
    connection.executemany(
        "INSERT OR IGNORE INTO missed_coupon (key, member_id, rule_id, asset_id, due_on, recorded_on) VALUES (?, ?, ?, ?, ?, ?)",
        [(key, due.member, due.rule, due.asset, due.since, day) for key, due in missed],
    )


def times_owed(connection: Connection, coupon: int) -> int:
    """How often a coupon became owed, or ceased to be."""
    row = connection.execute(
        "SELECT count(*) FROM coupon_event WHERE coupon_id = ? AND what IN ('owed', 'no longer owed')", (coupon,)
    ).fetchone()
    return int(row[0])


class Adjustment(NamedTuple):
    """Points given or taken by a fact of its own; the same key does it once."""

    member: int
    points: int
    day: Day
    at: str
    reason: str
    key: str


def adjusted(connection: Connection, key: str) -> tuple[int, int]:
    """How many points the facts gave whose keys begin so (less than nothing: took), and how many facts there are."""
    query = "SELECT coalesce(sum(quantity), 0), count(*) FROM adjustment WHERE key >= :key AND key < :key || char(1114111)"
    points, count = connection.execute(query, {"key": key}).fetchone()
    return int(points), int(count)


def adjust(connection: Connection, adjustment: Adjustment) -> None:
    """Write an adjustment down."""
    connection.execute(
        "INSERT OR IGNORE INTO adjustment (member_id, asset, quantity, day, at, by, reason, key) VALUES (?, 'points', ?, ?, ?, '', ?, ?)",
        adjustment,
    )
