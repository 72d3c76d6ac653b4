"""Rows that say the sum of others, by the words in their cells; the usual batch of rows has none, and this is soon seen."""

from __future__ import annotations

import re
from fnmatch import translate
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

# What stands between the words of a pattern.
BETWEEN_WORDS = re.compile(r"[\s*?\[\]!]+")


class TotalRows:
    """The patterns of one layout, with * for anything."""

    def __init__(self, patterns: Sequence[str]) -> None:
        small = [pattern.casefold() for pattern in patterns]
        self.words = [max(BETWEEN_WORDS.split(pattern), key=len) for pattern in small]
        self.pattern = re.compile("|".join(map(translate, small)))

    def among(self, cells: Sequence[Sequence[str]]) -> bool:
        """Whether a word of the patterns stands anywhere in some rows."""
        # Most cells come again and again, in a batch and even more so in a column.
        text = "\n".join(set(chain.from_iterable(cells))).casefold()
        return any(word in text for word in self.words)

    def has(self, row: Sequence[str]) -> bool:
        """Whether a row says a sum of others."""
        return any(self.pattern.match(folded(cell)) for cell in row if cell)
