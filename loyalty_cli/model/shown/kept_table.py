"""Tables kept as text, so that they can be shown again in any language, byte for byte the same."""

from __future__ import annotations

import json
from typing import Any

from loyalty_cli.model.shown.kept_phrase import as_data
from loyalty_cli.model.shown.kept_phrase import as_value
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table


def tables_kept(tables: list[Table]) -> str:
    """Tables as JSON."""
    return json.dumps([table_data(table) for table in tables], ensure_ascii=False, separators=(",", ":"))


def tables_again(text: str) -> list[Table]:
    """The tables that were kept."""
    return [table_of(data) for data in json.loads(text)]


def table_data(table: Table) -> dict[str, Any]:
    """One table in JSON's own kinds."""
    return {
        "name": table.name,
        "title": as_data(table.title),
        "columns": [[column.name, column.heading, column.kind, column.total] for column in table.columns],
        "rows": table.rows,
        "currency": table.currency,
        "digits": table.digits,
        "basis": as_data(table.basis),
        "notes": [as_data(note) for note in table.notes],
        "empty": as_data(table.empty),
        "timezone": table.timezone,
    }


def table_of(data: dict[str, Any]) -> Table:
    """One table back from JSON."""
    columns = [Column(name=name, heading=heading, kind=kind, total=total) for name, heading, kind, total in data["columns"]]
    return Table(
        name=data["name"],
        title=as_value(data["title"]),
        columns=columns,
        rows=[tuple(row) for row in data["rows"]],
        currency=data["currency"],
        digits=data["digits"],
        basis=as_value(data["basis"]),
        notes=[as_value(note) for note in data["notes"]],
        empty=as_value(data["empty"]),
        timezone=data["timezone"],
    )
