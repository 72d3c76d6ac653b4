"""A chain's purchases, entries and states as Parquet files: a member lies in one bucket, rows are sorted by member.

A file is never changed. What a member's rows become is written as a new file; which files hold, the control book says.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset
import pyarrow.parquet

from loyalty_cli.model.content import print_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

RECEIPTS, ENTRIES, STATES = "receipts", "entries", "states"

# A receipt's columns as the database has them, without its lines.
HEAD = (
    *("id", "store_id", "number", "card_id", "member_id", "at", "day", "clock", "total", "returned", "loyalty"),
    *("original", "desk_id", "import_id", "content", "gone"),
)
ENTRY = ("id", "member_id", "rule", "cause_kind", "cause_id", "asset", "quantity", "effective_on", "booked_on", "run_id")
LINE = ("article_id", "quantity", "amount", "discount", "loyalty")
WORDS = {"number", "original", "state"}
NAMES = {"rule", "asset"}


def kind_of(name: str) -> pa.DataType:
    """The type of a column."""
    if name in NAMES:
        return pa.dictionary(pa.int32(), pa.string())
    return pa.string() if name in WORDS else pa.int64()


def schema_of(names: Iterable[str], *more: tuple[str, pa.DataType]) -> pa.Schema:
    """The shape of a table."""
    return pa.schema([(name, kind_of(name)) for name in names] + list(more))


# `key` is the print of store and number: by it an import asks which of its receipts are known.
LINES = pa.list_(pa.struct([(name, pa.int64()) for name in LINE]))
SCHEMAS: Mapping[str, pa.Schema] = {
    RECEIPTS: schema_of(HEAD, ("key", pa.int64()), ("lines", LINES)),
    ENTRIES: schema_of(ENTRY),
    STATES: schema_of(("member_id", "state")),
}
# An entry's number: its run, its bucket, its place among them.
RUN_BITS, BUCKET_BITS = 40, 24
# Few rows are read for few members; a group of rows says which members lie in it.
ROWS_IN_GROUP = 8_192
ROWS_AT_A_TIME = 16_384


class Written(NamedTuple):
    """A file that was written, as the control book names it."""

    what: str
    bucket: int
    name: str
    rows: int
    bytes: int
    sha256: str


def entry_number(run: int, bucket: int, place: int) -> int:
    """The number of an entry, which says the order of the ledger."""
    return run << RUN_BITS | bucket << BUCKET_BITS | place


def receipt_key(store: int, number: str) -> int:
    """The print of a receipt's store and number."""
    return print_of(f"{store} {number}")


def table_of(what: str, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows as a table."""
    schema = SCHEMAS[what]
    columns = zip(*rows) if rows else ((),) * len(schema)
    return pa.table([pa.array(list(column), type=field.type) for column, field in zip(columns, schema)], schema=schema)


class Tables:
    """The files in their folder."""

    def __init__(self, folder: Path) -> None:
        # Tasks are other processes: the folder is said as a whole.
        self.folder = folder.resolve()

    def write(self, what: str, bucket: int, table: pa.Table) -> Written:
        """Write a file under a name of its own; nobody reads it before the control book names it."""
        folder = self.folder / what / f"bucket-{bucket:05}"
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(suffix=".parquet", dir=folder)
        table = table.sort_by([(name, "ascending") for name in ("member_id", "id") if name in table.schema.names])
        with os.fdopen(handle, "wb") as file:
            pyarrow.parquet.write_table(table, file, compression="zstd", row_group_size=ROWS_IN_GROUP)
            file.flush()
            os.fsync(file.fileno())
        written = Path(path)
        name = written.relative_to(self.folder).as_posix()
        return Written(what, bucket, name, table.num_rows, written.stat().st_size, sha256_of(written))

    def read(
        self, what: str, names: Sequence[str], columns: Sequence[str], where: pc.Expression | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Rows of some files, some at a time; groups of rows in which nothing can fit are not read."""
        if not names:
            return
        paths = [str(self.folder / name) for name in names]
        files = pyarrow.dataset.dataset(paths, schema=SCHEMAS[what], format="parquet")
        for batch in files.to_batches(columns=list(columns), filter=where, batch_size=ROWS_AT_A_TIME, fragment_readahead=2):
            if batch.num_rows:
                yield list(zip(*(column.to_pylist() for column in batch.columns)))

    def table(self, what: str, names: Sequence[str], columns: Sequence[str], where: pc.Expression) -> pa.Table:
        """Rows of some files as a table, read by one processor: a task has no more."""
        if not names:
            return pa.table({name: pa.array([], SCHEMAS[what].field(name).type) for name in columns})
        files = pyarrow.dataset.dataset([str(self.folder / name) for name in names], schema=SCHEMAS[what], format="parquet")
        return files.to_table(columns=list(columns), filter=where, use_threads=False)

    def whole(self, what: str, names: Sequence[str]) -> pa.Table:
        """Some files as one table, in the order of their names."""
        tables = [pyarrow.parquet.read_table(self.folder / name, schema=SCHEMAS[what], partitioning=None) for name in names]
        return pa.concat_tables(tables).unify_dictionaries() if tables else SCHEMAS[what].empty_table()

    def joined(self, what: str, names: Sequence[str], new: pa.Table) -> pa.Table:
        """Some files and new rows as one table; of a member's states the last one stays."""
        whole = pa.concat_tables([self.whole(what, names), new]).unify_dictionaries()
        if what != STATES or not names:
            return whole
        last = {member: place for place, member in enumerate(whole["member_id"].to_pylist())}
        return whole.take(pa.array(sorted(last.values()), pa.int64()))

    def is_as_written(self, name: str, sha256: str) -> bool:
        """Whether a file is there and the same as when it was named."""
        path = self.folder / name
        return path.exists() and sha256_of(path) == sha256

    def sweep(self, named: set[str]) -> int:
        """Remove the files that the control book does not name: what a crash left, and what was replaced; how many.

        One that is not let go of, as Windows keeps those that are open, waits for the next time.
        """
        gone = 0
        for path in self.folder.glob("*/bucket-*/*.parquet"):
            if path.relative_to(self.folder).as_posix() not in named:
                with contextlib.suppress(OSError):
                    path.unlink()
                    gone += 1
        return gone


def of_members(members: Iterable[int]) -> pc.Expression:
    """Rows of some members: also said as a span, by which groups of rows are left out."""
    wanted = sorted(members)
    field = pc.field("member_id")
    if not wanted:
        return pc.scalar(value=False)
    return (field >= wanted[0]) & (field <= wanted[-1]) & field.isin(pa.array(wanted, pa.int64()))


def later_than(after: Mapping[int, int], day: str) -> pc.Expression:
    """Rows of some members after the day of each, as far as one filter can say it: after the earliest of these days."""
    return of_members(after) & (pc.field(day) > min(after.values(), default=0))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
