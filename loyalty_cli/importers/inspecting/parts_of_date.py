"""Dates whose year, month and day stand in columns of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

PARTS_OF_DATE = (
    {"year", "rok", "год", "an", "anul", "jahr"},
    {"month", "miesiąc", "miesiac", "месяц", "luna", "monat"},
    {"day", "dzień", "dzien", "день", "число", "ziua", "zi", "tag"},
)


def parts_of_date(columns: Sequence[SeenColumn]) -> tuple[SeenColumn, ...]:
    """Year, month and day in columns of their own."""
    found = []
    for names in PARTS_OF_DATE:
        named = [column for column in columns if column.numbers and names & set(plain_words(column.name).split())]
        if len(named) != 1:
            return ()
        found.append(named[0])
    return tuple(found)
