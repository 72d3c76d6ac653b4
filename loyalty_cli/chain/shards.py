"""What a task of a chain's run reads of files and writes to files; it knows one bucket."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from loyalty_cli.chain.book import lines_of
from loyalty_cli.chain.postings import Postings
from loyalty_cli.chain.purchases import Receipts
from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import HEAD
from loyalty_cli.chain.tables import later_than
from loyalty_cli.chain.tables import of_members
from loyalty_cli.chain.tables import RECEIPTS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.chain.tables import Tables
from loyalty_cli.store.chain.extracts import sales_of
from loyalty_cli.store.ledger.ledger import first_open_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.chain.tables import Written
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.chain.control_book import NamedFile
    from loyalty_cli.store.database import Connection

# So many files of a bucket are read one after the other. Of more, the last ones are made one: each that is not many times as large as
# all that came after it. So a night writes little again, and the files of a bucket stay few.
MOST_FILES = 16
SO_MUCH_LARGER = 4
DONE = "(SELECT w.member_id FROM temp.work w)"
CLAIMED = "SELECT DISTINCT cause_id FROM hand_over WHERE cause = 1 AND to_id IS NULL"
TOLD = f"SELECT from_id, to_id, reward, cause, cause_id, day, times FROM hand_over WHERE from_id IN {DONE} ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a task is given: rows of the control book by table, who is to be replayed after which day, the files of the bucket."""

    bucket: int
    folder: str
    work: list[tuple[int, Day]]
    rows: dict[str, list[tuple[Any, ...]]]
    files: dict[str, list[NamedFile]]
    version: int
    until: Day
    at: str
    run: int

    def names(self, what: str) -> list[str]:
        """The names of the bucket's files, in the order in which they were named."""
        return [file.name for file in self.files[what]]


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


class Bucket:
    """The members of a bucket who wait: what lies in files of them, after the day that each goes on from, and what is posted."""

    def __init__(self, connection: Connection, brief: Brief, folder: Path) -> None:
        self.connection = connection
        self.brief = brief
        self.files = Tables(Path(brief.folder))
        self.after = dict(brief.work)
        for table, rows in brief.rows.items():
            if rows:
                connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        self.receipts = Receipts(self.files, brief.names(RECEIPTS), self.after)
        self.bring_special(folder)
        self.states = self.states_to_go_on_from()
        self.postings = Postings(
            self.files, brief.names(ENTRIES), self.after, run=brief.run, bucket=brief.bucket, first_open=first_open_day(connection)
        )
        self.rows_read = self.receipts.table.num_rows + len(self.postings.before[0]) + len(self.states)

    def bring_special(self, folder: Path) -> None:
        """Into the database in memory come the receipts of those few whose returns and payments SQL looks up one by one."""
        where = self.receipts.asked_of_sql(self.brief.until)
        if where is not None:
            where &= later_than(self.after, "day")
            for rows in self.files.read(RECEIPTS, self.brief.names(RECEIPTS), [*HEAD, "lines"], where):
                own = [row for row in rows if row[6] > self.after.get(row[4], 0)]
                self.connection.executemany(f"INSERT OR REPLACE INTO receipt VALUES ({', '.join('?' * 16)})", [row[:16] for row in own])
                self.connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", lines_of(own))
        back = [id_ for (id_,) in self.connection.execute("SELECT id FROM receipt WHERE returned > 0")]
        self.connection.executemany("INSERT INTO return_of VALUES (?, ?)", sales_of(folder, back))

    def states_to_go_on_from(self) -> dict[int, str]:
        """Of a member's states the last one holds; whoever was worked out on the control book since has brought theirs along."""
        going_on = of_members(member for member, day in self.brief.work if day)
        kept = dict(row for rows in self.files.read(STATES, self.brief.names(STATES), ("member_id", "state"), going_on) for row in rows)
        own = self.connection.execute("SELECT member_id, state FROM standing WHERE state <> ''").fetchall()
        return {**kept, **{member: state for member, state in own if self.after.get(member)}}

    def written(self) -> list[Written]:
        """Write entries and states to files; of many files of a bucket one is made."""
        found = []
        for what, new in ((ENTRIES, self.postings.entries), (STATES, self.postings.states)):
            if any(table.num_rows for table in new):
                found.append(self.files.write(what, self.brief.bucket, self.files.joined(what, self.in_one(what), pa.concat_tables(new))))
        if old := self.in_one(RECEIPTS):
            found.append(self.files.write(RECEIPTS, self.brief.bucket, self.files.whole(RECEIPTS, old)))
        return found

    def in_one(self, what: str) -> list[str]:
        """The files that are written anew as one."""
        return [file.name for file in to_be_joined(self.brief.files[what])]

    def take_out(self, result: Result) -> None:
        """Write what is for files; what is for the control book goes into the result."""
        written = self.written()
        kinds = {file.what for file in written}
        result.written = [tuple(file) for file in written]
        result.instead_of = [name for what in kinds for name in self.in_one(what)]
        result.rows_read = self.rows_read
        result.names = {"rule": sorted(self.postings.rules), "asset": sorted(self.postings.sums)}
        result.standings = self.postings.standings
        result.told = self.connection.execute(TOLD).fetchall()
        result.due = self.connection.execute(f"SELECT member_id, since FROM due WHERE member_id IN {DONE}").fetchall()
        claims = pa.array([receipt for (receipt,) in self.connection.execute(CLAIMED)], pa.int64())
        if len(claims):
            named = self.files.read(RECEIPTS, self.brief.names(RECEIPTS), HEAD, pc.field("id").isin(claims))
            result.claimed = [row for rows in named for row in rows]


def to_be_joined(files: Sequence[NamedFile]) -> Sequence[NamedFile]:
    """The last of a bucket's files that are to be one: none while there are few."""
    if len(files) < MOST_FILES:
        return ()
    first, rows = len(files) - 1, files[-1].rows
    while first and files[first - 1].rows <= SO_MUCH_LARGER * rows:
        first -= 1
        rows += files[first].rows
    return files[first:]
