"""One self-contained HTML page: loads nothing, prints well, readable by day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.bands import bands
from loyalty_cli.render.bands import columns_shown
from loyalty_cli.render.bands import without_zeros
from loyalty_cli.render.bands import zeros_said
from loyalty_cli.render.cells import NUMBERS
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.bands import Shown
    from loyalty_cli.render.look import Look

# What fits beside each other on A4 turned and in a window of 1,200 pixels, in letters, and the room between two columns.
ROOM = 118
GAP = 3


def render(outcome: Outcome, look: Look) -> bytes:
    """The outcome as a page; every printed sheet names the shop, the report and its days."""
    made = say(phrase("Made by loyalty on {when}.", when=made_at(outcome, look)), look.language)
    if outcome.dashboard is not None:
        from loyalty_cli.render import dashboard

        return dashboard.render(outcome.dashboard, look, made, section)
    tables = [section(table, look) for table in outcome.tables]
    first = outcome.tables[0] if outcome.tables else None
    words = [look.shop, *(say_all(filter(None, (first.title, first.basis)), look.language) if first else [])]
    page = template("page.html.j2").render(
        language=look.language,
        title=" · ".join(filter(None, words)) or "loyalty",
        shop=look.shop,
        said=say_all(outcome.said, look.language),
        tables=tables,
        made=made,
        corners={"top-left": words[0], "top-right": " · ".join(words[1:]), "bottom-left": made},
    )
    return page.encode("utf-8", "replace")


def made_at(outcome: Outcome, look: Look) -> str:
    """When the page was made, by the shop's clock."""
    timezone = outcome.tables[0].timezone if outcome.tables else "UTC"
    return figures_of(look.language).moment(look.made_at.isoformat(), timezone)


def section(table: Table, look: Look) -> dict[str, object]:
    """What the template needs of a table: texts only, in bands that fit on paper."""
    shown, left_out = without_zeros(columns_shown(table, look.language), table, ROOM, gap=GAP)
    made = bands(shown, table, ROOM, gap=GAP)
    return {
        "title": say(table.title, look.language),
        "basis": say(table.basis, look.language) if table.basis is not None else "",
        "notes": say_all([*zeros_said(left_out), *table.notes], look.language),
        "empty": say(table.empty or phrase("There is nothing to show."), look.language),
        "bands": [band(columns, table, look) for columns in made] if table.rows else [],
    }


def band(columns: Sequence[Shown], table: Table, look: Look) -> dict[str, object]:
    """Columns that stand beside each other: headings, rows with the bars of their shares, and the line of totals."""
    sides = [side(column.kind) for column in columns]
    shares = [shares_of(column, table) for column in columns]
    totals = [column.total for column in columns]
    if any(totals) and not totals[0]:
        totals[0] = say(phrase("Total"), look.language)
    texts = zip(*(column.texts for column in columns), strict=True)
    return {
        "heads": [(column.heading, at, column.narrowest if column.foldable else 0) for column, at in zip(columns, sides, strict=True)],
        "rows": [list(zip(row, sides, bars, strict=True)) for row, bars in zip(texts, zip(*shares, strict=True), strict=True)],
        "totals": list(zip(totals, sides, strict=True)) if any(totals) else [],
    }


def shares_of(column: Shown, table: Table) -> list[int]:
    """How long the bar below each cell is, in percent; only shares have one."""
    if not column.name.endswith("share"):
        return [0] * len(table.rows)
    place = [each.name for each in table.columns].index(column.name)
    return [cell // 100 if isinstance(cell := row[place], int) else 0 for row in table.rows]


def side(kind: str) -> str:
    """The class of a cell: numbers right, codes in even letters; only names may be broken."""
    if kind in NUMBERS:
        return "number"
    return {"code": "code", "text": "text", "said": "text", "posted": "text", "word": "text"}.get(kind, "fixed")
