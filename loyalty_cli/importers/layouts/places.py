"""Where in a file the columns of a layout stand; a file that lacks one of them is refused whole."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import likely_delimiter
from loyalty_cli.reading.csv.files import misfit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.model.errors import ExportRefused
    from loyalty_cli.model.shown.phrase import Phrase

SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The position of each of our words and of each column that labels rows, counted from 0; how many cells a row has.

    `several` are the cells that make up a date or a name, or that a card or consents may stand in. What is put together for a row stands
    behind its own cells: places from `width` on.
    """

    of_word: dict[str, int]
    of_label: dict[str, int]
    width: int
    exact: bool
    several: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def folded(name: str) -> str:
    """A header's name as it is compared: without case and blanks around it."""
    return " ".join(name.replace("\u00a0", " ").split()).casefold()


def find_places(layout: Layout, header: list[str], file: str) -> Places:
    """The columns of a file with a header."""
    if not header:
        raise misfit(file, phrase("a row with the names of columns"), phrase("an empty file"))
    names = [folded(name) for name in header]
    wanted = layout.columns.named()
    labels = labelled(layout, wanted)
    several = in_several(layout)
    missing = [place for place in [*wanted.values(), *labels.values(), *chain(*several.values())] if position(place, names) is None]
    if missing:
        raise not_found(layout, header, dict.fromkeys(missing), file)
    read = {*wanted.values(), *labels.values(), *chain(*several.values())}
    twice = sorted({place for place in read if names.count(folded(place)) > 1})
    if twice:
        raise misfit(file, phrase("each name once; give {names} by number", names=twice), ", ".join(header))
    return found_places(
        layout,
        {word: place for word, name in wanted.items() if (place := position(name, names)) is not None},
        {word: place for word, name in labels.items() if (place := position(name, names)) is not None},
        {word: tuple(place for name in given if (place := position(name, names)) is not None) for word, given in several.items()},
        width=len(header),
    )


def labelled(layout: Layout, wanted: dict[str, str]) -> dict[str, str]:
    """The columns whose labels say what becomes of a row, by our word or by their own name."""
    words = [*layout.ignore, *layout.keep, *layout.cancelled, *layout.head_rows]
    return {word: wanted.get(word, word) for word in words}


def in_several(layout: Layout) -> dict[str, tuple[str, ...]]:
    """What stands in several columns, or in one that means something else in other rows."""
    columns = layout.columns
    # A name or consents are of lists alone; receipts know what to make of the other three.
    words = ("date", "card", "kind") if layout.kind == "purchases" else ("date", "card", "kind", "name", "consents")
    several = {word: places for word in words if len(places := getattr(columns, word) or ()) > 1}
    if layout.head_rows and columns.card:
        several["card"] = columns.card
    if layout.head_rows and columns.total:
        several["total"] = (columns.total,)
    return several


def found_places(
    layout: Layout,
    of_word: dict[str, int],
    of_label: dict[str, int],
    several: dict[str, tuple[int, ...]],
    *,
    width: int,
) -> Places:
    """The places, with those behind a row's own cells for what is put together from several."""
    behind = width
    for word in several:
        of_word[word], behind = behind, behind + 1
    if layout.returns_share_number and "receipt" in of_word:
        of_word["receipt_of_file"] = of_word["receipt"]
        of_word["receipt"], of_word["original_receipt"] = behind, behind + 1
    exact = layout.header and not layout.uneven_rows
    return Places(of_word=of_word, of_label=of_label, width=width, exact=exact, several=several)


def places_by_number(layout: Layout, width: int, file: str) -> Places:
    """The columns of a file without a header, from the width of its first row."""
    wanted = layout.columns.named()
    labels = labelled(layout, wanted)
    several = in_several(layout)
    all_names = [*wanted.values(), *labels.values(), *chain(*several.values())]
    named = [name for name in all_names if not is_number(name)]
    if named:
        raise misfit(file, phrase("numbers of columns, as the file has no header"), phrase("names: {names}", names=named))
    last = max(map(int, all_names))
    if width < last and not layout.uneven_rows:
        raise misfit(
            file,
            phrase("at least {count} column", "at least {count} columns", count=last),
            phrase("{count} in the first row", count=width),
        )
    return found_places(
        layout,
        {word: int(name) - 1 for word, name in wanted.items()},
        {word: int(name) - 1 for word, name in labels.items()},
        {word: tuple(int(name) - 1 for name in given) for word, given in several.items()},
        width=last,
    )


def position(place: str, names: list[str]) -> int | None:
    """Where a header's name or a column's number stands, counted from 0."""
    name = folded(place)
    if name in names:
        return names.index(name)
    if is_number(place) and int(place) <= len(names):
        return int(place) - 1
    return None


def is_number(place: str) -> bool:
    """Whether a column is given by its number; a spreadsheet has no more than 16,384."""
    return place.isascii() and place.isdigit() and len(place) <= 5 and int(place) > 0


def not_found(layout: Layout, header: list[str], missing: Iterable[str | Phrase], file: str) -> ExportRefused:
    """The refusal that tells what was expected and what was found."""
    other = likely_delimiter(header, layout.delimiter)
    shown = ", ".join(header)[:SHOWN]
    if other is not None:
        return misfit(
            file,
            phrase("cells with {mark} between them", mark=mark(layout.delimiter)),
            phrase("cells with {mark} between them: {shown}", mark=mark(other), shown=shown),
        )
    return misfit(file, phrase("the columns {names}", names=[meant(name, header) for name in missing]), shown)


def meant(name: str | Phrase, header: list[str]) -> str | Phrase:
    """A column that was not found, with the one of the header that is written nearly so."""
    names = {folded(each): each for each in header}
    near = get_close_matches(folded(str(name)), names, n=1, cutoff=0.75)
    return phrase("{name} (is it {near}?)", name=name, near=names[near[0]]) if near else name


def mark(delimiter: str) -> str:
    """A delimiter as it is written in a layout."""
    return "tab" if delimiter == "\t" else f'"{delimiter}"'
