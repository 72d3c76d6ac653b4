"""One self-contained HTML page: loads nothing, prints well, readable by day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.cells import column_texts
from loyalty_cli.render.cells import heading
from loyalty_cli.render.cells import NUMBERS
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look



def render(outcome: Outcome, look: Look) -> bytes:
    """The outcome as a page."""
    tables = [section(table, look) for table in outcome.tables]
    page = template("page.html.j2").render(
        language=look.language,
        title=tables[0]["title"] if tables else "loyalty",
        said=say_all(outcome.said, look.language),
        tables=tables,
        made=say(phrase("Made by loyalty on {when}.", when=made_at(outcome, look)), look.language),
    )
    return page.encode("utf-8", "replace")


def made_at(outcome: Outcome, look: Look) -> str:
    """When the page was made, by the shop's clock."""
    timezone = outcome.tables[0].timezone if outcome.tables else "UTC"
    return figures_of(look.language).moment(look.made_at.isoformat(), timezone)


def section(table: Table, look: Look) -> dict[str, object]:
    """What the template needs of a table: texts only."""
    totals = table.totals()
    columns = []
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        texts = column_texts(column, [*cells, totals[index] if totals else None], table, look.language)
        shares = [cell if column.name.endswith("share") and isinstance(cell, int) else 0 for cell in cells]
        columns.append((column.kind, heading(column, table, look.language), texts[:-1], texts[-1], shares))
    return {
        "title": say(table.title, look.language),
        "basis": say(table.basis, look.language) if table.basis is not None else "",
        "notes": say_all(table.notes, look.language),
        "empty": say(table.empty or phrase("There is nothing to show."), look.language),
        "heads": [(text, side(kind)) for kind, text, *_ in columns],
        "rows": [
            [(texts[row], side(kind), shares[row] // 100) for kind, _, texts, _, shares in columns]
            for row in range(len(table.rows))
        ],
        "totals": total_cells(columns, look) if totals else [],
    }


def total_cells(
    columns: Sequence[tuple[str, str, list[str], str, list[int]]], look: Look
) -> list[tuple[str, str]]:
    """The last line, named in its first cell if that is free."""
    cells = [(total, side(kind)) for kind, _, _, total, _ in columns]
    return [(say(phrase("Total"), look.language), "text"), *cells[1:]] if not cells[0][0] else cells


def side(kind: str) -> str:
    """The class of a cell: numbers right, codes in even letters; only names may be broken."""
    if kind in NUMBERS:
        return "number"
    return {"code": "code", "text": "text", "said": "text"}.get(kind, "fixed")
