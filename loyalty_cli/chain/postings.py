"""A bucket's ledger during a run: what is posted is read from files, what is missing is kept by columns until it is written."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import Any
from typing import TYPE_CHECKING

import pyarrow as pa

from loyalty_cli.chain.purchases import of_each
from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import entry_number
from loyalty_cli.chain.tables import later_than
from loyalty_cli.chain.tables import SCHEMAS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.chain.tables import table_of
from loyalty_cli.store.ledger.ledger import add_up
from loyalty_cli.store.ledger.ledger import booked_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.chain.tables import Tables
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Columns
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.store.ledger.block import Block

READ = ("member_id", "rule", "cause_kind", "cause_id", "asset", "effective_on", "quantity")


class Postings:
    """The entries and states of a bucket during one run; `first_open` is the first day that no closed month covers."""

    def __init__(self, files: Tables, names: Sequence[str], after: Mapping[int, Day], *, run: int, bucket: int, first_open: Day) -> None:
        self.run, self.bucket, self.first_open = run, bucket, first_open
        table = of_each(files.table(ENTRIES, names, READ, later_than(after, "effective_on")), after, "effective_on")
        self.before = [each.to_pylist() for each in table.sort_by("member_id").columns]
        self.entries: list[pa.Table] = []
        self.states: list[pa.Table] = []
        self.standings: list[tuple[Any, ...]] = []
        self.written_rows = 0
        self.sums: Counter[str] = Counter()
        self.rules: set[str] = set()

    def posted(self, block: Block) -> dict[int, dict[Key, int]]:
        """What is posted for a block's members after their day, summed by key."""
        first, end = bisect_left(self.before[0], block.first), bisect_left(self.before[0], block.last + 1)
        sums: dict[int, Counter[Key]] = {}
        for member, *key, quantity in zip(*(each[first:end] for each in self.before)):
            sums.setdefault(member, Counter())[tuple(key)] += quantity
        return {member: dict(own) for member, own in sums.items()}

    def post(self, lacking: Columns) -> int:
        """Keep what members' books lack; how many rows that took."""
        rows, booked = len(lacking.members), booked_on(lacking.days, self.first_open)
        first = entry_number(self.run, self.bucket, self.written_rows)
        causes = lacking.cause_kinds, lacking.cause_ids
        what = lacking.members, named(lacking.rules), *causes, named(lacking.assets), lacking.quantities, lacking.days, booked
        columns = (range(first, first + rows), *what, [self.run] * rows)
        self.entries.append(pa.table(list(map(as_column, columns)), schema=SCHEMAS[ENTRIES]))
        self.written_rows += rows
        self.rules.update(lacking.rules)
        add_up(self.sums, lacking.assets, lacking.quantities)
        return rows

    def keep(self, rows: Iterable[tuple[int, int, str, Standing]]) -> None:
        """Keep standings as (member, version, state, standing)."""
        states = []
        for member, version, state, standing in rows:
            states.append((member, state))
            self.standings.append((member, version, "", *standing))
        self.states.append(table_of(STATES, states))

    def begin(self) -> None:
        """Nothing is to be prepared."""

    def finish(self) -> None:
        """Nothing is to be put in order."""

    def written(self) -> Counter[str]:
        """The sums by asset of what was kept."""
        return self.sums


def named(names: Sequence[str]) -> pa.DictionaryArray:
    """Few names on many rows."""
    return pa.array(names, pa.string()).dictionary_encode()


def as_column(values: Any) -> pa.Array:
    """Whole numbers as a column; what is one already."""
    return values if isinstance(values, pa.Array) else pa.array(values, pa.int64())
