"""A second set of books beside the kept ones, which this connection alone sees: what another program would have given.

SQLite finds a temporary table before a kept one of the same name. So whoever posts goes on posting, and the file is not touched.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.chain.shadows import KEPT
from loyalty_cli.store.temporary import lay_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# What is told from replay, and so begins empty. A lost card is parted with by the next recalculation, not by a simulation.
EMPTY = ("ledger", "standing", "run", "due", "lost_card", "household")
# What replay adds to: names, promises that stand, what members tell each other, who brought whom, what waits of the erased.
COPIED = ("rule", "asset", "setting", "adjustment", "place", "hand_over", "referral", "frozen")

# Where names and entries are: of the books that are kept, and of the second ones.
FIRST, SECOND = {"books": "main", "ledger": KEPT}, {"books": "temp", "ledger": "temp.ledger"}
# What changed of an asset by a rule, in the days that are asked, as the ledger first met them.
BY_RULE = """
SELECT rule.name, asset.name, quantity FROM (
  SELECT rule_id, asset_id, sum(quantity) AS quantity, min(id) AS met FROM {ledger}
   WHERE effective_on BETWEEN :first AND :last GROUP BY 1, 2)
  JOIN {books}.rule ON rule.id = rule_id JOIN {books}.asset ON asset.id = asset_id ORDER BY met
"""
# What each member was given, in thousandths of the smallest coin; the worths are {asset: thousandths of one}.
BY_MEMBER = """
SELECT coalesce(m.merged_into, m.id) AS member_id, sum(given.quantity * w.worth) AS worth FROM (
  SELECT member_id, asset_id, sum(quantity) AS quantity FROM {ledger}
   WHERE effective_on BETWEEN :first AND :last
     AND rule_id NOT IN (SELECT id FROM {books}.rule WHERE name IN ('lapse', 'usable', 'redeem', 'reinstate'))
   GROUP BY 1, 2) given
  JOIN (SELECT a.id, j.value AS worth FROM json_each({worths}) j CROSS JOIN {books}.asset a ON a.name = j.key) w ON w.id = given.asset_id
  JOIN member m ON m.id = given.member_id
 GROUP BY 1
"""
CHANGES = f"""
CREATE TEMP TABLE changed AS
SELECT member_id, sum(before) AS before, sum(after) AS after FROM (
  SELECT member_id, worth AS before, 0 AS after FROM ({BY_MEMBER.format(**FIRST, worths=":before")})
  UNION ALL SELECT member_id, 0, worth FROM ({BY_MEMBER.format(**SECOND, worths=":after")})
  UNION ALL SELECT coalesce(m.merged_into, m.id), off.value, 0 FROM json_each(:off_before) off JOIN member m ON m.id = off.key
  UNION ALL SELECT coalesce(m.merged_into, m.id), 0, off.value FROM json_each(:off_after) off JOIN member m ON m.id = off.key
) GROUP BY 1
"""
# Erased members stand as they stood: nobody replays them, by any program.
FROZEN = f"""
INSERT INTO temp.ledger (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id)
SELECT member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, 0 FROM {KEPT}
 WHERE member_id IN (SELECT member_id FROM by_hand WHERE what = 'erase')
"""
RECEIPTS_OF_MEMBERS = "SELECT member_id, count(*) FROM receipt WHERE member_id IS NOT NULL GROUP BY 1 ORDER BY 1"
EVERYBODY = (0, 2**62)
SIDES = "SELECT sign(after - before), count(*), sum(after - before) FROM temp.changed GROUP BY 1"
MOST = """
SELECT (SELECT number FROM card WHERE card.member_id = member.id ORDER BY id LIMIT 1), member.name, before, after
  FROM temp.changed JOIN member ON member.id = member_id WHERE before <> after
 ORDER BY abs(after - before) DESC, 1 LIMIT :most
"""
MOVES = """
SELECT coalesce(was.tier, ''), now.tier, count(*) FROM temp.standing now
  LEFT JOIN main.standing was ON was.member_id = now.member_id JOIN member ON member.id = now.member_id
 WHERE member.merged_into IS NULL AND now.tier IS NOT coalesce(was.tier, '') GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
# Points that are still to be used at the end, usable or not yet, by asset.
LEFT = """
SELECT asset.name, quantity FROM (SELECT asset_id, sum(quantity) AS quantity FROM {ledger} WHERE effective_on <= :last GROUP BY 1)
  JOIN {books}.asset ON asset.id = asset_id
 WHERE asset.name IN ('points', 'pending') OR asset.name LIKE 'wallet:%' OR asset.name LIKE 'waiting:%'
"""
# Claims without a place: a limit said no.
TURNED_AWAY = """
SELECT reward, count(DISTINCT day), sum(times), min(day) FROM temp.hand_over h
 WHERE to_id IS NULL AND day BETWEEN :first AND :last AND NOT EXISTS (
   SELECT 1 FROM temp.place p WHERE (p.member_id, p.reward, p.cause, p.cause_id) = (h.from_id, h.reward, h.cause, h.cause_id)
     AND p.ended = 0)
 GROUP BY 1 HAVING sum(times) > 0 ORDER BY 4, 1
"""


class Period(NamedTuple):
    """The days that are looked at."""

    first: Day
    last: Day

    @property
    def span(self) -> dict[str, int]:
        """The days as values for SQL."""
        return {"first": self.first, "last": self.last}


def state_of_file(connection: Connection) -> int:
    """A number that is another one once another connection has committed to the database."""
    number: int = connection.execute("PRAGMA main.data_version").fetchone()[0]
    return number


def open_second_books(connection: Connection) -> None:
    """From here on this connection posts to tables that go with it; earlier second books are gone."""
    connection.execute("DROP TABLE IF EXISTS temp.changed")
    for table in (*EMPTY, *COPIED):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    lay_over(connection, (*EMPTY, *COPIED))
    for table in COPIED:
        connection.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")


def parts_of_members(connection: Connection, many: int) -> list[tuple[int, int]]:
    """All members in so many parts with about as many receipts each: the first and last number of each part."""
    receipts = connection.execute(RECEIPTS_OF_MEMBERS).fetchall()
    every = sum(count for _, count in receipts)
    last: list[int] = []
    seen = 0
    for member, count in receipts:
        seen += count
        if seen * many >= every * (len(last) + 1) and len(last) < many - 1:
            last.append(member)
    return list(zip([0, *(member + 1 for member in last)], [*last, EVERYBODY[1]], strict=True))


def keep_the_erased(connection: Connection) -> None:
    """The entries of erased members stand in the second books as in the first."""
    connection.execute(FROZEN)


def by_rule(connection: Connection, period: Period, *, second: bool) -> list[tuple[str, str, int]]:
    """What each rule gave of each asset, in the kept books or in the second ones."""
    return connection.execute(BY_RULE.format(**books(second=second)), period.span).fetchall()


def left_at_the_end(connection: Connection, period: Period, *, second: bool) -> dict[str, int]:
    """The points that are still to be used at the end of a period, by asset."""
    return dict(connection.execute(LEFT.format(**books(second=second)), {"last": period.last}).fetchall())


class Given(NamedTuple):
    """What a set of books gives: the worth of one of each asset, and what discounts took off each member, by number.

    Both in thousandths of the smallest coin.
    """

    worths: Mapping[str, int] = MappingProxyType({})
    off: Mapping[int, int] = MappingProxyType({})


def compare_members(connection: Connection, period: Period, before: Given, after: Given) -> None:
    """Work out what every member was given by both books."""
    values = {"before": as_json(before.worths), "after": as_json(after.worths)}
    connection.execute(CHANGES, {**period.span, **values, "off_before": as_json(before.off), "off_after": as_json(after.off)})


def as_json(values: Mapping[str, int] | Mapping[int, int]) -> str:
    """For SQL."""
    return json.dumps(dict(values), ensure_ascii=False)


def sides(connection: Connection) -> dict[int, tuple[int, int]]:
    """How many members have less (-1), the same (0) and more (1), and by how much in all, in thousandths of the smallest coin."""
    return {side: (members, difference) for side, members, difference in connection.execute(SIDES)}


def most_changed(connection: Connection, most: int) -> list[tuple[str | None, str, int, int]]:
    """The members who change most: card, name, before and after in thousandths of the smallest coin."""
    return connection.execute(MOST, {"most": most}).fetchall()


def tier_moves(connection: Connection) -> list[tuple[str, str, int]]:
    """From which tier to which so many members go."""
    return connection.execute(MOVES).fetchall()


def turned_away(connection: Connection, period: Period) -> list[tuple[str, int, int, Day]]:
    """Rewards that a limit would have stopped: on how many days, how often, from which day on."""
    return connection.execute(TURNED_AWAY, period.span).fetchall()


def books(*, second: bool) -> Mapping[str, str]:
    """Where the books are."""
    return SECOND if second else FIRST
