"""Where somebody's words stand alone: only there a row, a mail or a reason is taken for theirs, and not for somebody else's.

ana@example.com stands in joana@example.com, Ana Pop in Ana Popescu, and the digits of a telephone in the code of an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.store.members.traces import ENCODINGS
from loyalty_cli.store.members.traces import FORMS
from loyalty_cli.store.members.traces import LAST_DIGITS
from loyalty_cli.store.members.traces import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

# What may stand between the digits of a telephone number.
BETWEEN = "[ ().\\-/\u00a0\u2009\u2011\u2013\u202f]{0,3}"
ANY_COUNTRY = "[1-9][0-9]{1,2}"


def alone(words: Collection[str]) -> re.Pattern[str]:
    """One of some words with nothing before or behind it that would make it another one."""
    forms = dict.fromkeys(form for word in words for form in (word.translate(signs) for signs in FORMS))
    return re.compile("|".join(map(pattern_of, forms)) or "(?!)", re.IGNORECASE)


def pattern_of(word: str) -> str:
    """A telephone number, an e-mail address, or a name or what else people are known by."""
    if NUMBER.fullmatch(word):
        return rf"(?<![0-9]){number_pattern(word)}(?![0-9])"
    if "@" in word:
        return rf"(?<![\w.+-]){re.escape(word)}(?![\w-]|\.\w)"
    return rf"(?<![^\W_])(?<![^\W_]-){re.escape(word)}(?!-?[^\W_])"


def number_pattern(word: str) -> str:
    """A telephone number however it is grouped, with its country, with a zero or with nothing before it."""
    digits = "".join(re.findall("[0-9]", word))
    if len(digits) < LAST_DIGITS:
        return re.escape(word)
    country = digits[:-LAST_DIGITS].lstrip("0")
    known = BETWEEN.join(country) if country else ANY_COUNTRY
    before = rf"(?:(?:\+|00){BETWEEN}{known}{BETWEEN}(?:0{BETWEEN})?|{known}{BETWEEN}|0{BETWEEN})?"
    return before + BETWEEN.join(digits[-LAST_DIGITS:])


def readings(content: bytes) -> Iterator[str]:
    """What some bytes say: in the letters of UTF-8, or else in any that they may be of."""
    try:
        yield content.decode()
    except UnicodeDecodeError:
        yield from (content.decode(encoding, "replace") for encoding in ENCODINGS if not encoding.startswith("utf"))
