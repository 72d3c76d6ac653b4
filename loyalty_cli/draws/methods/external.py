"""Numbers that were drawn outside: from an urn, with dice or by a certified device, in the order they came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN_NUMBERS = re.compile(r"[\s,;]+")
PREFIX = "external"
LONGEST_NUMBER = 18


def numbers_typed(text: str) -> list[int]:
    """The numbers in a text or a file of them, a comment behind `#` left out; ValueError names what is none."""
    plain = " ".join(line.partition("#")[0] for line in text.lstrip("\ufeff").splitlines())
    words = [word for word in BETWEEN_NUMBERS.split(plain) if word]
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER):
            raise ValueError(word)
    return [int(word) for word in words]


def public_line(numbers: Iterable[int]) -> str:
    """The numbers as the public line of a draw."""
    return " ".join([PREFIX, *map(str, numbers)])


def numbers_drawn(public: str) -> list[int]:
    """The numbers of a public line; ValueError if it is not in its form."""
    word, _, rest = public.partition(" ")
    numbers = numbers_typed(rest)
    if word != PREFIX or not numbers or public_line(numbers) != public:
        raise ValueError(public)
    return numbers
