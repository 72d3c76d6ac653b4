"""A member's history as the models see it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


class Visits(NamedTuple):
    """The days on which a member bought, in order, each once; the money of each day, and all of it with returns taken off."""

    days: Sequence[Day]
    amounts: Sequence[int]
    spent: int
