"""JSON for scripts: one document with what was said, the figures, the tables and the exit code."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import iso
from loyalty_cli.model.money import Currency
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.render.figures import percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look

# Raised when a name changes its meaning or goes away; new names may come at any time.
SCHEMA = 1
# One for all rows: json.dumps would make an encoder for each.
ENCODER = json.JSONEncoder(ensure_ascii=False)


def render(outcome: Outcome, look: Look) -> bytes:  # noqa: ARG001
    """An outcome as one JSON document."""
    document = {
        "schema": SCHEMA,
        "exit_code": int(outcome.exit_code),
        "said": [str(phrase) for phrase in outcome.said],
        "warnings": [str(phrase) for phrase in outcome.warnings],
        "data": outcome.data,
    }
    return f"{ending_in('tables', map(table_text, outcome.tables), document)}\n".encode("utf-8", "replace")


def ending_in(name: str, items: Iterable[str], before: Mapping[str, object]) -> str:
    """An object whose last name is a list of what is JSON already, an item on a line.

    Python's encoder, which writes all that is indented, would take longer for the rows than everything else.
    """
    opened = json.dumps(before, ensure_ascii=False, indent=1, default=simple).removesuffix("\n}")
    listed = "".join(f"\n{item}," for item in items).removesuffix(",")
    return f'{opened},\n "{name}": [{listed}]\n}}'


def table_text(table: Table) -> str:
    """A table with its columns described and its rows as objects."""
    described = {
        "name": table.name,
        "title": str(table.title),
        "basis": str(table.basis) if table.basis is not None else None,
        "notes": [str(note) for note in table.notes],
        "currency": table.currency,
        "timezone": table.timezone,
        "columns": [{"name": column.name, "kind": column.kind} for column in table.columns],
    }
    rows = ({column.name: value(cell, column, table) for cell, column in zip(row, table.columns, strict=True)} for row in table.rows)
    return ending_in("rows", map(ENCODER.encode, rows), described)


def value(cell: Cell, column: Column, table: Table) -> str | float | None:
    """A cell: money and percents as decimal strings, days as ISO dates, counts as numbers."""
    if cell is None:
        return None
    match column.kind:
        case "money":
            return Currency(code=table.currency, digits=table.digits).plain(int(cell))
        case "percent":
            return percent(int(cell))
        case "day":
            return iso(int(cell))
        case _:
            return float(cell) if column.kind == "number" else said(str(cell)) if column.kind == "said" else cell


@lru_cache(maxsize=1024)
def said(kept: str) -> str:
    """A kept phrase in words; long tables say the same of many rows."""
    return str(said_again(kept))


def simple(thing: object) -> object:
    """What JSON has no form for: our own values and paths, as scripts read them."""
    match thing:
        case Money(amount=amount, currency=currency, digits=digits):
            return Currency(code=currency, digits=digits).plain(amount)
        case OnDay(day=day):
            return iso(day)
        case Dates(first=first, last=last):
            return {"from": iso(first), "to": iso(last)}
        case _:
            return str(thing)
