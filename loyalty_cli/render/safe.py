"""Text from outside is data: it may not move the cursor, colour the screen or turn the reading direction."""

from __future__ import annotations

import unicodedata

# Spaces that languages use inside numbers and names; isprintable() knows only the plain one.
SPACES = frozenset("\u00a0\u202f\u2007\u2009\u200a")
BREAKS = frozenset("\t\n\r\v\f\u2028\u2029\u0085")


def safe(text: str) -> str:
    """The text on one line, without control, escape and direction characters."""
    if text.isprintable():
        return text
    return "".join(" " if sign in BREAKS else sign for sign in text if sign in BREAKS or sign in SPACES or sign.isprintable())


def width_of(text: str) -> int:
    """How many places the text takes on a screen: East Asian wide signs take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)
