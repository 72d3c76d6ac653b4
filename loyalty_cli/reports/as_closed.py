"""What a closed month's pack kept of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.kept_table import tables_again
from loyalty_cli.store.months import kept_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.reading import Connection


def rows_as_closed(connection: Connection, name: str, day: Day) -> Sequence[tuple[Cell, ...]] | None:
    """The rows of a report at the end of a month as its pack kept them; None of any other day, and of an open month."""
    month = month_of(day)
    kept = kept_pack(connection, month) if day == span_of_month(month)[1] else ""
    return next((table.rows for table in tables_again(kept) if table.name == name), None) if kept else None
