"""The ledger: append-only entries, and the differences that bring it to what replay says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.store.ledger.standings import save_standings
from loyalty_cli.store.many_rows import insert

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Columns
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

Asset = TypeVar("Asset", int, str)

# CROSS JOIN tells SQLite to seek each member's own rows; left to itself it reads all rows of all members between.
POSTED = """
SELECT e.member_id, e.rule_id, e.cause_kind, e.cause_id, e.asset_id, e.effective_on, sum(e.quantity)
FROM temp.work w CROSS JOIN ledger e ON e.member_id = w.member_id AND e.effective_on > w.after
WHERE w.member_id BETWEEN :first AND :last
GROUP BY 1, 2, 3, 4, 5, 6
"""
ROW = "ledger (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id)"


class Names(dict[str, int]):
    """Numbers of rules or assets by name; a new name gets its number when it is first asked for."""

    def __init__(self, connection: Connection, table: str) -> None:
        super().__init__(connection.execute(f"SELECT name, id FROM {table}").fetchall())
        self.by_number = {number: name for name, number in self.items()}
        self.insert = f"INSERT INTO {table} (name) VALUES (?) RETURNING id"
        self.connection = connection

    def __missing__(self, name: str) -> int:
        number: int = self.connection.execute(self.insert, (name,)).fetchone()[0]
        self[name] = number
        self.by_number[number] = name
        return number


class Ledger:
    """The ledger during one run."""

    def __init__(self, connection: Connection, *, run: int, first_open: Day) -> None:
        self.connection = connection
        self.run = run
        self.first_open = first_open
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
        rules, assets = self.rules.by_number, self.assets.by_number
        for member, rule, cause, id_, asset, day, quantity in self.connection.execute(POSTED, block.span):
            sums.setdefault(member, {})[rules[rule], cause, id_, assets[asset], day] = quantity
        return sums

    def post(self, lacking: Columns) -> int:
        """Write what members' books lack; how many rows that took."""
        rules = list(map(self.rules.__getitem__, lacking.rules))
        assets = list(map(self.assets.__getitem__, lacking.assets))
        causes = lacking.cause_kinds, lacking.cause_ids
        of_day = lacking.days, lacking.quantities, booked_on(lacking.days, self.first_open)
        insert(self.connection, ROW, [lacking.members, rules, *causes, assets, *of_day, self.run])
        add_up(self.sums, assets, lacking.quantities)
        return len(rules)

    def keep(self, rows: Iterable[tuple[int, int, str, Standing]]) -> None:
        """Write standings as (member, version, state, standing)."""
        save_standings(self.connection, rows)

    def begin(self) -> None:
        """A first load is written without the index, which is then made in one go."""
        if self.empty:
            self.connection.execute("DROP INDEX ledger_of_member")

    def finish(self) -> None:
        """Make the index again."""
        if self.empty:
            self.connection.execute("CREATE INDEX ledger_of_member ON ledger (member_id, effective_on)")

    def written(self) -> Counter[str]:
        """The sums by asset of what this run has written."""
        return Counter({self.assets.by_number[asset]: quantity for asset, quantity in self.sums.items()})


def booked_on(days: Sequence[Day], first_open: Day) -> Sequence[Day]:
    """The days that entries are booked on: what happened in a closed month on the first day that none covers."""
    return days if min(days) >= first_open else [max(day, first_open) for day in days]


def add_up(sums: Counter[Asset], assets: Sequence[Asset], quantities: Sequence[int]) -> None:
    """Note what was written: many rows of few assets, and a plain dict is added to in half the time."""
    own = dict.fromkeys(assets, 0)
    for asset, quantity in zip(assets, quantities, strict=True):
        own[asset] += quantity
    sums.update(own)


def first_open_day(connection: Connection) -> Day:
    """The first day that no closed month covers."""
    day: Day = connection.execute("SELECT coalesce(max(first_open_day), 0) FROM month").fetchone()[0]
    return day


def last_run_day(connection: Connection) -> Day:
    """The last day that has been recalculated, or 0; what was taken back does not count."""
    day: Day = connection.execute("SELECT coalesce(max(until), 0) FROM run WHERE id NOT IN (SELECT run_id FROM taken_back)").fetchone()[0]
    return day
