"""What a draw is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Urn:
    """What is drawn from: all ticket numbers from 1, those that are void, and whose a ticket is.

    `entrants` counts those with at least one ticket that is not void.
    """

    tickets: int
    entrants: int
    entrant_of: Callable[[int], str]
    void: frozenset[int] = frozenset()

    def entrants_in_order(self) -> Iterator[str]:
        """Whose each ticket is, from the first to the last."""
        return map(self.entrant_of, range(1, self.tickets + 1))
