"""What a task of a chain's run reads of files and writes to files; it knows one bucket."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.chain.book import entry_number
from loyalty_cli.chain.book import lines_of
from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import ENTRY
from loyalty_cli.chain.tables import HEAD
from loyalty_cli.chain.tables import later_than
from loyalty_cli.chain.tables import of_members
from loyalty_cli.chain.tables import RECEIPTS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.chain.tables import table_of
from loyalty_cli.chain.tables import Tables
from loyalty_cli.store.extracts import sales_of
from loyalty_cli.store.ledger.ledger import Names
from loyalty_cli.store.ledger.standings import standings_without_states

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# So many files of a bucket are read one after the other; of more, one is made.
MOST_FILES = 8
DONE = "(SELECT w.member_id FROM temp.work w)"
CLAIMED = "SELECT DISTINCT r.* FROM hand_over h JOIN receipt r ON h.cause = 1 AND r.id = h.cause_id WHERE h.to_id IS NULL"
TOLD = f"SELECT from_id, to_id, reward, cause, cause_id, day, times FROM hand_over WHERE from_id IN {DONE} ORDER BY id"
ENTRIES_OF_RUN = """
SELECT e.id, e.member_id, u.name, e.cause_kind, e.cause_id, a.name, e.quantity, e.effective_on, e.booked_on, e.run_id
FROM ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id WHERE e.run_id = ? ORDER BY e.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a task is given: rows of the control book by table, who is to be replayed after which day, the files of the bucket."""

    bucket: int
    folder: str
    work: list[tuple[int, Day]]
    rows: dict[str, list[tuple[Any, ...]]]
    files: dict[str, list[str]]
    version: int
    until: Day
    at: str
    run: int


@dataclass(slots=True, kw_only=True)
class Result:
    """What a task found: standings, what members tell others, whose later facts wait, receipts behind claims, new names, its files."""

    standings: list[tuple[Any, ...]] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    due: list[tuple[int, Day]] = field(default_factory=list)
    claimed: list[tuple[Any, ...]] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    written: list[tuple[Any, ...]] = field(default_factory=list)
    instead_of: list[str] = field(default_factory=list)
    rows_read: int = 0


def bring_facts(connection: Connection, brief: Brief, folder: Path) -> int:
    """Read what lies in files of the members who wait, after the day that each goes on from; how many rows."""
    files = Tables(Path(brief.folder))
    after, count = dict(brief.work), 0
    for table, rows in brief.rows.items():
        if rows:
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    for rows in files.read(RECEIPTS, brief.files[RECEIPTS], [*HEAD, "lines"], later_than(after, "day")):
        own = [row for row in rows if row[6] > after.get(row[4], 0)]
        connection.executemany(f"INSERT OR REPLACE INTO receipt VALUES ({', '.join('?' * 16)})", [row[:16] for row in own])
        connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", lines_of(own))
        count += len(own)
    rules, assets = Names(connection, "rule"), Names(connection, "asset")
    for rows in files.read(ENTRIES, brief.files[ENTRIES], ENTRY, later_than(after, "effective_on")):
        entries = [(*row[:2], rules[row[2]], row[3], row[4], assets[row[5]], *row[6:]) for row in rows]
        connection.executemany(f"INSERT INTO ledger VALUES ({', '.join('?' * 10)})", entries)
        count += len(entries)
    # Of a member's states the last one holds; whoever was worked out on the control book since has brought theirs along.
    going_on = of_members(member for member, day in brief.work if day)
    kept = dict(row for rows in files.read(STATES, brief.files[STATES], ("member_id", "state"), going_on) for row in rows)
    connection.executemany("UPDATE standing SET state = ?2 WHERE member_id = ?1 AND state = ''", kept.items())
    back = [id_ for (id_,) in connection.execute("SELECT id FROM receipt WHERE returned > 0")]
    connection.executemany("INSERT INTO return_of VALUES (?, ?)", sales_of(folder, back))
    return count + len(kept)


def take_out(connection: Connection, brief: Brief, result: Result) -> None:
    """Write entries and states to files; what is for the control book goes into the result."""
    files = Tables(Path(brief.folder))
    entries = connection.execute(ENTRIES_OF_RUN, (brief.run,)).fetchall()
    numbered = [(entry_number(brief.run, brief.bucket, place), *row[1:]) for place, row in enumerate(entries)]
    states = connection.execute(f"SELECT member_id, state FROM standing WHERE member_id IN {DONE}").fetchall()
    for what, rows in ((ENTRIES, numbered), (STATES, states)):
        old = brief.files[what] if len(brief.files[what]) >= MOST_FILES else []
        if rows:
            result.written.append(files.write(what, brief.bucket, files.joined(what, old, table_of(what, rows))))
            result.instead_of += old
    if len(old := brief.files[RECEIPTS]) >= MOST_FILES:
        result.written.append(files.write(RECEIPTS, brief.bucket, files.whole(RECEIPTS, old)))
        result.instead_of += old
    result.standings = standings_without_states(connection)
    result.told = connection.execute(TOLD).fetchall()
    result.due = connection.execute(f"SELECT member_id, since FROM due WHERE member_id IN {DONE}").fetchall()
    result.claimed = connection.execute(CLAIMED).fetchall()
