"""What tills and webshops are told, row by row."""

from __future__ import annotations

from typing import NamedTuple

Value = str | int | None


class Told(NamedTuple):
    """A row as it was told to a target: by which key, whose, the facts of it, and whether it takes away what was told before."""

    key: str
    member: int | None
    facts: dict[str, Value]
    gone: bool = False
