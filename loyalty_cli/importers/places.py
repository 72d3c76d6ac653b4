"""Where in a file the columns of a layout stand; a file that lacks one of them is refused whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.reading.csv_files import likely_delimiter
from loyalty_cli.reading.csv_files import misfit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.model.errors import ExportRefused

SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The position of each of our words, counted from 0, and how many cells a row has."""

    of_word: dict[str, int]
    of_ignored: dict[str, int]
    width: int
    exact: bool


def folded(name: str) -> str:
    """A header's name as it is compared: without case and blanks around it."""
    return " ".join(name.replace("\u00a0", " ").split()).casefold()


def find_places(layout: Layout, header: list[str], file: str) -> Places:
    """The columns of a file with a header."""
    if not header:
        raise misfit(file, "a row with the names of columns", "an empty file")
    names = [folded(name) for name in header]
    wanted = layout.columns.named()
    ignored = {word: wanted.get(word, word) for word in layout.ignore}
    missing = [place for place in [*wanted.values(), *ignored.values()] if position(place, names) is None]
    if missing:
        raise not_found(layout, header, missing, file)
    twice = sorted({place for place in wanted.values() if names.count(folded(place)) > 1})
    if twice:
        raise misfit(file, f"each name once; give {', '.join(twice)} by number", f"{', '.join(header)}")
    return Places(
        of_word={word: place for word, name in wanted.items() if (place := position(name, names)) is not None},
        of_ignored={word: place for word, name in ignored.items() if (place := position(name, names)) is not None},
        width=len(header),
        exact=True,
    )


def places_by_number(layout: Layout, width: int, file: str) -> Places:
    """The columns of a file without a header, from the width of its first row."""
    wanted = layout.columns.named()
    ignored = {word: wanted.get(word, word) for word in layout.ignore}
    named = [name for name in [*wanted.values(), *ignored.values()] if not name.isdigit() or name == "0"]
    if named:
        raise misfit(file, "numbers of columns, as the file has no header", f"names: {', '.join(named)}")
    last = max(int(name) for name in [*wanted.values(), *ignored.values()])
    if width < last:
        raise misfit(file, f"at least {last} columns", f"{width} in the first row")
    return Places(
        of_word={word: int(name) - 1 for word, name in wanted.items()},
        of_ignored={word: int(name) - 1 for word, name in ignored.items()},
        width=last,
        exact=False,
    )


def position(place: str, names: list[str]) -> int | None:
    """Where a header's name or a column's number stands, counted from 0."""
    name = folded(place)
    if name in names:
        return names.index(name)
    if place.isdigit() and 0 < int(place) <= len(names):
        return int(place) - 1
    return None


def not_found(layout: Layout, header: list[str], missing: Iterable[str], file: str) -> ExportRefused:
    """The refusal that tells what was expected and what was found."""
    other = likely_delimiter(header, layout.delimiter)
    shown = ", ".join(header)[:SHOWN]
    if other is not None:
        return misfit(
            file,
            f"cells with {mark(layout.delimiter)} between them",
            f"cells with {mark(other)} between them: {shown}",
        )
    return misfit(file, f"the columns {', '.join(missing)}", shown)


def mark(delimiter: str) -> str:
    """A delimiter as it is written in a layout."""
    return "tab" if delimiter == "\t" else f'"{delimiter}"'
