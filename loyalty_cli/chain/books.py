"""What members should have as rows of Arrow, and the step from facts to them; runs in every worker of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset

from loyalty_cli.chain.facts import members_in
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.standing import Standing
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.posting import bring
from loyalty_cli.replay.posting import Waiting
from loyalty_cli.replay.replayer import Replayer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.posting import Brought

ENTRY = pa.struct(
    [
        ("rule", pa.string()),
        ("cause", pa.int8()),
        ("cause_id", pa.int64()),
        ("asset", pa.string()),
        ("day", pa.int32()),
        ("quantity", pa.int64()),
    ]
)
WORDS = {"tier", "next_tier"}
STANDING = pa.struct([(name, pa.string() if name in WORDS else pa.int64()) for name in Standing._fields])
SCHEMA = pa.schema(
    [("member", pa.int64()), ("entries", pa.list_(ENTRY)), ("state", pa.string()), ("standing", STANDING)]
)
MEMBERS_AT_A_TIME = 200


class Kept(NamedTuple):
    """A member's books as they lie in the files."""

    member: int
    entries: list[Entry]
    state: str
    standing: Standing


@dataclass(frozen=True)
class Replay:
    """Facts to books through a day, under versions of the program given as (first day, text of the program)."""

    versions: tuple[tuple[Day, str], ...]
    until: Day

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The books of each batch of members."""
        replayer = Replayer(Plan(tuple((day, program_of(text, "program.yaml")) for day, text in self.versions)))
        for batch in batches:
            waiting = (Waiting(facts, None, {}) for facts in members_in(batch))
            yield batch_of(bring(replayer, each, self.until) for each in waiting)


def batch_of(members: Iterable[Brought]) -> pa.RecordBatch:
    """Members' books as rows."""
    rows = [(each.member, list(each.missing), each.state, each.standing) for each in members]
    columns = zip(*rows) if rows else ((),) * len(SCHEMA)
    arrays = [pa.array(list(column), type=field.type) for column, field in zip(columns, SCHEMA)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def books_in(batch: pa.RecordBatch) -> Iterator[Kept]:
    """The books of a batch."""
    for row in batch.to_pylist():
        entries = [Entry(*entry.values()) for entry in row["entries"]]
        yield Kept(row["member"], entries, row["state"], Standing(**row["standing"]))


def books_kept(folder: Path) -> Iterator[list[Kept]]:
    """All books of a folder of Parquet files, some members at a time."""
    files = pyarrow.dataset.dataset(folder, format="parquet", schema=SCHEMA)
    for batch in files.to_batches(batch_size=MEMBERS_AT_A_TIME, fragment_readahead=0, batch_readahead=1):
        yield list(books_in(batch))
