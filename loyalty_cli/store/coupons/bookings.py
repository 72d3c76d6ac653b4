"""Coupons as the accountant's books take them in: those of members, and those that whoever brings them uses."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import Coupon
from loyalty_cli.model.bookkeeping import CouponMove
from loyalty_cli.model.days import local_day
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.reading import Connection

# Numbers of coupons of no member stand below nothing, so that both kinds have numbers of their own.
COUPONS = """
SELECT coupon.id, substr(asset.name, 8), coalesce(receipt.day, coupon.issued_on), coalesce(issued.at, ''), coupon.until_day,
       coupon.terms, coalesce(receipt.total, 0), coupon.issued_on, coalesce(receipt.id, 0)
  FROM coupon JOIN asset ON asset.id = coupon.asset_id
       LEFT JOIN coupon_event AS issued ON issued.id = (SELECT min(id) FROM coupon_event WHERE coupon_id = coupon.id)
       LEFT JOIN receipt ON coupon.cause_kind = 1 AND receipt.id = coupon.cause_id
 WHERE :names IS NULL OR substr(asset.name, 8) IN (SELECT value FROM json_each(:names))
UNION ALL
SELECT -bearer_coupon.id, batch.name, batch.issued_on, batch.at, batch.until_day, batch.terms, 0, batch.issued_on, 0
  FROM bearer_coupon JOIN coupon_batch AS batch ON batch.id = bearer_coupon.batch_id
 WHERE :names IS NULL OR batch.name IN (SELECT value FROM json_each(:names))
"""
# What was used and undone is told by what was done by hand: the use of its own day, and less of it on the day of undoing.
UNDONE = """
SELECT used.detail ->> 'coupon', told.day, told.at, iif(told.id = used.id, 1, -1) * (used.detail ->> 'amount'),
       iif(told.id = used.id, 1, -1), told.id
  FROM by_hand AS used JOIN by_hand AS back ON back.reverts = used.id JOIN by_hand AS told ON told.id IN (used.id, back.id)
 WHERE used.what = 'redeem' AND used.detail ->> 'coupon' NOTNULL
"""
# What was used of each coupon, when, how much it paid, and whether that is a use or one undone.
USED = f"""
SELECT coalesce(use.coupon_id, undone.coupon_id, further_use.coupon_id, second_use.coupon_id) AS coupon_id, use.day, use.at,
       iif(use.reverts IS NULL, use.amount, -use.amount) AS amount,
       iif(use.reverts IS NULL, 1, -1) AS times, use.id
  FROM redemption AS use LEFT JOIN redemption AS undone ON undone.id = use.reverts
       LEFT JOIN further_use ON further_use.redemption_id = coalesce(use.reverts, use.id)
       LEFT JOIN second_use ON second_use.redemption_id = coalesce(use.reverts, use.id)
 WHERE use.kind = 'coupon'
UNION ALL
{UNDONE}"""
# Goods that came back put what a voucher had paid for them back on it: the ledger has that under the voucher's code.
USES = f"""
{USED}
UNION ALL
SELECT coupon.id, ledger.booked_on, '', -ledger.quantity, 0, ledger.id
  FROM asset JOIN coupon ON asset.name = 'voucher:' || coupon.code JOIN ledger ON ledger.asset_id = asset.id
 WHERE asset.name GLOB 'voucher:*'
UNION ALL
SELECT -coupon_id, day, at, amount, 1, id FROM bearer_use
 ORDER BY 6
"""
STATES = """
SELECT coupon_id, day, at, what FROM coupon_event WHERE what <> 'used'
   AND id > (SELECT min(id) FROM coupon_event AS first WHERE first.coupon_id = coupon_event.coupon_id)
UNION ALL
SELECT -id, shop_day(voided_at), voided_at, 'voided' FROM bearer_coupon WHERE voided_at IS NOT NULL
UNION ALL
SELECT sold.detail ->> 'coupon', told.day, told.at, iif(told.id = sold.id, 'sold', 'not sold')
  FROM by_hand AS sold JOIN by_hand AS told ON told.id = sold.id OR told.reverts = sold.id WHERE sold.what = 'sell'
"""
# What was used in part and whose purchase came back pays no more.
STATE_OF = {"issued": "open", "no longer owed": "open", "owed": "withdrawn"}
# How many coupons can be used at the end of a day, told by the database alone; those of the names :shelf only once sold or used.
BOOKED = "max({of}.day, coalesce((SELECT max(first_open_day) FROM month WHERE closed_at <= {of}.at), 0)) <= :last"
OPEN_COUPONS = f"""
WITH used AS (SELECT coupon_id, sum(amount) AS paid, sum(times) AS times FROM ({USES}) AS told WHERE {BOOKED.format(of="told")} GROUP BY 1),
states AS (SELECT coupon_id, what, row_number() OVER () AS place FROM ({STATES}) AS told WHERE {BOOKED.format(of="told")}),
latest AS (SELECT coupon_id, what, max(place) FROM states WHERE what NOT IN ('sold', 'not sold') GROUP BY 1),
sales AS (SELECT coupon_id, sum(iif(what = 'sold', 1, -1)) AS times FROM states WHERE what IN ('sold', 'not sold') GROUP BY 1)
SELECT count(*) FROM (
  SELECT coupon.id AS id, coupon.terms, coupon.until_day, coupon.issued_on AS day, coalesce(issued.at, '') AS at, 0 AS shelf
    FROM coupon LEFT JOIN coupon_event AS issued ON issued.id = (SELECT min(id) FROM coupon_event WHERE coupon_id = coupon.id)
  UNION ALL
  SELECT -bearer_coupon.id, batch.terms, batch.until_day, batch.issued_on, batch.at, batch.name IN (SELECT value FROM json_each(:shelf))
    FROM bearer_coupon JOIN coupon_batch AS batch ON batch.id = bearer_coupon.batch_id) AS one
  LEFT JOIN used ON used.coupon_id = one.id LEFT JOIN latest ON latest.coupon_id = one.id LEFT JOIN sales ON sales.coupon_id = one.id
 WHERE {BOOKED.format(of="one")} AND one.until_day >= :last AND coalesce(latest.what, 'issued') IN ('issued', 'no longer owed')
   AND (shelf = 0 OR coalesce(sales.times, 0) > 0 OR coalesce(used.times, 0) > 0)
   AND iif(json_extract(one.terms, '$.remainder') = 'is kept', coalesce(paid, 0) < json_extract(one.terms, '$.worth'),
     coalesce(used.times, 0) < coalesce(json_extract(one.terms, '$.uses'), 1))
"""


def know_the_day(connection: Connection) -> None:
    """Let SQL ask for the shop's own day of a moment."""
    zone = kept_facts(connection).timezone
    connection.create_function("shop_day", 1, lambda moment: local_day(datetime.fromisoformat(moment), zone), deterministic=True)


def open_coupons(connection: Connection, last: Day, shelf: Collection[str]) -> int:
    """How many coupons can be used at the end of a day; those of the names of `shelf` only once they were sold or used."""
    know_the_day(connection)
    row = connection.execute(OPEN_COUPONS, {"last": last, "shelf": json.dumps(sorted(shelf))}).fetchone()
    return int(row[0])


class BookedOn:
    """The day on which something is booked that was written down at a moment: its own, unless its month was closed by then."""

    def __init__(self, connection: Connection) -> None:
        closed: list[tuple[str, Day]] = connection.execute("SELECT closed_at, first_open_day FROM month ORDER BY month").fetchall()
        # Many things are written down at one moment.
        self.open_from = cache(lambda at: max((first_open for closed_at, first_open in closed if closed_at <= at), default=0))

    def __call__(self, day: Day, at: str) -> Day:
        """The day on which it is booked."""
        return max(day, self.open_from(at))


@cache
def paying(terms: str) -> tuple[int, int, bool]:
    """What coupons with some terms pay at most (0: they say no amount), how often, and whether they keep a remainder."""
    said = json.loads(terms)
    return said.get("worth") or 0, said.get("uses") or 1, said.get("remainder") == "is kept"


def coupons_booked(connection: Connection, names: Collection[str] | None) -> tuple[dict[int, Coupon], dict[int, list[CouponMove]]]:
    """The coupons of some names, None: all of them, and what was booked of them."""
    know_the_day(connection)
    booked_on = BookedOn(connection)
    coupons = {
        number: Coupon(name, booked_on(issued, at), until, *paying(terms), receipt, booked_on(given, at), sale=sale)
        for number, name, issued, at, until, terms, receipt, given, sale in connection.execute(
            COUPONS, {"names": None if names is None else json.dumps(sorted(names))}
        )
    }
    moves: dict[int, list[CouponMove]] = defaultdict(list)
    for number, day, at, amount, times, _ in connection.execute(USES):
        if number in coupons and (amount or times):
            moves[number].append(CouponMove(booked_on(day, at), amount, times=times))
    for number, day, at, what in connection.execute(STATES):
        if number in coupons:
            moves[number].append(CouponMove(booked_on(day, at), 0, STATE_OF.get(what, what)))
    return coupons, moves
