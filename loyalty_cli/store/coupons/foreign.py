"""Codes that come from elsewhere, such as a webshop: each is given out once, with one coupon."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class ForeignCode(NamedTuple):
    """A code as it came in, for coupons of a name, usable through a day (None: without end)."""

    code: str
    coupon: str
    until: Day | None
    at: str
    by: str


GIVE = """
UPDATE foreign_code SET coupon_id = ?1 WHERE code = (
  SELECT code FROM foreign_code WHERE coupon = ?2 AND coupon_id IS NULL AND (until_day IS NULL OR until_day >= ?3)
  ORDER BY until_day IS NULL, until_day, code LIMIT 1)"""
LEFT = """
SELECT coupon, sum(coupon_id IS NULL AND (until_day IS NULL OR until_day >= ?)) FROM foreign_code GROUP BY coupon ORDER BY coupon"""
OF_COUPONS = "SELECT c.code, f.code FROM foreign_code f JOIN coupon c ON c.id = f.coupon_id"


def save_codes(connection: Connection, codes: Iterable[ForeignCode]) -> int:
    """Enter codes; how many were new."""
    enter = "INSERT INTO foreign_code (code, coupon, until_day, at, by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    return sum(connection.execute(enter, code).rowcount for code in codes)


def coupon_of_code(connection: Connection, code: str) -> str | None:
    """For which coupon a code came in before."""
    row = connection.execute("SELECT coupon FROM foreign_code WHERE code = ?", (code,)).fetchone()
    return None if row is None else str(row[0])


def give_code(connection: Connection, coupon: int, name: str, day: Day) -> bool:
    """Give a coupon the next free code of its name, that which ends first; False if none is free."""
    return connection.execute(GIVE, (coupon, name, day)).rowcount == 1


def codes_left(connection: Connection, day: Day) -> dict[str, int]:
    """How many codes are free, by the coupon's name; only names that have codes."""
    return dict(connection.execute(LEFT, (day,)).fetchall())


def codes_of_coupons(connection: Connection) -> dict[str, str]:
    """The foreign code of each coupon that has one, by its own code."""
    return dict(connection.execute(OF_COUPONS).fetchall())
