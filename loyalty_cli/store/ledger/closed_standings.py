"""How everybody stood at the end of a closed month: kept with it, so that what comes late changes nothing of it."""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.standing import Standing
from loyalty_cli.store.ledger.standings import new_shadow
from loyalty_cli.store.ledger.standings import save_standings
from loyalty_cli.store.temporary import lay_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# All of a standing but of which day it is and when to look again, which change of themselves; whose account the member shares; the
# points by their last days. What is kept is read by these names in their order, and a month that was closed before there was one more
# has its default: a further field of a standing has one, and stands last.
FIELDS = tuple(name for name in Standing._fields if name not in {"until", "due_on", *Standing._field_defaults})
KEPT = (*FIELDS, "account", "lots", *Standing._field_defaults)
# What is kept of each member at the end of a month: their last row until then.
LAST_KEPT = """
SELECT member_id, standing FROM closed_standing AS each
 WHERE month = (SELECT max(month) FROM closed_standing WHERE member_id = each.member_id AND month <= :month)"""
# Whose account a member shares on that day, if anybody's.
ACCOUNT = """(SELECT account_id FROM household WHERE household.member_id = standing.member_id AND from_day <= :day
  AND coalesce(until_day, :day) >= :day)"""
VALUES = ", ".join({"account": ACCOUNT, "lots": "points_by_last_day(standing.state)"}.get(name, f"standing.{name}") for name in KEPT)
KEEP = f"""
INSERT INTO closed_standing (member_id, month, standing)
WITH last_kept AS ({LAST_KEPT}),
now AS (
  SELECT standing.member_id, json_array({VALUES}) AS standing
    FROM standing JOIN member ON member.id = standing.member_id AND member.merged_into IS NULL
   UNION ALL SELECT id, CAST(merged_into AS TEXT) FROM member WHERE merged_into IS NOT NULL)
SELECT member_id, :month, standing FROM (SELECT * FROM now EXCEPT SELECT * FROM last_kept)
 UNION ALL SELECT member_id, :month, '' FROM last_kept WHERE standing <> '' AND member_id NOT IN (SELECT member_id FROM now)
"""
# Who was which member when a month was closed, where it is another one now: themselves, or whoever they had become by then.
WHO_THEN = f"""
SELECT member_id, iif(kept.standing LIKE '[%', member_id, CAST(kept.standing AS INTEGER)) AS who
  FROM ({LAST_KEPT}) AS kept JOIN member ON member.id = member_id
 WHERE kept.standing <> '' AND who <> coalesce(member.merged_into, member_id)"""
# What merges since a month was closed changed of whose a card or a coupon is and of who members are, the last first. Whoever
# had become another one by then is kept as a number.
MERGED_SINCE = """
SELECT step.name, CAST(step.key AS INTEGER), was.key, was.value
  FROM by_hand JOIN merge_step AS step ON step.done_id = by_hand.id, json_each(step.was) AS was
 WHERE EXISTS (SELECT 1 FROM month WHERE month = :month)
   AND (step.name IN ('card', 'coupon') AND was.key = 'member_id' OR step.name = 'member' AND was.key IN ('name', 'merged_into'))
   AND coalesce((SELECT kept.standing LIKE '[%' OR kept.standing = '' FROM closed_standing AS kept
     WHERE kept.member_id = by_hand.detail ->> 'old' AND kept.month <= :month ORDER BY kept.month DESC LIMIT 1), 1)
 ORDER BY step.id DESC"""
HAS_STANDINGS = "SELECT 1 FROM month WHERE month = :month AND month >= (SELECT min(month) FROM closed_standing)"


def keep_closed_standings(connection: Connection, month: str, points_by_last_day: Callable[[str], str]) -> None:
    """Keep how everybody stands in this connection's sight, which is at the end of a month that is being closed.

    `points_by_last_day` says of a state what is kept of it.
    """
    connection.create_function("points_by_last_day", 1, points_by_last_day, deterministic=True)
    connection.execute(KEEP, {"month": month, "day": span_of_month(month)[1]})


def stand_as_closed(connection: Connection, day: Day, version: int) -> bool:
    """Let this connection's standings be those with which the month that a day ends was closed, and who shared an account then.

    False where none are kept.
    """
    month = month_of(day)
    if day != span_of_month(month)[1] or not has_standings(connection, month):
        return False
    kept = dict(closed_standings(connection, month))
    shares = [(member, account, day, day, str(member)) for member, each in kept.items() if (account := each.pop("account")) is not None]
    new_shadow(connection)
    stood = ((member, version, each.pop("lots", ""), Standing(until=day, due_on=NEVER, **each)) for member, each in kept.items())
    save_standings(connection, stood)
    lay_over(connection, ["household"])
    connection.executemany("INSERT INTO temp.household (member_id, account_id, from_day, until_day, key) VALUES (?, ?, ?, ?, ?)", shares)
    return True


def as_they_were(connection: Connection, day: Day) -> None:
    """Let this connection see whose cards and coupons were whose and what members were called when the month of a day was closed.

    Whoever became one with somebody since is again whoever they were. Of an open month, all is as it is.
    """
    steps = connection.execute(MERGED_SINCE, {"month": month_of(day)}).fetchall()
    for name in sorted({name for name, *_ in steps}):
        lay_over(connection, [name])
        connection.execute(f"INSERT INTO temp.{name} SELECT * FROM main.{name}")
    for name, key, column, was in steps:
        connection.execute(f"UPDATE temp.{name} SET {column} = ? WHERE id = ?", (was, key))


def closed_standings(connection: Connection, month: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Everybody at the end of a closed month: what was kept, by its names."""
    for member, kept in connection.execute(LAST_KEPT, {"month": month}):
        if kept.startswith("["):
            yield member, dict(zip(KEPT, json.loads(kept), strict=False))


def has_standings(connection: Connection, month: str) -> bool:
    """Whether a month is closed and was so with standings: those that earlier releases closed have none."""
    return connection.execute(HAS_STANDINGS, {"month": month}).fetchone() is not None


def who_then(connection: Connection, day: Day) -> dict[int, int]:
    """Which member some were when the month of a day was closed, where they are another one now."""
    values = {"month": month_of(day)}
    return dict(connection.execute(WHO_THEN, values).fetchall()) if has_standings(connection, values["month"]) else {}
