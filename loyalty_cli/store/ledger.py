"""The ledger: append-only entries, and the differences that bring it to what replay says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.facts import Block

Key = tuple[int, int, int, int, int]
Row = tuple[int, int, int, int, int, int, int, int, int]

POSTED = """
SELECT e.member_id, e.rule_id, e.cause_kind, e.cause_id, e.asset_id, e.effective_on, sum(e.quantity)
FROM temp.work w JOIN ledger e ON e.member_id = w.member_id AND e.effective_on > w.after
WHERE w.member_id BETWEEN :first AND :last
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(e.quantity) <> 0
"""
INSERT = """
INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Names(dict[str, int]):
    """Numbers of rules or assets by name; a new name gets its number when it is first asked for."""

    def __init__(self, connection: Connection, table: str) -> None:
        super().__init__(connection.execute(f"SELECT name, id FROM {table}").fetchall())  # noqa: S608 - our own word
        self.insert = f"INSERT INTO {table} (name) VALUES (?) RETURNING id"  # noqa: S608
        self.connection = connection

    def __missing__(self, name: str) -> int:
        number: int = self.connection.execute(self.insert, (name,)).fetchone()[0]
        self[name] = number
        return number


class Ledger:
    """The ledger during one run."""

    def __init__(self, connection: Connection, *, run: int, first_open: Day) -> None:
        self.connection = connection
        self.run = run
        self.first_open = first_open
        self.rules = Names(connection, "rule")
        self.assets = Names(connection, "asset")
        self.empty = connection.execute("SELECT 1 FROM ledger LIMIT 1").fetchone() is None

    def posted(self, block: Block) -> dict[int, dict[Key, int]]:
        """What is posted for a block's members after their day, summed by key."""
        sums: dict[int, dict[Key, int]] = {}
        if self.empty:
            return sums
        for member, *key, quantity in self.connection.execute(POSTED, block.span):
            sums.setdefault(member, {})[tuple(key)] = quantity  # type: ignore[index]
        return sums

    def rows(self, member: int, entries: Iterable[Entry], posted: dict[Key, int] | None) -> list[Row]:
        """The rows that are missing so that the ledger says what the entries say."""
        rules, assets, run, first_open = self.rules, self.assets, self.run, self.first_open
        if not posted:
            return [
                (member, rules[rule], cause, id_, assets[asset], day, quantity, day if day > first_open else first_open, run)
                for rule, cause, id_, asset, day, quantity in entries
            ]
        keyed = [((rules[rule], cause, id_, assets[asset], day), quantity) for rule, cause, id_, asset, day, quantity in entries]
        missing = {key: -quantity for key, quantity in posted.items()}
        for key, quantity in keyed:
            missing[key] = missing.get(key, 0) + quantity
        return [self.row(member, key, quantity) for key, quantity in missing.items() if quantity]

    def row(self, member: int, key: Key, quantity: int) -> Row:
        """One row; what happened in a closed month is booked on the first open day."""
        return (member, *key, quantity, max(key[4], self.first_open), self.run)

    def begin(self) -> None:
        """A first load is written without the index, which is then made in one go."""
        if self.empty:
            self.connection.execute("DROP INDEX ledger_of_member")

    def finish(self) -> None:
        """Make the index again."""
        if self.empty:
            self.connection.execute("CREATE INDEX ledger_of_member ON ledger (member_id, effective_on)")

    def append(self, rows: Iterable[Row]) -> None:
        """Write rows."""
        self.connection.executemany(INSERT, rows)


def first_open_day(connection: Connection) -> Day:
    """The first day that no closed month covers."""
    day: Day = connection.execute("SELECT coalesce(max(first_open_day), 0) FROM month").fetchone()[0]
    return day


def last_run_day(connection: Connection) -> Day:
    """The last day that has been recalculated, or 0."""
    day: Day = connection.execute("SELECT coalesce(max(until), 0) FROM run").fetchone()[0]
    return day
