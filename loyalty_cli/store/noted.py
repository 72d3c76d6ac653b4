"""What the shop noted itself and rewards may hear of, as facts of members: coupons in their hands, consents they were asked for.

Nobody marks a member for these where no reward hears of them; so a recalculation looks first what has been noted since the last
one (`hear_of_noted`). A coupon with several uses stays in the member's hand until it lapses, or what it was given for comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.store.coupons.coupons import SEVERAL
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

COME_BACK = "event.what IN ('owed', 'no longer owed')"
TELLING = f"event.what IN ('issued', 'withdrawn', 'voided', 'lapsed') OR iif({SEVERAL}, {COME_BACK}, event.what = 'used')"
COUPONS = f"""
SELECT coupon.member_id, event.day, coupon.id, substr(asset.name, 8),
  iif(event.what IN ('issued', 'no longer owed'), 1, -1), coupon.until_day
  FROM temp.work w CROSS JOIN coupon ON coupon.member_id = w.member_id JOIN asset ON asset.id = coupon.asset_id
       CROSS JOIN coupon_event event ON event.coupon_id = coupon.id
 WHERE w.member_id BETWEEN :first AND :last AND event.day > w.after AND event.day <= :until AND ({TELLING})
 ORDER BY event.id
"""
CONSENTS = """
SELECT c.member_id, c.from_day, c.id, c.channel FROM temp.work w CROSS JOIN consent c ON c.member_id = w.member_id
 WHERE w.member_id BETWEEN :first AND :last AND c.from_day > w.after AND c.from_day <= :until AND c.given IS NULL AND c.gone = 0
 ORDER BY c.id
"""
# Rows after a number, with their members and days, of each of the two.
OF_COUPONS = "SELECT event.id, coupon.member_id AS member_id, event.day AS day FROM coupon_event event JOIN coupon ON coupon.id = coupon_id"
OF_CONSENTS = "SELECT id, member_id, from_day AS day FROM consent"
NEW = """
INSERT INTO due (member_id, since) SELECT member_id, min(day) FROM ({rows}) WHERE id > :heard AND day <= :until GROUP BY 1
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""
# What is of a day to come is heard another time.
HEARD = "SELECT coalesce(min(iif(day > :until, id, NULL)) - 1, max(id), :heard) FROM ({rows}) WHERE id > :heard"
HEARD_OF = "{what} heard of"


def noted_in(connection: Connection, block: Block) -> Iterator[tuple[int, Adjustment]]:
    """The facts of a block's members, as far as the program hears of them."""
    for member, day, number, name, change, last in connection.execute(COUPONS, block.span) if block.coupons else ():
        yield member, Adjustment(day, 0, ADJUSTMENT, number, IN_HAND + name, change, last)
    for member, day, number, channel in connection.execute(CONSENTS, block.span) if block.consents else ():
        yield member, Adjustment(day, 0, ADJUSTMENT, number, ASKED + channel, 1)


def hear_of_noted(connection: Connection, until: Day, *, coupons: bool, consents: bool) -> None:
    """Mark the members of whom something was noted since the last time that the program asked for it."""
    for what, asked, rows in (("coupons", coupons, OF_COUPONS), ("consents", consents, OF_CONSENTS)):
        if asked:
            name = HEARD_OF.format(what=what)
            heard = int(settings(connection).get(name, "0"))
            connection.execute(NEW.format(rows=rows), {"heard": heard, "until": until})
            (last,) = connection.execute(HEARD.format(rows=rows), {"heard": heard, "until": until}).fetchone()
            if last != heard:
                save_settings(connection, {name: str(last)})
