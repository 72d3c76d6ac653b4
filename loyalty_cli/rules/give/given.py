"""What a give adds for a member; every kind of give returns one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """So many of an asset: `points`, or `coupon:NAME`."""

    asset: str
    quantity: int
