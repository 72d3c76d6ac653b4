"""Drawing as RFC 3797 does, for small formal draws: every entrant once, at most 65,535, no tickets to weigh.

Its MD5 is no weakness here: the key is public and fixed before anybody could search for another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

LARGEST_POOL = 65_535


def key_of(sources: Sequence[Sequence[int]]) -> str:
    """The key string: a source's whole numbers ascending, a point behind each, a slash behind the source."""
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def digests(key: str) -> Iterator[str]:
    """The MD5 of the key between two copies of a 16-bit counter, as the RFC prints it."""
    for counter in range(LARGEST_POOL + 1):
        edge = counter.to_bytes(2, "big")
        yield hashlib.md5(edge + key.encode() + edge, usedforsecurity=False).hexdigest().upper()


def selected(key: str, pool: int) -> Iterator[int]:
    """The numbers 1 to pool in the order they are selected, counting only those still in the pool."""
    if not 0 < pool <= LARGEST_POOL:
        raise ValueError(pool)
    remaining = list(range(1, pool + 1))
    for digest in digests(key):
        yield remaining.pop(int(digest, 16) % len(remaining))
        if not remaining:
            return
