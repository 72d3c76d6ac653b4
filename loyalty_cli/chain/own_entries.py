"""Entries that a command wrote on the control book itself: from the tables in sight they go to files, as those of tasks do."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import entry_number
from loyalty_cli.chain.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.chain.tables import Tables
    from loyalty_cli.chain.tables import Written
    from loyalty_cli.store.chain.control_book import Place
    from loyalty_cli.store.database import Connection

LAST_ENTRY = "SELECT coalesce(max(id), 0) FROM temp.ledger"
NEW_ENTRIES = (
    "SELECT e.id, e.member_id, u.name, e.cause_kind, e.cause_id, a.name, e.quantity, e.effective_on, e.booked_on, e.run_id "
    "FROM temp.ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id WHERE e.id > ? ORDER BY e.id"
)
# Of a run of one member on the control book itself: after those of all buckets.
OWN_BUCKET = 0xFFFF


def last_entry(connection: Connection) -> int:
    """The number of the last entry in sight."""
    number: int = connection.execute(LAST_ENTRY).fetchone()[0]
    return number


def own_entries(connection: Connection, last: int, place: Place, tables: Tables) -> Iterator[Written]:
    """The entries after the last that came from files, as a file for each of their buckets."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, (_, member, *rest) in enumerate(connection.execute(NEW_ENTRIES, (last,)).fetchall()):
        found[place.bucket_of(member)].append((entry_number(rest[-1], OWN_BUCKET, number), member, *rest))
    for bucket, rows in sorted(found.items()):
        yield tables.write(ENTRIES, bucket, table_of(ENTRIES, rows))
