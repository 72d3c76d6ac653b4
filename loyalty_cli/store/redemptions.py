"""Redemptions: coupons and points that members used, each one insert and unique."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

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


def save_use(connection: Connection, use: Use) -> bool:
    """Write a use down; False if the coupon was used already, or this very request was made before."""
    return (
        connection.execute(
            "INSERT INTO redemption (member_id, kind, points, amount, coupon_id, store_id, receipt, day, "
            "clock, at, by, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            use,
        ).rowcount
        == 1
    )


def use_by_key(connection: Connection, key: str) -> tuple[str, int, int, Day] | None:
    """Kind, points, amount and day of the use with a key."""
    row: tuple[str, int, int, Day] | None = connection.execute(
        "SELECT kind, points, amount, day FROM redemption WHERE key = ?", (key,)
    ).fetchone()
    return row


def use_of_coupon(connection: Connection, coupon: int) -> tuple[Day, str, str] | None:
    """Day, store and receipt of a coupon's use."""
    row: tuple[Day, str, str] | None = connection.execute(
        "SELECT d.day, coalesce(s.name, ''), d.receipt FROM redemption d LEFT JOIN store s ON s.id = "
        "d.store_id WHERE d.coupon_id = ?",
        (coupon,),
    ).fetchone()
    return row


def store_number(connection: Connection, name: str) -> int | None:
    """The number of a store."""
    row = connection.execute("SELECT id FROM store WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def day_of_receipt(connection: Connection, store: int | None, number: str) -> Day | None:
    """The day of the receipt that a use names, if it is known."""
    row = connection.execute(
        "SELECT day FROM receipt WHERE number = ? AND gone = 0 AND (? IS NULL OR store_id = ?)", (number, store, store)
    ).fetchone()
    return int(row[0]) if row else None
