"""How many parts a text message has, and which letters make it long.

The alphabet and the lengths are those of 3GPP TS 23.038 (GSM 03.38) and TS 23.040: 160 septets in one part, 153 in each of
several; a letter of the extension table takes two and is not cut; any other letter makes the whole text UCS-2, of which 70 or
67 units fit, and a letter of two units is not cut either.
"""

from __future__ import annotations

from typing import NamedTuple

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"
SEPTETS_ALONE, SEPTETS = 160, 153
UNITS_ALONE, UNITS = 70, 67


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
    others = tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENSION))
    if others:
        places, alone, each = [2 if ord(letter) > 0xFFFF else 1 for letter in text], UNITS_ALONE, UNITS
    else:
        places, alone, each = [1 if letter in BASIC else 2 for letter in text], SEPTETS_ALONE, SEPTETS
    used = sum(places)
    parts = int(used > 0) if used <= alone else parts_of(places, each)
    return Length(parts, used, "UCS-2" if others else "GSM 7", others)


def parts_of(places: list[int], each: int) -> int:
    """Parts of so many places, no letter cut in two."""
    parts, left = 0, 0
    for place in places:
        if place > left:
            parts, left = parts + 1, each
        left -= place
    return parts
