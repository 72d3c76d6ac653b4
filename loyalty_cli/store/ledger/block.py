"""A block of members: so many are read, replayed and posted together."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


class Block(NamedTuple):
    """Members from one number to another, through a last day; `classes` are the classes of products, if they matter."""

    first: int
    last: int
    until: Day
    classes: Sequence[int]

    @property
    def span(self) -> dict[str, int]:
        """The block as values for SQL."""
        return {"first": self.first, "last": self.last, "until": self.until}
