"""A form service whose export is known: the columns that it adds to the questions, and how it writes moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.till import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FormService:
    """One export of one service.

    `date`, `email` and `key` are columns by their names in the languages that are known, `key` '' where a row has no number of
    its own; `others` are columns of the service that say nothing of the answer. `dates` are the forms of a moment. `evidence`
    is as of tills.
    """

    name: str
    title: str
    evidence: Evidence
    date: tuple[str, ...]
    known_by: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("YYYY-MM-DD HH:mm:ss",)

    def claims(self, header: Sequence[str]) -> bool:
        """Whether a header is one of this service's."""
        names = {folded(name) for name in header}
        return any(folded(name) in names for name in self.date) and all(folded(name) in names for name in self.known_by)

    def column_of(self, names: Sequence[str], header: Sequence[str]) -> str | None:
        """The column of a file that has one of some names."""
        wanted = {folded(name) for name in names}
        return next((name for name in header if folded(name) in wanted), None)

    def is_question(self, name: str) -> bool:
        """Whether a column is none of the service's own."""
        return folded(name) not in {folded(own) for own in (*self.date, *self.email, *self.key, *self.others)}
