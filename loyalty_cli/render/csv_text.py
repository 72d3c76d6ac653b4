"""CSV: stable English names, dots, ISO dates and texts as they are for scripts; on request what a spreadsheet expects.

For a spreadsheet a text that it would take for a formula gets an apostrophe; a script can give back what it reads here.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.money import Currency
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.figures import in_zone
from loyalty_cli.render.figures import percent
from loyalty_cli.render.safe import safe
from loyalty_cli.render.words import say
from loyalty_cli.render.words import word

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP ASVS 1.2.10, CWE-1236).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
BYTE_ORDER_MARK = "\ufeff"


def render(outcome: Outcome, look: Look) -> bytes:
    """The tables of an outcome, an empty line between two."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=";" if look.for_spreadsheet else ",",
        lineterminator="\r\n" if look.for_spreadsheet else "\n",
    )
    for number, table in enumerate(outcome.tables):
        if number:
            writer.writerow([])
        writer.writerow([heading(column, table, look) for column in table.columns])
        for row in table.rows:
            writer.writerow([plain(cell, column, table, look) for cell, column in zip(row, table.columns, strict=True)])
    text = out.getvalue()
    return (BYTE_ORDER_MARK + text if look.for_spreadsheet else text).encode("utf-8", "replace")


def heading(column: Column, table: Table, look: Look) -> str:
    """The column's machine name; for a spreadsheet the heading people know, with its currency."""
    if not look.for_spreadsheet:
        return column.name
    text = word(column.heading, look.language) if column.heading else column.name
    return f"{text}, {table.currency}" if column.kind == "money" else text


def plain(cell: Cell, column: Column, table: Table, look: Look) -> str:
    """A cell without grouping: `1234.50`, `7.5`, `2026-11-21`; no text moves a cursor."""
    if cell is None:
        return ""
    match column.kind:
        case "money":
            text = number(Currency(code=table.currency, digits=table.digits).plain(int(cell)), look)
        case "percent":
            text = number(percent(int(cell)), look)
        case "points" | "count":
            text = str(cell)
        case "number":
            text = number(str(cell), look)
        case "day":
            text = iso(int(cell))
        case "said" if not look.for_spreadsheet:
            text = safe(str(said_again(str(cell))))
        case _:
            text = harmless(for_people(str(cell), column, table, look)) if look.for_spreadsheet else safe(str(cell))
    return text


def number(text: str, look: Look) -> str:
    """A number with the point that the reader's spreadsheet expects."""
    return text.replace(".", figures_of(look.language).point) if look.for_spreadsheet else text


def for_people(text: str, column: Column, table: Table, look: Look) -> str:
    """Our own words in the reader's language and moments in the shop's time; other texts as they are."""
    if column.kind == "word":
        return word(text, look.language)
    if column.kind == "posted":
        return say(posted_said(text), look.language)
    if column.kind == "said":
        return say(said_again(text), look.language)
    local = in_zone(text, table.timezone) if column.kind == "moment" else None
    return text if local is None else f"{local:%Y-%m-%d %H:%M}"


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not execute."""
    return f"'{safe(text)}" if text.startswith(FORMULA_STARTS) else safe(text)
