"""What a replay from scratch changed: entries it had to post, standings it had to put right."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection

ENTRIES = """
SELECT ledger.member_id, rule.name, asset.name, coalesce(date(ledger.effective_on), ''), ledger.quantity
FROM ledger JOIN rule ON rule.id = ledger.rule_id JOIN asset ON asset.id = ledger.asset_id
WHERE ledger.run_id = (SELECT max(id) FROM run) ORDER BY ledger.id
"""
# Everything a person is told. How far somebody was replayed and the snapshot to go on from differ anyway.
COMPARED = (
    *(
        "tier",
        "tier_since",
        "next_tier",
        "missing",
        "keep_until",
        "keep_missing",
        "points",
        "pending",
        "debt",
    ),
    *("lapsing", "lapse_on", "qualifying", "spent", "visits", "discount", "first_on", "last_on", "due_on"),
)


class DifferentEntry(NamedTuple):
    """An entry that is missing, or that is one too many."""

    member: int
    rule: str
    asset: str
    day: str
    quantity: int


class DifferentStanding(NamedTuple):
    """A figure of a standing that is not what it should be."""

    member: int
    figure: str
    kept: str
    right: str


def entries_of_last_run(connection: Connection) -> Iterator[DifferentEntry]:
    """The entries that the last run had to post."""
    return (DifferentEntry(*row) for row in connection.execute(ENTRIES))


def remember_standings(connection: Connection) -> None:
    """Keep the standings as they are, to compare them later."""
    connection.execute("DROP TABLE IF EXISTS temp.standing_before")
    connection.execute(f"CREATE TEMP TABLE standing_before AS SELECT member_id, {', '.join(COMPARED)} FROM main.standing")
    connection.execute("CREATE UNIQUE INDEX temp.standing_before_member ON standing_before (member_id)")


def changed_standings(connection: Connection) -> Iterator[DifferentStanding]:
    """What is different from the standings that were remembered."""
    differs = " OR ".join(f"now.{name} IS NOT was.{name}" for name in COMPARED)
    columns = ", ".join(f"was.{name}, now.{name}" for name in COMPARED)
    select = (
        f"SELECT now.member_id, {columns} FROM main.standing now "
        f"LEFT JOIN temp.standing_before was ON was.member_id = now.member_id WHERE {differs} ORDER BY 1"
    )
    for member, *values in connection.execute(select):
        for place, name in enumerate(COMPARED):
            kept, right = values[2 * place], values[2 * place + 1]
            if kept != right:
                yield DifferentStanding(member, name, shown(kept), shown(right))


def shown(value: object) -> str:
    """A figure as text; '-' for none."""
    return "-" if value is None or value == "" else str(value)
