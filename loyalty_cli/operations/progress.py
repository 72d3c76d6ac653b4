"""How far long work is, for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase

# What is being done, how much of it is done, and how much there is; 0 if nobody knows.
Progress = Callable[["Phrase", int, int], None]


def nobody_looks(what: Phrase, done: int, total: int) -> None:
    """In a pipe, in a test, in the night."""
