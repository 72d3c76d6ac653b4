"""Drawing as RFC 3797 does, for small formal draws: a pool of at most 65,535 entries, each struck once selected.

Its MD5 is no weakness here: the key is public and fixed before anybody could search for another.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

LARGEST_POOL = 65_535
BETWEEN_NUMBERS = re.compile(r"[\s,;]+")
A_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]*))?")
A_KEY = re.compile(r"(?P<sources>(?:[0-9][0-9.]*/)+)(?:[^\s/]+\./)?")


def key_of(sources: Iterable[Sequence[int] | str]) -> str:
    """The key string of sources in the order announced, each as whole numbers or as it was published."""
    return "".join(map(source_key, sources))


def source_key(source: Sequence[int] | str) -> str:
    """One source in its one form, a slash behind it; ValueError if it has anything but numbers.

    Whole numbers lose leading zeros, ascend, and get a point behind each. Where one of them has a decimal point
    they all are readings (rates, temperatures): these keep their order, and trailing zeros go.
    """
    texts = BETWEEN_NUMBERS.split(source.strip()) if isinstance(source, str) else [str(number) for number in source]
    numbers = [A_NUMBER.fullmatch(text) for text in texts]
    if not numbers or any(number is None or not number[0].isascii() for number in numbers):
        raise ValueError(source)
    parts = [(int(number[1]), number[2]) for number in numbers if number]
    if all(fraction is None for _, fraction in parts):
        return "".join(f"{whole}." for whole, _ in sorted(parts)) + "/"
    return "".join(f"{whole}.{(fraction or '').rstrip('0')}" for whole, fraction in parts) + "/"


def with_extra(key: str, extra: str) -> str:
    """The key with a revealed code behind it, as nominating committees append one for a second selection."""
    return f"{key}{extra}./" if extra else key


def is_key(text: str) -> bool:
    """Whether a text is in the form of a key string."""
    found = A_KEY.fullmatch(text)
    return found is not None and ".." not in text and all("." in source for source in found["sources"].split("/")[:-1])


def digest(key: str, index: int) -> str:
    """The MD5 of the key between two copies of a 16-bit counter from 0, as the RFC prints it."""
    edge = index.to_bytes(2, "big")
    return hashlib.md5(edge + key.encode() + edge, usedforsecurity=False).hexdigest().upper()


def digests(key: str) -> Iterator[str]:
    """The digests one after another."""
    return (digest(key, index) for index in range(LARGEST_POOL + 1))


def selected(key: str, pool: int) -> Iterator[int]:
    """The numbers 1 to pool in the order they are selected, counting only those still in the pool."""
    if not 0 < pool <= LARGEST_POOL:
        raise ValueError(pool)
    remaining = list(range(1, pool + 1))
    for found in digests(key):
        yield remaining.pop(int(found, 16) % len(remaining))
        if not remaining:
            return
