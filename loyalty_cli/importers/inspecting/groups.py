"""Reports in groups: rows of one cell, such as a day, head those below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.form import GOODS
from loyalty_cli.importers.inspecting.form import is_no_row
from loyalty_cli.importers.inspecting.form import with_rows
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.reading.likely.dates import shape_of

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection

# What a row of a group may say of those below it.
HEADS = {"date", "store", "till", "cashier", "card", "receipt"}


def groups_settled(of: Inspection) -> None:
    """Rows of one cell that head those below, as a day does: what they say is said of each row below, and they are no rows."""
    table = of.table
    filled = [[place for place, cell in enumerate(row) if cell.strip()] for row in table.rows]
    sold = [(row, places) for row, places in zip(table.rows, filled, strict=True) if len(places) > 1 and not is_no_row(of, row)]
    elsewhere = {place for _, places in sold for place in places}
    heads = {place for place, name in enumerate(table.header) if HEADS & set(words_for(name)) and place not in elsewhere}
    words_of = {place: set(words_for(name)) for place, name in enumerate(table.header) if place in elsewhere}
    goods = {place for place, words in words_of.items() if GOODS & words}
    # Among groups a row without goods, or else without anything but figures, may be their sum, which no word tells.
    marks = goods or {place for place, words in words_of.items() if HEADS & words}
    figures = {place for place, words in words_of.items() if {"amount", "price", "total"} & words}
    numbers = {place for place, words in words_of.items() if "receipt" in words}
    # A page's number where days stand heads nothing.
    days = {place for place in heads if "date" in words_for(table.header[place])}
    heading = [
        len(places) == 1 and (places[0] not in days or shape_of(row[places[0]]) is not None)
        for row, places in zip(table.rows, filled, strict=True)
    ]
    alone = [places[0] for places, is_heading in zip(filled, heading, strict=True) if is_heading]
    is_clear = all(marks.intersection(places) or is_discount(row, numbers, figures) for row, places in sold)
    of.has_groups = is_clear and figures.isdisjoint(alone) and not heads.isdisjoint(alone)
    if not of.has_groups:
        return
    said: dict[int, str] = {}
    rows, lines = [], []
    for row, line, places, is_heading in zip(table.rows, table.lines, filled, heading, strict=True):
        if is_heading and places[0] in heads:
            said[places[0]] = row[places[0]]
        elif places:
            told = said if len(places) > 1 else {}
            rows.append([cell if cell.strip() else told.get(place, cell) for place, cell in enumerate(row)])
            lines.append(line)
    of.table = with_rows(of, rows, lines)


def is_discount(row: list[str], numbers: set[int], figures: set[int]) -> bool:
    """Whether a row without goods takes something off the receipt whose number it has."""
    return any(row[place].strip() for place in numbers) and any(row[place].strip().startswith(("-", "\u2212")) for place in figures)
