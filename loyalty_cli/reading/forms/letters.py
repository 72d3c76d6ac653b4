"""How often the letters beyond a–z stand in the words of a language: what tells one code page from another.

Shares per thousand of such letters, from counts of ordinary texts; only their order of size matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

POLISH = {"ł": 264, "ę": 161, "ą": 143, "ó": 123, "ż": 120, "ś": 96, "ć": 58, "ń": 29, "ź": 9}
ROMANIAN = {"ă": 455, "î": 155, "ș": 155, "ț": 133, "â": 100}
# Written with a cedilla instead of a comma wherever a code page has no other.
ROMANIAN_WITH_CEDILLA = {"ă": 455, "î": 155, "ş": 155, "ţ": 133, "â": 100}
RUSSIAN = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 17, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1,
}  # fmt: skip
UKRAINIAN = {
    "о": 94, "а": 83, "и": 62, "і": 57, "н": 67, "т": 53, "е": 50, "в": 53, "р": 47, "с": 41, "л": 40, "к": 39,
    "у": 34, "д": 33, "м": 33, "п": 29, "з": 23, "я": 23, "ь": 18, "б": 17, "г": 16, "ч": 14, "й": 12, "х": 11,
    "ж": 9, "ю": 9, "ш": 8, "ц": 8, "ї": 6, "є": 6, "щ": 5, "ф": 3, "ґ": 1,
}  # fmt: skip
GERMAN = {"ü": 360, "ä": 280, "ö": 170, "ß": 190}
FRENCH = {"é": 600, "è": 90, "à": 110, "ê": 60, "ç": 50, "ô": 30, "î": 20, "û": 20, "â": 10, "ë": 5, "ù": 5}
SPANISH = {"ó": 270, "í": 230, "á": 200, "é": 130, "ñ": 100, "ú": 60, "ü": 10}

LETTERS = {
    "pl": (POLISH,),
    "ro": (ROMANIAN, ROMANIAN_WITH_CEDILLA),
    "ru": (RUSSIAN,),
    "uk": (UKRAINIAN,),
    "de": (GERMAN,),
    "fr": (FRENCH,),
    "es": (SPANISH,),
}
# What no letter of the language gets: one such letter outweighs a whole word of its own.
FOREIGN = log(0.0002)
A_SIGN = log(0.0005)
A_FRAME_OR_CONTROL = log(0.000002)
LIKELY_SIGNS = {"\u00a0": log(0.3), "\u202f": log(0.1), "№": log(0.05), "€": log(0.05), "£": log(0.02), "°": log(0.01)}
SIGNS_OF_TEXT = "„”“’‘–—…«»§²³®™"
# A capital after a small letter inside a word, a letter between digits, Cyrillic beside Latin.
OUT_OF_PLACE = log(0.01)
A_CAPITAL = log(0.3)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one language with the logarithm of how often each stands."""

    language: str
    shares: Mapping[str, float]


def all_letters() -> list[Letters]:
    """Every language's letters; one that is written in two ways stands twice."""
    found = []
    for language, ways in LETTERS.items():
        for shares in ways:
            whole = sum(shares.values())
            found.append(Letters(language, {letter: log(share / whole) for letter, share in shares.items()}))
    return found


def likelihood(word: str, letters: Letters) -> float:
    """The logarithm of how likely the letters beyond a–z of a word are in a language; the nearer to 0 the likelier."""
    total = 0.0
    for place, letter in enumerate(word):
        if letter.isascii():
            continue
        before = word[place - 1] if place else ""
        after = word[place + 1] if place + 1 < len(word) else ""
        total += of_letter(letter, before, letters) if letter.isalpha() else of_sign(letter, before, after)
    return total


def of_letter(letter: str, before: str, letters: Letters) -> float:
    """How likely a letter is after another."""
    small = letter.lower()
    total = letters.shares.get(small, FOREIGN)
    if letter != small:
        total += A_CAPITAL
        if before.islower():
            total += OUT_OF_PLACE
    elif len(before) == 1 and before.isupper() and before.isalpha():
        total += A_CAPITAL
    if before.isdigit() or (before.isalpha() and is_cyrillic(before) != is_cyrillic(letter)):
        total += OUT_OF_PLACE
    return total


def of_sign(letter: str, before: str, after: str) -> float:
    """How likely a sign is between two others."""
    if 0x80 <= ord(letter) < 0xA0 or 0x2500 <= ord(letter) < 0x25A0:
        return A_FRAME_OR_CONTROL
    share = LIKELY_SIGNS.get(letter, log(0.01) if letter in SIGNS_OF_TEXT else A_SIGN)
    inside = before.isalpha() and after.isalpha() and letter not in "\u00a0\u202f–—’"
    return share + (OUT_OF_PLACE if inside else 0)


def is_cyrillic(letter: str) -> bool:
    """Whether a letter is one of the Cyrillic script."""
    return "\u0400" <= letter <= "\u04ff"
