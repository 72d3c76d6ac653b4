"""The frozen file of tickets: one line a ticket, its number is the line's number, its content whose it is.

Read once from start to end, however long; afterwards any line is found again by a sparse index.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from typing import BinaryIO
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

# Small enough that finding one line is cheap, large enough that the index of five million lines is not.
BLOCK = 1 << 13


class Block(NamedTuple):
    """Some whole lines: where they start in the file, the number of the first, and their length in bytes."""

    offset: int
    first: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFile:
    """What one pass over the file found, and how to find a line again while the file is open."""

    sha256: str
    tickets: int
    entrant_of: Callable[[int], str] = field(repr=False)
    all_lines: Callable[[], Iterator[list[str]]] = field(repr=False)

    def entrants(self, *, void: frozenset[int] = frozenset(), enough: int) -> int:
        """How many entrants have a ticket that is not void; counting stops once there are enough."""
        known: set[str] = set()
        ticket = 0
        for lines in self.all_lines():
            if void.isdisjoint(range(ticket + 1, ticket + len(lines) + 1)):
                known.update(lines)
            else:
                known.update(line for number, line in enumerate(lines, ticket + 1) if number not in void)
            ticket += len(lines)
            if len(known) >= enough:
                break
        return len(known)


def ticket_file(file: BinaryIO) -> TicketFile:
    """Hash and count a file of tickets and learn to find its lines; the file must stay open."""
    whole = hashlib.sha256()
    blocks: list[Block] = []
    offset = tickets = 0
    while piece := file.read(BLOCK):
        piece += file.readline()
        whole.update(piece)
        blocks.append(Block(offset, tickets + 1, len(piece)))
        offset += len(piece)
        tickets += piece.count(b"\n")
    lines_of = reader(file, blocks)
    firsts = [block.first for block in blocks]

    def entrant_of(ticket: int) -> str:
        index = bisect_right(firsts, ticket) - 1
        return lines_of(index)[ticket - firsts[index]]

    def all_lines() -> Iterator[list[str]]:
        return map(lines_of, range(len(blocks)))

    return TicketFile(sha256=whole.hexdigest(), tickets=tickets, entrant_of=entrant_of, all_lines=all_lines)


def reader(file: BinaryIO, blocks: list[Block]) -> Callable[[int], list[str]]:
    """A function that reads the lines of one block."""

    @lru_cache(maxsize=64)
    def lines_of(index: int) -> list[str]:
        block = blocks[index]
        file.seek(block.offset)
        lines = file.read(block.length).decode("utf-8", "replace").split("\n")
        return lines[:-1]

    return lines_of
