"""A command that is struck: its words, and the shop that it needs."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = "date,time,store,receipt,card,product,quantity,amount\n"
BY = "--by Ewa"


class Case(NamedTuple):
    """A command: its words, and those that prepare its shop; `parts` if it is more than one transaction.

    `anew` is the file by which a command knows that it was begun, and begins anew: what it had made till then goes.
    """

    words: str
    before: tuple[str, ...]
    program: str
    files: Mapping[str, str]
    parts: bool = False
    anew: str = ""
