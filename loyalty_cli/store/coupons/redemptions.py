"""Redemptions: coupons and points that members used, each one insert and unique."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Use(NamedTuple):
    """One use: who, what, how much money it paid, on which receipt, when (local day and seconds), by whom."""

    member: int
    kind: str
    points: int
    amount: int
    coupon: int | None
    store: int | None
    receipt: str
    day: Day
    clock: int
    at: str
    by: str
    key: str
    import_id: int | None = None


# One use, or one import, finds these; the receipt's total may hold what a second use of a coupon paid.
SAME_USE = """
SELECT d.id FROM redemption d WHERE d.kind = :kind AND d.member_id = :member AND d.day = :day AND d.points = :points
AND (:wallet IS NULL OR coalesce((SELECT wallet FROM points_used WHERE redemption_id = d.id), '') = :wallet)
AND coalesce(d.coupon_id, (SELECT coupon_id FROM second_use WHERE redemption_id = d.id),
  (SELECT coupon_id FROM further_use WHERE redemption_id = d.id), 0) = coalesce(:coupon, 0)
AND (d.store_id IS NULL OR :store IS NULL OR d.store_id = :store)
AND (d.receipt = :receipt AND d.receipt <> '' OR :coupon IS NOT NULL AND (d.receipt = '' OR :receipt = ''))
ORDER BY d.id LIMIT 1"""


def save_use(connection: Connection, use: Use) -> bool:
    """Write a use down; False if the coupon was used already, or this very request was made before."""
    return (
        connection.execute(
            "INSERT INTO redemption (member_id, kind, points, amount, coupon_id, store_id, receipt, day, "
            "clock, at, by, key, import_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            use,
        ).rowcount
        == 1
    )


def save_what_for(connection: Connection, use: Use, *, wallet: str, gift: str) -> None:
    """Note of a use of points whose wallet it is, or which gift it was for."""
    connection.execute(
        "INSERT INTO points_used (redemption_id, wallet, gift) VALUES ((SELECT id FROM redemption WHERE key = ?), ?, ?)",
        (use.key, wallet, gift),
    )


def use_by_key(connection: Connection, key: str) -> tuple[str, int, int, Day] | None:
    """Kind, points, amount and day of the use with a key, whether it was taken back since or not."""
    row: tuple[str, int, int, Day] | None = connection.execute(
        "SELECT kind, points, amount, day FROM redemption WHERE key = ?1 OR (key >= ?1 || ', taken back ' AND key < ?1 || ', taken back!')",
        (key,),
    ).fetchone()
    return row


def wallet_of_use(connection: Connection, key: str) -> str:
    """Whose points the use with a key was, empty for the program's own."""
    row = connection.execute(
        "SELECT wallet FROM redemption JOIN points_used ON redemption_id = redemption.id "
        "WHERE key = ?1 OR (key >= ?1 || ', taken back ' AND key < ?1 || ', taken back!')",
        (key,),
    ).fetchone()
    return row[0] if row else ""


def free_key(connection: Connection, base: str, times: int) -> str:
    """A key for a use after some others; where one of them was taken back, the next that is free."""
    key = base if not times else f"{base}|{times + 1}"
    taken = "SELECT 1 FROM redemption WHERE key = ?1 UNION ALL SELECT 1 FROM bearer_use WHERE key = ?1"
    while connection.execute(taken, (key,)).fetchone():
        times += 1
        key = f"{base}|{times + 1}"
    return key


class PastUse(NamedTuple):
    """A use of a coupon: when, where, and what it paid."""

    day: Day
    store: str
    receipt: str
    amount: int

    def was_on(self, receipt: str, day: Day, store: str | None) -> bool:
        """Whether it was on a receipt; where one of the two names no store, the number and the day are enough."""
        return bool(receipt) and (self.receipt, self.day) == (receipt, day) and (not store or self.store in ("", store))


# A coupon's first use names it; those after it that its terms allow are further uses, the others second uses. What returned
# goods put back on a voucher is a use below zero.
USES = """
SELECT d.day AS day, coalesce(s.name, ''), d.receipt, d.amount, d.clock AS clock, d.id AS id
FROM redemption d LEFT JOIN store s ON s.id = d.store_id
WHERE d.coupon_id = :coupon OR d.id IN (SELECT redemption_id FROM further_use WHERE coupon_id = :coupon
  UNION ALL SELECT redemption_id FROM second_use WHERE coupon_id = :coupon)
UNION ALL SELECT min(effective_on), '', '', -sum(quantity), 0, 0 FROM ledger
  WHERE asset_id = (SELECT a.id FROM asset a JOIN coupon c ON a.name = 'voucher:' || c.code WHERE c.id = :coupon)
  HAVING sum(quantity) <> 0
ORDER BY day, clock, id"""
ON_RECEIPT = """
SELECT c.terms, d.amount FROM redemption d JOIN coupon c
  ON c.id = coalesce(d.coupon_id, (SELECT coupon_id FROM further_use WHERE redemption_id = d.id),
    (SELECT coupon_id FROM second_use WHERE redemption_id = d.id))
WHERE d.receipt = ?1 AND d.receipt <> '' AND (d.store_id IS NULL OR ?2 IS NULL OR d.store_id = ?2) AND d.day = ?3
UNION ALL
SELECT b.terms, u.amount FROM bearer_use u JOIN bearer_coupon c ON c.id = u.coupon_id JOIN coupon_batch b ON b.id = c.batch_id
WHERE u.receipt = ?1 AND u.receipt <> '' AND (u.store_id IS NULL OR ?2 IS NULL OR u.store_id = ?2) AND u.day = ?3"""


def uses_of(connection: Connection, coupon: int) -> list[PastUse]:
    """Every use of a coupon, the first one first."""
    return [PastUse(*row[:4]) for row in connection.execute(USES, {"coupon": coupon})]


def coupons_on_receipt(connection: Connection, receipt: str, store: int | None, day: Day) -> list[tuple[str, int]]:
    """Terms and amount of the coupons that a receipt of a day has been paid with so far."""
    return connection.execute(ON_RECEIPT, (receipt, store, day)).fetchall()


def day_of_receipt(connection: Connection, store: int | None, number: str) -> Day | None:
    """The day of the receipt that a use names, if it is known."""
    found = moment_of_receipt(connection, store, number)
    return found[0] if found else None


def moment_of_receipt(connection: Connection, store: int | None, number: str) -> tuple[Day, int] | None:
    """The day and time of the receipt that a use names, if it is known."""
    row: tuple[Day, int] | None = connection.execute(
        "SELECT day, clock FROM receipt WHERE number = ? AND gone = 0 AND (? IS NULL OR store_id = ?)",
        (number, store, store),
    ).fetchone()
    return row


def same_use(connection: Connection, use: Use, *, wallet: str | None = None) -> bool:
    """Whether this use is known from elsewhere: the same thing, member and day, on the same receipt; None is any wallet."""
    values = {
        "wallet": wallet,
        "kind": use.kind,
        "member": use.member,
        "day": use.day,
        "points": use.points,
        "coupon": use.coupon,
        "store": use.store,
        "receipt": use.receipt,
    }
    return connection.execute(SAME_USE, values).fetchone() is not None


def save_further_use(connection: Connection, use: Use, *, allowed: bool) -> bool:
    """Record that a coupon was used once more, as its terms allow or not: what it paid is a fact. False if that is known."""
    if not save_use(connection, use._replace(coupon=None)):
        return False
    table = "further_use" if allowed else "second_use"
    connection.execute(
        f"INSERT INTO {table} (redemption_id, coupon_id) VALUES ((SELECT id FROM redemption WHERE key = ?), ?)",
        (use.key, use.coupon),
    )
    return True


def store_entered(connection: Connection, name: str) -> int:
    """The number of a store, which is entered if it is new: a second shop may list uses before any purchase."""
    known = store_number(connection, name)
    if known is not None:
        return known
    return int(connection.execute("INSERT INTO store (name) VALUES (?) RETURNING id", (name,)).fetchone()[0])


def day_of_effect(connection: Connection, use: Use) -> Day:
    """From which day a use counts: one that names an earlier receipt changes what that receipt earned."""
    paid = day_of_receipt(connection, use.store, use.receipt) if use.receipt else None
    return use.day if paid is None else min(paid, use.day)
