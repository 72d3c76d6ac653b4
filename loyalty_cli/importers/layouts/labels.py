"""Columns whose labels say what becomes of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.places import Places


def labels_at(labels: Mapping[str, Iterable[str]], places: Places) -> list[tuple[int, set[str]]]:
    """Columns with the labels that say something of their rows; a label may end with * for anything."""
    return [(places.of_label[word], {clean_text(label).casefold() for label in said}) for word, said in labels.items()]


def has_label(row: Sequence[str], labels: tuple[int, set[str]]) -> bool:
    """Whether a row has one of the labels."""
    place, said = labels
    return is_one_of(row[place], said)


def is_one_of(text: str, said: set[str]) -> bool:
    """Whether a cell is one of the labels, whatever its case and the blanks around it."""
    label = clean_text(text).casefold()
    return label in said or any(stem.endswith("*") and label.startswith(stem[:-1]) for stem in said)


def have_label(rows: Sequence[Sequence[str]], labels: tuple[int, set[str]]) -> list[bool]:
    """Whether each of many rows has one of the labels; each different text is looked at once."""
    place, said = labels
    texts = [row[place] for row in rows]
    found = {text for text in set(texts) if is_one_of(text, said)}
    return [text in found for text in texts]
