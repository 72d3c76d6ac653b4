"""Coupons of no member: printed in batches, used by whoever brings them."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.printing import Printable
from loyalty_cli.store.coupons.redemptions import PastUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class BearerBatch(NamedTuple):
    """Coupons printed at once; the key makes a repeated command do nothing."""

    key: str
    name: str
    terms: str
    issued_on: Day
    from_day: Day
    until_day: Day
    at: str
    by: str


class BearerCoupon(NamedTuple):
    """One of them. It is withdrawn with no purchase."""

    id: int
    code: str
    name: str
    terms: str
    from_day: Day
    until_day: Day
    issued_on: Day
    state: str = "issued"
    owed: bool = False


class BearerUse(NamedTuple):
    """One use: how much money it paid, on which receipt, when (local day and seconds), by whom."""

    amount: int
    store: int | None
    receipt: str
    day: Day
    clock: int
    at: str
    by: str
    key: str


FOUND = """
SELECT c.id, c.code, b.name, b.terms, b.from_day, b.until_day, b.issued_on, iif(c.voided_at IS NULL, 'issued', 'voided')
FROM bearer_coupon c JOIN coupon_batch b ON b.id = c.batch_id WHERE c.code = ?"""
USES = """
SELECT u.day, coalesce(s.name, ''), u.receipt, u.amount FROM bearer_use u LEFT JOIN store s ON s.id = u.store_id
WHERE u.coupon_id = ? ORDER BY u.day, u.clock, u.id"""
PRINTABLE = """
SELECT c.code, b.name, b.key, b.from_day, b.until_day, b.issued_on, b.terms, 0, '', '', 2 * c.id + 1
FROM bearer_coupon c JOIN coupon_batch b ON b.id = c.batch_id
WHERE b.key = ? AND b.until_day >= ? AND c.voided_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM bearer_use u WHERE u.coupon_id = c.id) ORDER BY c.id"""


def bearer_coupon(connection: Connection, code: str) -> BearerCoupon | None:
    """The printed coupon with a code."""
    row = connection.execute(FOUND, (code,)).fetchone()
    return BearerCoupon(*row) if row else None


def uses_of_bearer(connection: Connection, coupon: int) -> list[PastUse]:
    """Every use of a printed coupon, the first one first."""
    return [PastUse(*row) for row in connection.execute(USES, (coupon,))]


def save_bearer_use(connection: Connection, coupon: int, use: BearerUse) -> None:
    """Write a use down."""
    connection.execute(
        "INSERT INTO bearer_use (coupon_id, amount, store_id, receipt, day, clock, at, by, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (coupon, *use),
    )


def void_bearer_coupon(connection: Connection, coupon: int, *, at: str, by: str, reason: str) -> None:
    """Make a printed coupon unusable for good."""
    connection.execute("UPDATE bearer_coupon SET voided_at = ?, voided_by = ?, void_reason = ? WHERE id = ?", (at, by, reason, coupon))


def bearer_use_by_key(connection: Connection, key: str) -> tuple[str, int, int, Day] | None:
    """Kind, points, amount and day of the use with a key."""
    row: tuple[str, int, int, Day] | None = connection.execute(
        "SELECT 'coupon', 0, amount, day FROM bearer_use WHERE key = ?", (key,)
    ).fetchone()
    return row


def batch_of_key(connection: Connection, key: str) -> tuple[BearerBatch, list[str]] | None:
    """The coupons that were printed with a key, in order."""
    row = connection.execute(
        "SELECT key, name, terms, issued_on, from_day, until_day, at, by, id FROM coupon_batch WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    codes = connection.execute("SELECT code FROM bearer_coupon WHERE batch_id = ? ORDER BY id", (row[-1],))
    return BearerBatch(*row[:-1]), [code for (code,) in codes]


def save_bearer_batch(connection: Connection, batch: BearerBatch, codes: Sequence[str]) -> None:
    """Keep the codes that were made."""
    made = connection.execute(
        "INSERT INTO coupon_batch (key, name, terms, issued_on, from_day, until_day, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        batch,
    ).fetchone()[0]
    connection.executemany("INSERT INTO bearer_coupon (code, batch_id) VALUES (?, ?)", [(code, made) for code in codes])


def bearer_coupons_to_print(connection: Connection, key: str, today: Day) -> list[Printable]:
    """The coupons of a batch that can still be used and that nobody has used."""
    return [Printable(*row) for row in connection.execute(PRINTABLE, (key, today))]


def batch_keys(connection: Connection) -> list[str]:
    """The keys of all batches."""
    return [key for (key,) in connection.execute("SELECT key FROM coupon_batch ORDER BY id")]
