"""What was bought, given and used, as whoever reckons whether a program pays asks for it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# By members, by everybody else, how many receipts of members sold something, and how many there were of anybody.
PAID = """
coalesce(sum(CASE WHEN member_id IS NOT NULL THEN total END), 0), coalesce(sum(CASE WHEN member_id IS NULL THEN total END), 0),
       count(CASE WHEN member_id IS NOT NULL AND total > 0 THEN 1 END), count(*)
  FROM receipt WHERE gone = 0 AND day BETWEEN :first AND :last
"""
TURNOVER = f"SELECT {PAID}"
TURNOVER_BY_DAY = f"SELECT day, {PAID} GROUP BY day"
# What an article costs is known by its code, or by its name where the till has no codes. As a table of its own, which has a short
# way from an article to its cost.
COST_OF_ARTICLES = (
    "CREATE TEMP TABLE IF NOT EXISTS known_cost (id INTEGER PRIMARY KEY, cost INTEGER NOT NULL)",
    "DELETE FROM temp.known_cost",
    """
INSERT INTO temp.known_cost SELECT article.id, product.cost
  FROM article JOIN product ON product.code = coalesce(nullif(article.code, ''), article.name) WHERE product.cost IS NOT NULL
""",
)
# What members' goods brought and cost, of those whose cost the list of products says; a line's number holds that of its
# receipt above its lowest twelve bits, a quantity is in thousandths. Receipt by receipt and then by day: only receipts are sorted.
GOODS_BY_DAY = """
SELECT day, sum(brought), sum(cost) FROM (
  SELECT receipt.day AS day, sum(line.amount) AS brought, sum(line.quantity * known.cost) AS cost
    FROM receipt NOT INDEXED CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
    CROSS JOIN temp.known_cost AS known ON known.id = line.article_id
   WHERE receipt.member_id IS NOT NULL AND receipt.gone = 0 AND receipt.day BETWEEN :first AND :last GROUP BY receipt.id)
 GROUP BY 1
"""
# Coupons that were used or had lapsed by a day, and those of them that were used, by asset. One that was withdrawn was neither.
USED_COUPONS = """
SELECT asset.name, count(*), count(redemption.id) FROM coupon JOIN main.asset ON asset.id = coupon.asset_id
  LEFT JOIN redemption ON redemption.coupon_id = coupon.id AND redemption.day <= :day
 WHERE redemption.id IS NOT NULL OR coupon.until_day < :day AND coalesce((SELECT what FROM coupon_event
     WHERE coupon_id = coupon.id AND day <= :day ORDER BY id DESC LIMIT 1), '') NOT IN ('withdrawn', 'voided')
 GROUP BY 1
"""
# What each rule changed of what costs money, day by day. That points can be used from a day on, two of three entries, changes nothing.
BY_DAY = """
SELECT effective_on, rule_id, asset_id, sum(quantity) FROM ledger
 WHERE effective_on <= :last AND rule_id NOT IN (SELECT id FROM rule WHERE name = 'usable') AND asset_id IN (
   SELECT id FROM asset WHERE name IN ('points', 'pending')
      OR substr(name, 1, instr(name, ':')) IN ('wallet:', 'waiting:', 'coupon:', 'gift:'))
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# The same of coupons that nobody ever got, for they became due too long before they could be issued; most shops have none.
MISSED_BY_DAY = """
WITH missed AS MATERIALIZED (
  SELECT e.member_id, e.rule_id, e.asset_id, e.cause_kind, e.cause_id FROM missed_coupon m JOIN ledger e
      ON e.member_id = m.member_id AND e.effective_on = m.due_on AND e.rule_id = m.rule_id AND e.asset_id = m.asset_id
  EXCEPT SELECT member_id, rule_id, asset_id, cause_kind, cause_id FROM coupon)
SELECT effective_on, rule_id, asset_id, sum(quantity) FROM ledger
 WHERE EXISTS (SELECT 1 FROM missed_coupon) AND effective_on <= :last AND asset_id IN (SELECT asset_id FROM missed_coupon)
   AND (member_id, rule_id, asset_id, cause_kind, cause_id) IN missed
 GROUP BY 1, 2, 3
"""
# What the percent of a tier takes off each receipt, rounded half up as a till does. A tier counts from the day after it was
# reached on; who has not reached any has none by name. Goods that come back take off what was taken off their sale, if it is
# named. SQLite divides towards zero, so what is below zero is moved above it.
OFF_IN_TIERS = f"""
WITH percent AS MATERIALIZED (
  SELECT value ->> 0 AS tier, value ->> 1 AS first, value ->> 2 AS last, value ->> 3 AS percent FROM json_each(:percents)),
held AS MATERIALIZED (
  SELECT member_id, effective_on AS day, substr(asset.name, 6) AS tier, ledger.id AS id
    FROM ledger JOIN asset ON asset.id = asset_id
   WHERE asset_id IN (SELECT id FROM asset WHERE name GLOB 'tier:*') AND quantity > 0
  UNION ALL SELECT id, 0, '', 0 FROM member WHERE EXISTS (SELECT 1 FROM percent WHERE tier = '')),
span AS (
  SELECT member_id, tier, day + 1 AS first, lead(day, 1, :last) OVER (PARTITION BY member_id ORDER BY day, id) AS last FROM held),
paid AS (
  SELECT receipt.day, span.tier, 2 * (total + iif(return_id IS NULL, 0, returned)) * percent + {WHOLE} AS off
    FROM span JOIN percent ON percent.tier = span.tier CROSS JOIN receipt ON receipt.member_id = span.member_id
     AND receipt.day BETWEEN max(span.first, percent.first, :first) AND min(span.last, percent.last, :last)
    LEFT JOIN return_of ON return_id = receipt.id
   WHERE receipt.gone = 0 AND (return_id IS NULL OR total + returned <> 0)
  UNION ALL
  SELECT back.day, span.tier, -2 * back.returned * percent + {WHOLE}
    FROM return_of JOIN receipt back ON back.id = return_id AND back.gone = 0 AND back.day BETWEEN :first AND :last
    JOIN receipt sale ON sale.id = sale_id JOIN span ON span.member_id = sale.member_id AND sale.day BETWEEN span.first AND span.last
    JOIN percent ON percent.tier = span.tier AND sale.day BETWEEN percent.first AND percent.last)
SELECT day, tier, sum(iif(off < 0, -(({2 * WHOLE - 1} - off) / {2 * WHOLE}), off / {2 * WHOLE})), count(*) FROM paid GROUP BY 1, 2
"""


class Turnover(NamedTuple):
    """What was paid in a period, by members and by everybody else.

    `receipts` are those of members that sold something, `all_receipts` all there were of anybody.
    """

    members: int
    others: int
    receipts: int
    all_receipts: int


class Goods(NamedTuple):
    """What goods brought whose cost is known, and what they cost, in thousandths of the smallest coin."""

    brought: int
    cost: int


class InTier(NamedTuple):
    """What a tier's percent took off the receipts of a day; '' is the tier that everybody begins with."""

    day: Day
    tier: str
    off: int
    receipts: int


def turnover_of(connection: Connection, first: Day, last: Day) -> Turnover:
    """What was paid."""
    return Turnover(*connection.execute(TURNOVER, {"first": first, "last": last}).fetchone())


def turnover_by_day(connection: Connection, first: Day, last: Day) -> dict[Day, Turnover]:
    """What was paid on each day with a receipt."""
    return {day: Turnover(*paid) for day, *paid in connection.execute(TURNOVER_BY_DAY, {"first": first, "last": last})}


def goods_by_day(connection: Connection, first: Day, last: Day) -> dict[Day, Goods]:
    """What members paid each day for goods whose cost is known, and what these cost."""
    if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM product WHERE cost IS NOT NULL)").fetchone()[0]:
        return {}
    for statement in COST_OF_ARTICLES:
        connection.execute(statement)
    return {day: Goods(*of_day) for day, *of_day in connection.execute(GOODS_BY_DAY, {"first": first, "last": last})}


def brought_and_cost(connection: Connection, first: Day, last: Day) -> Goods:
    """The same over all these days."""
    bought = goods_by_day(connection, first, last).values()
    return Goods(sum(each.brought for each in bought), sum(each.cost for each in bought))


def used_coupons(connection: Connection, day: Day) -> Mapping[str, tuple[int, int]]:
    """Of each kind of coupon how many are over, used or lapsed, by a day, and how many of those were used."""
    return {asset: (over, used) for asset, over, used in connection.execute(USED_COUPONS, {"day": day})}


def changed_by_day(connection: Connection, last: Day) -> Iterator[tuple[Day, str, str, int]]:
    """What each rule changed of each asset that costs money: day, rule, asset, quantity, from the first day on."""
    rules = dict(connection.execute("SELECT id, name FROM rule"))
    assets = dict(connection.execute("SELECT id, name FROM asset"))
    missed = {tuple(of): quantity for *of, quantity in connection.execute(MISSED_BY_DAY, {"last": last})}
    for day, rule, asset, quantity in connection.execute(BY_DAY, {"last": last}):
        yield day, rules[rule], assets[asset], quantity - missed.get((day, rule, asset), 0)


def off_in_tiers(connection: Connection, first: Day, last: Day, percents: str) -> list[InTier]:
    """What tiers took off; `percents` are JSON lists of tier, first and last day, basis points."""
    values = {"first": first, "last": last, "percents": percents}
    return [InTier(*row) for row in connection.execute(OFF_IN_TIERS, values)]


# How members bought, or everybody where no card is known.
RECEIPTS = """
FROM receipt WHERE gone = 0 AND total > 0 AND day BETWEEN :first AND :last AND (:all OR member_id IS NOT NULL)
"""
TRADED = f"SELECT count(*), coalesce(sum(total), 0), count(DISTINCT member_id) {RECEIPTS}"
BIG = f"SELECT count(*) {RECEIPTS} AND total >= :big"
BY_WEEKDAY = f"SELECT day % 7, sum(total) {RECEIPTS} GROUP BY 1 ORDER BY 2, 1"


class Traded(NamedTuple):
    """Receipts that sold something in some days, what they brought, whose they were; turnover by weekday, the quietest first."""

    receipts: int
    paid: int
    members: int
    weekdays: list[tuple[int, int]]


def traded(connection: Connection, first: Day, last: Day, *, everybody: bool) -> Traded:
    """How members bought in some days, or everybody."""
    values = {"first": first, "last": last, "all": int(everybody)}
    weekdays = connection.execute(BY_WEEKDAY, values).fetchall()
    receipts, paid, members = connection.execute(TRADED, values).fetchone()
    return Traded(receipts, paid, members, weekdays)


def receipts_from(connection: Connection, first: Day, last: Day, big: int, *, everybody: bool) -> int:
    """How many of these receipts are of an amount or more."""
    values = {"first": first, "last": last, "all": int(everybody), "big": big}
    return int(connection.execute(BIG, values).fetchone()[0])
