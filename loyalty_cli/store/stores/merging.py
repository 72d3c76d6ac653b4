"""A store gets another name, or two names become one store.

The old name stays as one more name of the store, so that files that still say it find it.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import identity
from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.store.imports.receipts import lines_of
from loyalty_cli.store.imports.refunds import settle_refunds

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# Rules may ask for the store, so everybody who bought or used something there is worked out again.
MARK = """
INSERT INTO due (member_id, since)
SELECT member_id, min(day) FROM (
  SELECT member_id, day FROM receipt WHERE store_id = :store AND member_id IS NOT NULL
  UNION ALL SELECT member_id, day FROM redemption WHERE store_id = :store)
GROUP BY member_id
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""
# A coupon is known by the store and number of its receipt: it stays the same coupon.
KEYS = """
UPDATE OR IGNORE {table} SET key = (SELECT name FROM rule WHERE rule.id = {table}.rule_id) || :now
  || substr(key, length((SELECT name FROM rule WHERE rule.id = {table}.rule_id) || :was) + 1)
WHERE instr(key, (SELECT name FROM rule WHERE rule.id = {table}.rule_id) || :was) = 1"""
# A return that stands for a refund is made again from all that is told of its sale, so two of them are never a question.
BOTH = """
SELECT leaving.id, staying.id, leaving.number, leaving.day, leaving.total, staying.day, staying.total,
  CASE WHEN leaving.content = staying.content OR leaving.number = leaving.original || ' refunded' THEN 2
  ELSE leaving.at = staying.at AND leaving.card_id IS staying.card_id END
FROM receipt leaving JOIN receipt staying ON staying.store_id = :new AND staying.number = leaving.number AND staying.gone = 0
WHERE leaving.store_id = :old AND leaving.gone = 0 ORDER BY leaving.day, leaving.number"""
OPEN_AMONG = """
SELECT r.number FROM conflict c JOIN receipt r ON r.id = c.receipt_id JOIN import i ON i.id = c.import_id
WHERE c.decision IS NULL AND i.reverted_at IS NULL AND r.store_id IN (:old, :new)
  AND EXISTS (SELECT 1 FROM receipt o WHERE o.store_id IN (:old, :new) AND o.store_id <> r.store_id AND o.number = r.number)"""
TOTALS_THAT_DIFFER = """
SELECT leaving.day, leaving.till FROM till_total leaving JOIN till_total staying
  ON staying.store = :now AND staying.till = leaving.till AND staying.day = leaving.day AND staying.gone = 0
WHERE leaving.store = :was AND leaving.gone = 0 AND leaving.total <> staying.total"""
SEEN = """
INSERT OR IGNORE INTO sighting (import_id, receipt_id)
SELECT import_id, :staying FROM receipt WHERE id = :leaving AND import_id <> (SELECT import_id FROM receipt WHERE id = :staying)
UNION SELECT import_id, :staying FROM sighting WHERE receipt_id = :leaving"""


SAME_CONTENT = 2


class Both(NamedTuple):
    """A number that both stores have: of the one that goes and of the one that stays."""

    leaving: int
    staying: int
    number: str
    leaving_day: Day
    leaving_total: int
    staying_day: Day
    staying_total: int
    same: bool


def rename(connection: Connection, store: int, was: str, now: str, *, at: str, by: str) -> int:
    """Give a store another name; how many receipts it has."""
    connection.execute("DELETE FROM store WHERE name = ? AND merged_into = ?", (now, store))
    connection.execute("UPDATE store SET name = ? WHERE id = ?", (now, store))
    connection.execute("INSERT INTO store (name, merged_into, merged_at, merged_by) VALUES (?, ?, ?, ?)", (was, store, at, by))
    write_name(connection, store, was, now)
    return receipts_of(connection, store)


def merge(connection: Connection, old: int, new: int, names: tuple[str, str], *, at: str, by: str) -> tuple[int, int]:
    """Bring all of a store under another one: how many receipts moved, and how many were the same ones."""
    moved = receipts_of(connection, old)
    both = receipts_in_both(connection, old, new)
    for twin in both:
        let_one_count(connection, twin)
    values = {"old": old, "new": new}
    write_name(connection, old, *names)
    connection.execute("UPDATE receipt SET store_id = :new WHERE store_id = :old", values)
    connection.execute("UPDATE redemption SET store_id = :new WHERE store_id = :old", values)
    connection.execute("UPDATE bearer_use SET store_id = :new WHERE store_id = :old", values)
    connection.execute("UPDATE feedback SET store_id = :new WHERE store_id = :old", values)
    told = connection.execute("SELECT DISTINCT :new, number FROM refund WHERE store_id = :old", values).fetchall()
    connection.execute("UPDATE refund SET store_id = :new WHERE store_id = :old", values)
    settle_refunds(connection, told)
    connection.execute(
        "UPDATE store SET merged_into = :new, merged_at = coalesce(merged_at, :at), merged_by = coalesce(merged_by, :by) "
        "WHERE :old IN (id, merged_into)",
        {**values, "at": at, "by": by},
    )
    return moved, len(both)


def write_name(connection: Connection, store: int, was: str, now: str) -> None:
    """The new name wherever a name is written, and everybody of the store is due."""
    connection.execute(MARK, {"store": store})
    connection.execute("UPDATE import SET store = ? WHERE store = ?", (now, was))
    # Of two equal totals of one till and day the earlier one stays.
    connection.execute(
        "UPDATE till_total SET gone = id WHERE store = :was AND gone = 0 AND EXISTS (SELECT 1 FROM till_total kept "
        "WHERE kept.store = :now AND kept.till = till_total.till AND kept.day = till_total.day AND kept.gone = 0)",
        {"was": was, "now": now},
    )
    connection.execute("UPDATE till_total SET store = ? WHERE store = ?", (now, was))
    for table in ("coupon", "missed_coupon"):
        connection.execute(KEYS.format(table=table), {"was": f"|1|{was}|", "now": f"|1|{now}|"})
    uses = "SELECT id, key FROM redemption WHERE store_id = ? AND key LIKE 'import|%'"
    for id_, key in connection.execute(uses, (store,)).fetchall():
        parts = key.split("|")
        if len(parts) == PARTS_OF_USE and parts[4] == was:
            renamed = "|".join([*parts[:4], now, *parts[5:]])
            connection.execute("UPDATE OR IGNORE redemption SET key = ? WHERE id = ?", (renamed, id_))


# import, what was used, points, amount, store, receipt, day, time, and how often the same stood in the list
PARTS_OF_USE = 9


def receipts_in_both(connection: Connection, old: int, new: int) -> list[Both]:
    """The numbers that count in both stores, and whether it is one receipt but for the store."""
    rows = [Both(*row) for row in connection.execute(BOTH, {"old": old, "new": new})]
    return [both._replace(same=both.same == SAME_CONTENT or (bool(both.same) and same_lines(connection, both))) for both in rows]


def same_lines(connection: Connection, both: Both) -> bool:
    """Whether the lines are the same in any order."""
    theirs, ours = (
        sorted((identity(Article(*row[:4])), *row[4:]) for row in lines_of(connection, receipt)) for receipt in (both.leaving, both.staying)
    )
    return theirs == ours


def numbers_in_question(connection: Connection, old: int, new: int) -> list[str]:
    """The numbers in both stores with an open conflict."""
    return [number for (number,) in connection.execute(OPEN_AMONG, {"old": old, "new": new})]


def totals_that_differ(connection: Connection, was: str, now: str) -> list[tuple[Day, str]]:
    """Days and tills of which both stores have a total, and not the same."""
    return connection.execute(TOTALS_THAT_DIFFER, {"was": was, "now": now}).fetchall()


def let_one_count(connection: Connection, both: Both) -> None:
    """One receipt that was in twice counts once: the files of the one that goes have seen the one that stays."""
    values = both._asdict()
    connection.execute(SEEN, values)
    connection.execute("DELETE FROM sighting WHERE receipt_id = :leaving", values)
    connection.execute("UPDATE receipt SET gone = id WHERE id = :leaving", values)
    connection.execute("UPDATE conflict SET receipt_id = :staying WHERE receipt_id = :leaving", values)
    connection.execute("UPDATE conflict SET became = :staying WHERE became = :leaving", values)
    connection.execute("DELETE FROM return_of WHERE return_id = :leaving", values)
    connection.execute("UPDATE return_of SET sale_id = :staying WHERE sale_id = :leaving", values)


def receipts_of(connection: Connection, store: int) -> int:
    """How many receipts of a store count."""
    select = "SELECT count(*) FROM receipt WHERE store_id = ? AND gone = 0"
    return int(connection.execute(select, (store,)).fetchone()[0])
