"""The control book opened: what lies in files is brought into sight when it is asked for, and what changed is laid away."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from loyalty_cli.chain.all_engines import engine_at
from loyalty_cli.chain.own_entries import last_entry
from loyalty_cli.chain.own_entries import own_entries
from loyalty_cli.chain.readers import nobody_reads
from loyalty_cli.chain.readers import reading
from loyalty_cli.chain.sight import connected
from loyalty_cli.chain.sight import used_with
from loyalty_cli.chain.sight import with_household
from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import ENTRY
from loyalty_cli.chain.tables import HEAD
from loyalty_cli.chain.tables import of_members
from loyalty_cli.chain.tables import receipt_key
from loyalty_cli.chain.tables import RECEIPTS
from loyalty_cli.chain.tables import SCHEMAS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.chain.tables import table_of
from loyalty_cli.chain.tables import Tables
from loyalty_cli.store.chain import control_book
from loyalty_cli.store.chain.shadows import as_it_is
from loyalty_cli.store.chain.shadows import bring_states
from loyalty_cli.store.chain.shadows import note_changes
from loyalty_cli.store.chain.shadows import SHADOWED
from loyalty_cli.store.chain.shadows import Shadows
from loyalty_cli.store.chain.shadows import STATES as STANDING_STATES
from loyalty_cli.store.chain.shadows import stop_noting
from loyalty_cli.store.chain.shadows import take_states_out
from loyalty_cli.store.ledger.ledger import Names
from loyalty_cli.store.ledger.links import JOINED_THROUGH
from loyalty_cli.store.ledger.links import SOLD_ELSEWHERE
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.chain.engine import Engine
    from loyalty_cli.chain.tables import Written
    from loyalty_cli.store.chain.control_book import Place
    from loyalty_cli.store.telling import TellingConnection

ENTER = {
    "receipt": f"INSERT OR IGNORE INTO temp.receipt ({', '.join(HEAD)}) VALUES ({', '.join('?' * len(HEAD))})",
    "line": "INSERT OR IGNORE INTO temp.line (id, article_id, quantity, amount, discount, loyalty) VALUES (?, ?, ?, ?, ?, ?)",
    "ledger": "INSERT INTO temp.ledger (id, member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on, booked_on, run_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
}
BITS_OF_LINE = 12
WORK = ".work-"
# A row that keeps the place of the last receipt, so that numbers go on from it. No receipt has its store.
KEEP_PLACE = "INSERT OR IGNORE INTO temp.receipt VALUES (?1, 0, '', NULL, NULL, 0, 0, 0, 0, 0, 0, NULL, NULL, 0, 0, ?1)"
NEW_RECEIPTS = f"SELECT {', '.join(HEAD)} FROM temp.receipt WHERE id > ? AND store_id <> 0 ORDER BY id"
OF_LINES = "SELECT article_id, quantity, amount, discount, loyalty FROM temp.line WHERE id BETWEEN ? AND ? ORDER BY id"
TOUCHED = f"SELECT {', '.join(f'r.{name}' for name in HEAD)} FROM touched_receipt t JOIN temp.receipt r ON r.id = t.id WHERE t.id <= ?"


class Book:
    """One command's sight of a chain: `only` are the members it is about, or None for everybody."""

    def __init__(self, connection: TellingConnection, place: Place, folder: Path) -> None:
        self.connection = connection
        self.place = place
        self.tables = Tables(folder / place.tables)
        self.last_receipt = control_book.last_receipt(connection)
        self.last_entry = 0
        self.rows_read = 0
        self.where: dict[str, pc.Expression | None] = {RECEIPTS: None, ENTRIES: None, STATES: None}
        self.buckets: set[int] | None = None
        self.running: Engine | None = None
        self.at_work: list[Path] = []
        self.shadows = Shadows(connection, self.fill)
        connection.bring = self
        self.changing = connection.in_transaction
        self.held = None if self.changing else reading(self.tables.folder)
        if self.changing:
            self.sweep()
            note_changes(connection)

    def __call__(self, sql: str, parameters: Any) -> None:
        """Bring in what a statement is about to read."""
        self.shadows(sql, parameters)

    def only(self, members: Iterable[int], receipt: str = "") -> None:
        """From here on only some members are asked of, and a receipt by its number; what is in sight already is everything and stays."""
        if not self.shadows.waiting >= {*SHADOWED}:
            return
        self.shadows.waiting -= {*SHADOWED}
        wanted = with_household(self.connection, members)
        self.where = dict.fromkeys(self.where, of_members(wanted))
        self.buckets = {self.place.bucket_of(member) for member in wanted}
        self.fill_ledger()
        self.bring_receipts(self.where[RECEIPTS])
        ids, named = connected(self.connection), {receipt, *used_with(self.connection, wanted)} - {""}
        if ids or named:
            self.buckets, kept = None, self.buckets
            by_number = pc.field("number").isin(pa.array(sorted(named), pa.string()))
            self.bring_receipts(pc.field("id").isin(pa.array(ids, pa.int64())) | by_number)
            self.buckets = kept

    def names(self, what: str) -> list[str]:
        """The files in question."""
        return [file.name for file in control_book.files_of(self.connection, what, self.buckets)]

    def fill(self, table: str) -> None:
        """Bring a table in."""
        if table == "ledger":
            self.fill_ledger()
        elif table == STANDING_STATES:
            rows = self.tables.read(STATES, self.names(STATES), ("member_id", "state"), self.where[STATES])
            bring_states(self.connection, (row for some in rows for row in some), changing=self.changing)
        else:
            self.bring_receipts(self.where[RECEIPTS], heads=table == "receipt", lines=table == "line")

    def bring_receipts(self, where: pc.Expression | None, *, heads: bool = True, lines: bool = True) -> None:
        """Bring in receipts with their lines, or one of both."""
        columns = [*HEAD, "lines"] if heads and lines else HEAD if heads else ["id", "lines"]
        for rows in self.tables.read(RECEIPTS, self.names(RECEIPTS), columns, where):
            if heads:
                self.connection.executemany(ENTER["receipt"], [row[: len(HEAD)] for row in rows] if lines else rows)
            if lines:
                self.connection.executemany(ENTER["line"], lines_of(rows))

    def bring_by_key(self, keys: Iterable[tuple[int, str]], numbers: set[str], moments: set[int]) -> None:
        """Bring in receipts by store and number, and heads of any store by number and moment; new ones get the numbers that follow."""
        prints = pa.array(sorted({receipt_key(*key) for key in keys}), pa.int64())
        self.shadows.waiting -= {"receipt", "line"}
        if len(prints):
            self.bring_receipts(pc.field("key").isin(prints))
        moment = pc.field("at").isin(pa.array(sorted(moments), pa.int64()))
        self.bring_receipts(moment & pc.field("number").isin(pa.array(sorted(numbers), pa.string())), lines=False)
        self.connection.execute(KEEP_PLACE, (self.last_receipt,))

    def fill_ledger(self) -> None:
        """Bring in entries; names of rules and assets are numbers of the control book."""
        rules, assets = Names(self.connection, "rule"), Names(self.connection, "asset")
        for rows in self.tables.read(ENTRIES, self.names(ENTRIES), ENTRY, self.where[ENTRIES]):
            numbered = [(*row[:2], rules[row[2]], row[3], row[4], assets[row[5]], *row[6:]) for row in rows]
            self.connection.executemany(ENTER["ledger"], numbered)
        self.last_entry = last_entry(self.connection)

    def bring_for_a_run(self) -> None:
        """Bring in what a recalculation asks of purchases before and after the replay, and nothing else.

        These are the returns of members who are due, those whose sale is not known or may be a later receipt, the sales they name,
        receipts that redemptions name, those of households and lost cards, those behind claims; and the last, which says how far they go.
        """
        self.shadows.waiting -= {"receipt", "line"}
        shared = self.numbers("SELECT member_id FROM household UNION SELECT account_id FROM household")
        self.where[ENTRIES] = pc.field("member_id").isin(shared) | pc.starts_with(pc.field("asset").cast(pa.string()), "gift:")
        due, known = self.numbers("SELECT member_id FROM due"), self.numbers("SELECT return_id FROM return_of")
        through = int(settings(self.connection).get(JOINED_THROUGH, 0))
        read = self.tables.read(RECEIPTS, self.names(RECEIPTS), ["number"], pc.field("id") > through) if through else ()
        new = pa.array({number for rows in read for (number,) in rows}, pa.string())
        back = (pc.field("returned") > 0) & (pc.field("member_id").isin(due) | ~pc.field("id").isin(known) | pc.field("original").isin(new))
        lost = self.numbers("SELECT card_id FROM lost_card")
        claims = self.numbers("SELECT cause_id FROM hand_over WHERE to_id IS NULL AND cause = 1")
        single = pc.field("id").isin(claims) | (pc.field("id") == self.last_receipt)
        self.bring_receipts(back | single | pc.field("member_id").isin(shared) | pc.field("card_id").isin(lost))
        self.bring_named()

    def bring_named(self) -> None:
        """Bring in the sales that returns name and the receipts that redemptions name; sales of another store where need be."""
        sold = self.numbers("SELECT f.sale_id FROM return_of f JOIN temp.receipt b ON b.id = f.return_id")
        named = self.connection.execute(
            "SELECT store_id, original FROM temp.receipt WHERE returned > 0 AND original IS NOT NULL AND gone = 0 "
            "UNION SELECT store_id, receipt FROM redemption WHERE receipt <> '' AND store_id IS NOT NULL"
        ).fetchall()
        keys = pa.array([receipt_key(*key) for key in named], pa.int64())
        if len(sold) or named:
            self.bring_receipts(pc.field("id").isin(sold) | pc.field("key").isin(keys))
        elsewhere = [number for (number,) in self.connection.execute(SOLD_ELSEWHERE)]
        if elsewhere:
            self.bring_receipts(pc.field("number").isin(pa.array(elsewhere, pa.string())))

    def bring_days(self, first: int, last: int) -> None:
        """Bring in the receipts of some days, without their lines."""
        self.bring_receipts(pc.field("day").isin(pa.array(range(first, last + 1), pa.int64())), lines=False)

    def numbers(self, select: str) -> pa.Array:
        """The numbers that a statement finds."""
        return pa.array([number for (number,) in self.connection.execute(select)], pa.int64())

    def engine(self) -> Engine:
        """Who runs tasks; it is started once for a command."""
        if self.running is None:
            self.running = engine_at(self.place.master)
        return self.running

    def work_folder(self) -> Path:
        """A folder for what goes to tasks and comes back, which all machines see."""
        self.tables.folder.mkdir(parents=True, exist_ok=True)
        self.at_work.append(Path(tempfile.mkdtemp(prefix=WORK, dir=self.tables.folder)))
        return self.at_work[-1]

    def close(self) -> None:
        """Let go of the files, of the engine, and of what went to its tasks and came back."""
        if self.held is not None:
            self.held.close()
        for place in self.at_work:
            shutil.rmtree(place, ignore_errors=True)
        self.at_work.clear()
        if self.running is not None:
            self.running.close()
            self.running = None

    def lay_away(self) -> None:
        """Write what is new or different to files and name them; the temporary tables are gone then."""
        self.shadows.waiting.clear()
        stop_noting(self.connection)
        take_states_out(self.connection)
        self.connection.execute("DELETE FROM temp.receipt WHERE store_id = 0")
        control_book.name_files(self.connection, [*self.new_receipts()])
        self.lay_entries()
        self.lay_touched()
        self.shadows.end()

    def new_receipts(self) -> Iterator[Written]:
        """The receipts that came in, as a file for each of their buckets."""
        found, last = defaultdict[int, list[tuple[Any, ...]]](list), self.last_receipt
        for row in self.connection.execute(NEW_RECEIPTS, (self.last_receipt,)).fetchall():
            last = row[0]
            found[self.place.bucket_of(row[4], row[0])].append((*row, receipt_key(row[1], row[2]), self.lines_in_sight(row[0])))
        if last > self.last_receipt:
            control_book.save_last_receipt(self.connection, last)
        for bucket, rows in sorted(found.items()):
            yield self.tables.write(RECEIPTS, bucket, table_of(RECEIPTS, rows))

    def lines_in_sight(self, receipt: int) -> list[tuple[int, ...]]:
        """The lines of a receipt that came in."""
        first = receipt << BITS_OF_LINE
        return self.connection.execute(OF_LINES, (first, first + (1 << BITS_OF_LINE) - 1)).fetchall()

    def lay_entries(self) -> None:
        """Write the entries that were written here to files and name them."""
        with as_it_is(self.connection):
            written = own_entries(self.connection, self.last_entry, self.place, self.tables)
            control_book.name_files(self.connection, [*written])
            self.last_entry = last_entry(self.connection)

    def lay_touched(self) -> None:
        """Write anew the buckets of receipts that are different now, or somebody else's."""
        was = dict(self.connection.execute("SELECT id, member_id FROM temp.touched_receipt WHERE id <= ?", (self.last_receipt,)).fetchall())
        if not was:
            return
        now = {row[0]: row for row in self.connection.execute(TOUCHED, (self.last_receipt,))}
        ids = pa.array(sorted(was), pa.int64())
        moved: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        kept: dict[int, pa.Table] = {}
        gone: list[str] = []
        for bucket in sorted({self.place.bucket_of(member, id_) for id_, member in was.items()}):
            names = [file.name for file in control_book.files_of(self.connection, RECEIPTS, [bucket])]
            whole = self.tables.whole(RECEIPTS, names)
            touched = pc.is_in(whole["id"], ids)
            kept[bucket] = whole.filter(pc.invert(touched))
            for old in whole.filter(touched).to_pylist():
                if (row := now.get(old["id"])) is not None:
                    moved[self.place.bucket_of(row[4], row[0])].append((*row, receipt_key(row[1], row[2]), old["lines"]))
            gone += names
        none = SCHEMAS[RECEIPTS].empty_table()
        whole_buckets = {
            bucket: pa.concat_tables([kept.get(bucket, none), table_of(RECEIPTS, moved.get(bucket, []))]) for bucket in {*kept, *moved}
        }
        written = [self.tables.write(RECEIPTS, bucket, rows) for bucket, rows in sorted(whole_buckets.items()) if rows.num_rows]
        control_book.name_files(self.connection, written, instead_of=gone)
        self.connection.execute("DELETE FROM temp.touched_receipt")

    def broken(self) -> list[str]:
        """The files that hold and are not there, or not as they were written."""
        named = [file for what in SCHEMAS for file in control_book.files_of(self.connection, what)]
        return [file.name for file in named if not self.tables.is_as_written(file.name, file.sha256)]

    def sweep(self) -> int:
        """Remove what the control book does not name, if nobody reads, and what a run that was broken off has left; how many files."""
        for left in self.tables.folder.glob(f"{WORK}*"):
            shutil.rmtree(left, ignore_errors=True)
        with nobody_reads(self.tables.folder) as free:
            return self.tables.sweep(control_book.names_held(self.connection)) if free else 0


def lines_of(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, ...]]:
    """The lines of receipts, each with its number."""
    return ((number, *line.values()) for row in rows for number, line in enumerate(row[-1], start=row[0] << BITS_OF_LINE))
