"""A mistake in something a person wrote or a till exported: where it is, what it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake. Line and column count from 1; the excerpt is the line itself, without its end."""

    file: str
    line: int
    column: int
    what: Phrase
    hint: Phrase | None = None
    excerpt: str = ""

    @property
    def where(self) -> str:
        """`program.yaml:12:5`, as editors jump to it."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def data(self) -> dict[str, object]:
        """For a script."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "what": str(self.what),
            "hint": str(self.hint) if self.hint else None,
        }
