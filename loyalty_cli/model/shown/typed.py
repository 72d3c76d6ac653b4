"""A word as it is typed behind a command: in double quotes where it has blanks, which shells of Linux and both of Windows understand."""

from __future__ import annotations

import re

PLAIN = r"[\w@%+=:,./\\~…-]+"
# What a shell of Linux would still look at between double quotes.
LOOKED_AT = r'["$`!]'


def typed(word: object) -> str:
    """The word, in quotes where it needs them.

    >>> typed("main"), typed("spring draw"), typed("till 5$.csv")
    ('main', '"spring draw"', "'till 5$.csv'")
    """
    text = str(word)
    if re.fullmatch(PLAIN, text):
        return text
    if re.search(LOOKED_AT, text):
        return "'" + text.replace("'", "'\"'\"'") + "'"
    return f'"{text}"'
