"""The ledger: append-only entries, and the differences that bring it to what replay says."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from itertools import repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

Key = tuple[int, int, int, int, int]
# Member, key, quantity.
Row = tuple[int, int, int, int, int, int, int]

# CROSS JOIN tells SQLite to seek each member's own rows; left to itself it reads all rows of all members between.
POSTED = """
SELECT e.member_id, e.rule_id, e.cause_kind, e.cause_id, e.asset_id, e.effective_on, sum(e.quantity)
FROM temp.work w CROSS JOIN ledger e ON e.member_id = w.member_id AND e.effective_on > w.after
WHERE w.member_id BETWEEN :first AND :last
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(e.quantity) <> 0
"""
# What happened in a closed month is booked on the first open day.
INSERT = """
INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?6, {first_open}), {run})
"""


class Names(dict[str, int]):
    """Numbers of rules or assets by name; a new name gets its number when it is first asked for."""

    def __init__(self, connection: Connection, table: str) -> None:
        super().__init__(connection.execute(f"SELECT name, id FROM {table}").fetchall())
        self.insert = f"INSERT INTO {table} (name) VALUES (?) RETURNING id"
        self.connection = connection

    def __missing__(self, name: str) -> int:
        number: int = self.connection.execute(self.insert, (name,)).fetchone()[0]
        self[name] = number
        return number


class Ledger:
    """The ledger during one run."""

    def __init__(self, connection: Connection, *, run: int, first_open: Day) -> None:
        self.connection = connection
        self.insert = INSERT.format(first_open=int(first_open), run=int(run))
        self.rules = Names(connection, "rule")
        self.assets = Names(connection, "asset")
        self.before: int = connection.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
        self.empty = not self.before
        # The sums by asset of what this run has written.
        self.sums: Counter[int] = Counter()

    def posted(self, block: Block) -> dict[int, dict[Key, int]]:
        """What is posted for a block's members after their day, summed by key."""
        sums: dict[int, dict[Key, int]] = {}
        if self.empty:
            return sums
        for member, *key, quantity in self.connection.execute(POSTED, block.span):
            sums.setdefault(member, {})[tuple(key)] = quantity
        return sums

    def post(self, found: Sequence[tuple[int, Sequence[Entry]]], posted: dict[int, dict[Key, int]]) -> int:
        """Write what is missing so that the ledger says what each member's entries say; how many rows that took."""
        rows = [
            row
            for member, entries in found
            if member in posted
            for row in self.differences(member, entries, posted[member])
        ]
        self.connection.executemany(self.insert, rows)
        self.add_up([row[4] for row in rows], [row[6] for row in rows])
        fresh = [(member, entries) for member, entries in found if member not in posted]
        return len(rows) + self.post_all(fresh)

    def post_all(self, found: Sequence[tuple[int, Sequence[Entry]]]) -> int:
        """Write entries of members who have nothing posted yet, by columns: on a first load these are millions."""
        entries = [entry for _, own in found for entry in own]
        if entries:
            members = chain.from_iterable(repeat(member, len(own)) for member, own in found)
            rules, causes, ids, assets, days, quantities = zip(*entries)
            numbers = [self.assets[asset] for asset in assets]
            rows = zip(members, map(self.rules.__getitem__, rules), causes, ids, numbers, days, quantities)
            self.connection.executemany(self.insert, rows)
            self.add_up(numbers, quantities)
        return len(entries)

    def differences(self, member: int, entries: Iterable[Entry], posted: dict[Key, int]) -> list[Row]:
        """The rows that are missing, where something is posted."""
        missing = {key: -quantity for key, quantity in posted.items()}
        for rule, cause, id_, asset, day, quantity in entries:
            key = self.rules[rule], cause, id_, self.assets[asset], day
            missing[key] = missing.get(key, 0) + quantity
        return [(member, *key, quantity) for key, quantity in missing.items() if quantity]

    def begin(self) -> None:
        """A first load is written without the index, which is then made in one go."""
        if self.empty:
            self.connection.execute("DROP INDEX ledger_of_member")

    def finish(self) -> None:
        """Make the index again."""
        if self.empty:
            self.connection.execute("CREATE INDEX ledger_of_member ON ledger (member_id, effective_on)")

    def add_up(self, assets: Iterable[int], quantities: Iterable[int]) -> None:
        """Note what was written."""
        sums = self.sums
        for asset, quantity in zip(assets, quantities):
            sums[asset] += quantity

    def written(self) -> Counter[str]:
        """The sums by asset of what this run has written."""
        names = {number: name for name, number in self.assets.items()}
        return Counter({names[asset]: quantity for asset, quantity in self.sums.items()})


def first_open_day(connection: Connection) -> Day:
    """The first day that no closed month covers."""
    day: Day = connection.execute("SELECT coalesce(max(first_open_day), 0) FROM month").fetchone()[0]
    return day


def last_run_day(connection: Connection) -> Day:
    """The last day that has been recalculated, or 0."""
    day: Day = connection.execute("SELECT coalesce(max(until), 0) FROM run").fetchone()[0]
    return day
