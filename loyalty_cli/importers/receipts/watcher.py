"""Who looks at the rows of a file while they are read, and may refuse it."""

from __future__ import annotations

from typing import Protocol
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# More columns than any file has.
ALL_COLUMNS = 1 << 30


class Watcher(Protocol):
    """Sees every row, or the parts of rows that differ; the order is that of the file within each column."""

    def look(self, rows: Sequence[list[str]], *, before: int = ALL_COLUMNS) -> None:
        """Look at some rows, of which only the cells before a place are known; ExportRefused where they speak against the file."""
