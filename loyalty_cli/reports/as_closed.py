"""What closed months' packs kept of a report."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.kept_table import tables_again
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.packs import kept_pack
from loyalty_cli.store.packs import kept_table
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.books.as_closed import AsClosed
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.store.reading import Connection


RESTATED_MEANS = phrase("Restated: closed months stay as they were closed; what is reckoned otherwise since then stands here.")


def restated_said(rows: Iterable[Sequence[Cell]], place: int) -> list[Phrase]:
    """What restated means, where something is: `place` is that of its column."""
    return [RESTATED_MEANS] if any(row[place] for row in rows) else []


def table_as_closed(connection: Connection, name: str, day: Day) -> Table | None:
    """A report at the end of a month as its pack kept it; None of any other day, of an open month, and where it has none."""
    month = month_of(day)
    kept = kept_pack(connection, month) if day == span_of_month(month)[1] else ""
    return next((table for table in tables_again(kept) if table.name == name), None) if kept else None


def rows_as_closed(connection: Connection, name: str, day: Day) -> Sequence[tuple[Cell, ...]] | None:
    """The rows of such a report."""
    table = table_as_closed(connection, name, day)
    return None if table is None else table.rows


def closing_as_closed(connection: Connection, name: str, key: str, day: Day) -> Counter[str] | None:
    """What each name of such a report closed with."""
    table = table_as_closed(connection, name, day)
    if table is None:
        return None
    columns = [column.name for column in table.columns]
    return Counter({str(row[columns.index(key)]): int(str(row[columns.index("closing")])) for row in table.rows})


def moved_as_closed(connection: Connection, name: str, key: str, kinds: Mapping[str, str]) -> dict[str, AsClosed]:
    """What each closed month whose pack has a report kept of it: by the column of names, and by those columns that are kinds.

    A store is called as it is now: with another name, or as a part of another one, it is still what was closed.
    """
    # Imported here because who asks for one table needs nothing of how debts are reckoned.
    from loyalty_cli.books.as_closed import AsClosed

    found: dict[str, AsClosed] = {}
    for month, text in kept_table(connection, name):
        data = json.loads(text)
        columns = [column[0] for column in data["columns"]]
        mine = found[month] = AsClosed(Counter(), Counter())
        for row in (dict(zip(columns, row, strict=True)) for row in data["rows"]):
            name_now = present_name(connection, row[key]) if key == "store" else row[key]
            mine.opening[name_now] += row["opening"]
            mine.moved.update({(name_now, kind): row[column] for column, kind in kinds.items() if row.get(column)})
    return found
