"""What is printed: coupons that can be used, and cards made in advance with the numbers nobody has yet."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.coupons import IN_HAND
from loyalty_cli.store.coupons.coupons import LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.check_digits import CheckDigit
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Printable(NamedTuple):
    """A coupon as it is printed; the number is unique among those of members, which are even, and of bearers, which are odd.

    `left` are its terms with what is left of its worth or its uses; '' where nobody has used it.
    """

    code: str
    coupon: str
    reward: str
    from_day: Day
    until_day: Day
    issued_on: Day
    terms: str
    member: int
    name: str
    card: str
    number: int = 0
    left: str = ""


class Batch(NamedTuple):
    """Cards made at once; the key makes a repeated command do nothing."""

    key: str
    prefix: str
    check: CheckDigit
    digits: int
    day: Day
    at: str
    by: str


COUPONS = f"""
SELECT coupon.code, substr(asset.name, 8), rule.name, coupon.from_day, coupon.until_day, coupon.issued_on, coupon.terms,
       coupon.member_id, coalesce(member.name, ''),
       coalesce((SELECT number FROM card WHERE card.member_id = coupon.member_id ORDER BY card.id LIMIT 1), ''),
       2 * coupon.id,
       {LEFT}
  FROM coupon JOIN asset ON asset.id = coupon.asset_id
              JOIN rule ON rule.id = coupon.rule_id
              JOIN member ON member.id = coupon.member_id
 WHERE coupon.until_day >= ?
   AND {IN_HAND}
 ORDER BY member.name, coupon.member_id, coupon.until_day, coupon.id
"""
LAST_SERIAL = """
SELECT max(made_card.serial) FROM made_card JOIN card_batch ON card_batch.id = made_card.batch_id
 WHERE card_batch.prefix = ? AND card_batch.digits = ? AND card_batch.check_digit = ?
"""
UNUSED = """
SELECT made_card.number FROM made_card JOIN card_batch ON card_batch.id = made_card.batch_id
 WHERE (:key IS NULL OR card_batch.key = :key)
   AND (:key IS NOT NULL OR made_card.number NOT IN (SELECT number FROM card))
 ORDER BY made_card.batch_id, made_card.serial
"""
HOLDERS = "SELECT card.number, coalesce(member.name, '') FROM card JOIN member ON member.id = card.member_id ORDER BY card.id"


def coupons_to_print(connection: Connection, today: Day) -> list[Printable]:
    """Every coupon that can still be used on a day or later, by its owner's name."""
    return [Printable(*row) for row in connection.execute(COUPONS, (today,))]


def batch_numbers(connection: Connection, key: str) -> tuple[Batch, list[str]] | None:
    """The cards that were made with a key, in order."""
    row = connection.execute("SELECT key, prefix, check_digit, digits, day, at, by, id FROM card_batch WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    numbers = connection.execute("SELECT number FROM made_card WHERE batch_id = ? ORDER BY serial", (row[-1],))
    return Batch(*row[:-1]), [number for (number,) in numbers]


def last_serial(connection: Connection, batch: Batch) -> int:
    """The highest running number of cards made in this form, 0 before the first."""
    row = connection.execute(LAST_SERIAL, (batch.prefix, batch.digits, batch.check)).fetchone()
    return int(row[0] or 0)


def number_is_taken(connection: Connection, number: str) -> bool:
    """Whether a card of this number is in use or has been made."""
    taken = "SELECT 1 FROM card WHERE number = ?1 UNION ALL SELECT 1 FROM made_card WHERE number = ?1"
    return connection.execute(taken, (number,)).fetchone() is not None


def save_batch(connection: Connection, batch: Batch, cards: Sequence[tuple[int, str]]) -> None:
    """Keep the numbers that were made, as (running number, number)."""
    made = connection.execute(
        "INSERT INTO card_batch (key, prefix, check_digit, digits, day, at, by) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        batch,
    ).fetchone()[0]
    connection.executemany(
        "INSERT INTO made_card (number, batch_id, serial) VALUES (?, ?, ?)",
        [(number, made, serial) for serial, number in cards],
    )


def made_numbers(connection: Connection, key: str | None = None) -> list[str]:
    """The cards of one batch; without a key all that were made and that nobody has yet."""
    return [number for (number,) in connection.execute(UNUSED, {"key": key})]


def holders(connection: Connection) -> dict[str, str]:
    """Every card in use with its member's name, '' where none is known."""
    return dict(connection.execute(HOLDERS).fetchall())
