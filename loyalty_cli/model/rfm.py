"""The bounds of recency, frequency and money, where a program states them."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass

# Of five scores there are four bounds.
BOUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RfmBounds:
    """Four bounds each that rise, from which on the score is another; without any, a score is the fifth among all members.

    `recency` in days since the last visit, `frequency` in visits, `money` in minor units.
    """

    recency: tuple[int, ...] = ()
    frequency: tuple[int, ...] = ()
    money: tuple[int, ...] = ()

    def kept(self) -> str:
        """As JSON, for reports."""
        return json.dumps(asdict(self))


def rfm_bounds_from(kept: str) -> RfmBounds:
    """What was kept; a shop may have said nothing.

    >>> rfm_bounds_from(RfmBounds(frequency=(2, 4, 8, 16)).kept()).frequency
    (2, 4, 8, 16)
    """
    return RfmBounds(**{name: tuple(bounds) for name, bounds in (json.loads(kept) if kept else {}).items()})
