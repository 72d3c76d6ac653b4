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
