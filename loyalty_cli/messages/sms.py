"""How many parts a text message has, and which letters make it long.

The alphabet and the lengths are those of 3GPP TS 23.038 (GSM 03.38) and TS 23.040: 160 septets in one part, 153 in each of
several; a letter of the extension table takes two and is not cut; any other letter makes the whole text UCS-2, of which 70 or
67 units fit, and a letter of two units is not cut either.
"""

from __future__ import annotations

from typing import NamedTuple

BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
EXTENSION = "\f^{}\\[~]|€"
SHORT_LETTERS = frozenset(BASIC + EXTENSION)
SEPTETS_ALONE, SEPTETS = 160, 153
UNITS_ALONE, UNITS = 70, 67
LAST_OF_ONE_UNIT = 0xFFFF


class Length(NamedTuple):
    """Parts, the letters' places used, in which alphabet, and the letters that are not of the short one."""

    parts: int
    used: int
    alphabet: str
    long_letters: tuple[str, ...]


def length_of(text: str) -> Length:
    """How long a text is as a text message; nothing is no part.

    >>> length_of("Dziękujemy!")
    Length(parts=1, used=11, alphabet='UCS-2', long_letters=('ę',))
    """
    if set(text) <= SHORT_LETTERS:
        others, double = "", EXTENSION
        alphabet, alone, each = "GSM 7", SEPTETS_ALONE, SEPTETS
    else:
        others = "".join(letter for letter in dict.fromkeys(text) if letter not in SHORT_LETTERS)
        double = "".join(letter for letter in others if ord(letter) > LAST_OF_ONE_UNIT)
        alphabet, alone, each = "UCS-2", UNITS_ALONE, UNITS
    used = len(text) + sum(map(text.count, double))
    parts = int(used > 0) if used <= alone else parts_of([2 if letter in double else 1 for letter in text], each)
    return Length(parts, used, alphabet, tuple(others))


def parts_of(places: list[int], each: int) -> int:
    """Parts of so many places, no letter cut in two."""
    parts, left = 0, 0
    for place in places:
        if place > left:
            parts, left = parts + 1, each
        left -= place
    return parts
