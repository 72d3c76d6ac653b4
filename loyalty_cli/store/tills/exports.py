"""What was told to tills and webshops: each export, and the rows that were new or different in it."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.told import Told
from loyalty_cli.store.ledger.standings import USED_SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.told import Value
    from loyalty_cli.store.database import Connection


class Export(NamedTuple):
    """One export: for whom, where its files went, how many rows of how many, whether of everybody, through which day."""

    id: int
    target: str
    files: tuple[str, ...]
    sha256: str
    rows: int
    whole: bool
    day: Day
    at: str
    by: str


LATEST = """
SELECT t.key, t.member_id, t.facts, t.gone, max(t.export_id) FROM till_told t JOIN till_export e ON e.id = t.export_id
WHERE e.target = ? GROUP BY t.key ORDER BY t.key"""
# Cards with the standings of their members or the household's account; who is blocked or was merged has none that a till serves.
MEMBERS = f"""
SELECT m.id, c.id, c.number, coalesce(m.number, ''), m.name, m.email, m.phone, m.birthday,
  coalesce(standing.discount, 0), coalesce(standing.tier, ''), coalesce(standing.points, 0) - {USED_SINCE},
  coalesce((SELECT group_concat(g.name, ', ') FROM (SELECT name FROM member_group WHERE member_id = m.id AND ended = 0
    AND from_day <= :day AND (until_day IS NULL OR until_day >= :day) ORDER BY name) g), ''), h.account_id IS NOT NULL
FROM member m JOIN card c ON c.member_id = m.id
LEFT JOIN household h ON h.member_id = m.id AND h.from_day <= :day AND (h.until_day IS NULL OR h.until_day >= :day)
LEFT JOIN standing ON standing.member_id = coalesce(h.account_id, m.id)
WHERE m.merged_into IS NULL AND c.id NOT IN (SELECT card_id FROM lost_card WHERE from_day <= :day)
AND NOT EXISTS (SELECT 1 FROM block b WHERE b.member_id IN (m.id, h.account_id) AND b.from_day <= :day
  AND (b.until_day IS NULL OR b.until_day >= :day))
ORDER BY m.id, c.id"""


def exports_of(connection: Connection, target: str | None = None) -> list[Export]:
    """The exports for a target, or for all, the first one first."""
    rows = connection.execute(
        "SELECT id, target, files, sha256, rows, whole, day, at, by FROM till_export WHERE ?1 IS NULL OR target = ?1 ORDER BY id",
        (target,),
    )
    return [Export._make((*row[:2], tuple(json.loads(row[2])), *row[3:5], bool(row[5]), *row[6:])) for row in rows]


def save_export(connection: Connection, export: Export, told: Iterable[Told]) -> None:
    """Keep an export with its rows; its number is given before, as it stands in the files' names."""
    connection.execute(
        "INSERT INTO till_export (id, target, files, sha256, rows, whole, day, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*export[:2], json.dumps(export.files, ensure_ascii=False), *export[3:]),
    )
    connection.executemany(
        "INSERT INTO till_told (export_id, key, member_id, facts, gone) VALUES (?, ?, ?, ?, ?)",
        [(export.id, row.key, row.member, facts_text(row.facts), int(row.gone)) for row in told],
    )


def next_number(connection: Connection) -> int:
    """The number of the next export."""
    return int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM till_export").fetchone()[0])


def told_last(connection: Connection, target: str) -> dict[str, Told]:
    """What a target knows by now, by key."""
    return {row[0]: told_of(row[:4]) for row in connection.execute(LATEST, (target,))}


def told_in(connection: Connection, export: int) -> list[Told]:
    """The rows of one export."""
    rows = connection.execute("SELECT key, member_id, facts, gone FROM till_told WHERE export_id = ? ORDER BY id", (export,))
    return [told_of(row) for row in rows]


def told_of(row: tuple[str, int | None, str, int]) -> Told:
    """A row of the table."""
    return Told(row[0], row[1], json.loads(row[2]), bool(row[3]))


def facts_text(facts: dict[str, Value]) -> str:
    """Facts as they are kept."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def cards_of_members(connection: Connection, day: Day) -> list[tuple[int, int, str, str, str, str, str, str, int, str, int, str, int]]:
    """Every card of who may use one, with what is known of the member; last whether it counts for somebody else's account."""
    return connection.execute(MEMBERS, {"day": day}).fetchall()


def emails_of(connection: Connection) -> dict[int, str]:
    """The e-mail addresses of members who have one."""
    return dict(connection.execute("SELECT id, email FROM member WHERE email <> ''").fetchall())
