"""The cases of a name in Polish, Russian and Romanian: Lisowskiej, Marka, Monice, Марией, Anei."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

PART = re.compile(r"[^\W\d_]{2,}")
VOWELS = "aeiouyąęăâîаеёиоуыэюяьй"
# Marek, Marka; Kozieł, Kozła; Павел, Павла.
FLEETING = re.compile(rf"(\w{{2,}}?|[лl])i?[eеё]([^{VOWELS}ń])")
# Monika, Monice; Marta, Marcie; Olga, Oldze; Bień, Bienia; Соловей, Соловья.
SOFTENED = {
    "ka": "ce",
    "ga": "dze",
    "cha": "sze",
    "sta": "ście",
    "ta": "cie",
    "da": "dzie",
    "ła": "le",
    "ń": "ni",
    "ś": "si",
    "ć": "ci",
    "ź": "zi",
    "ей": "ь",
}
# Лисовская, Лисовской; Белый, Белого; Синяя, Синей.
OF_ADJECTIVES = ("ая", "яя", "ий", "ый", "ой")
# Letters that another case or another hand writes otherwise: Gołąb, Gołębia; Mróz, Mroza; Пётр, Петра; Ţurcanu.
OTHERWISE = str.maketrans({"ą": "[ąę]", "ó": "[óo]", "ё": "[её]", **dict.fromkeys("şș", "[şș]"), **dict.fromkeys("ţț", "[ţț]")})
SHORTEST_STEM = 3
ANY_ENDING = r"\w{0,4}"
# Of Ana: Ani, Aną, Anei, not And; of Яна: Яне, Яной.
# Of Bo or Ян, which are words in small letters.
SHORTEST_IN_SMALL_LETTERS = 3
SHORT_ENDING = rf"[{VOWELS}]{{1,2}}[jm]?"


def in_any_case(names: Collection[str]) -> re.Pattern[str]:
    """A part of one of some names in any case of it.

    >>> theirs = in_any_case(["Marek Lisowski", "Ana"])
    >>> [text for text in ("Markowi", "LISOWSKIEGO", "Anei", "marca", "Lisbon", "and") if theirs.search(text)]
    ['Markowi', 'LISOWSKIEGO', 'Anei']
    """
    forms = {form for name in names for part in PART.findall(name.lower()) for form in forms_of(part)}
    return re.compile(rf"\b(?:{'|'.join(sorted(forms))})\b" if forms else "(?!)", re.IGNORECASE)


def forms_of(part: str) -> list[str]:
    """One part of a name without its ending and with any other."""
    if len(part) < SHORTEST_IN_SMALL_LETTERS:
        return [f"(?-i:{part.title()}|{part.upper()})(?:{SHORT_ENDING})?"]
    fleeting = FLEETING.fullmatch(part)
    if fleeting:
        return [f"{fleeting[1].translate(OTHERWISE)}(?:[iьй]?[eеё]|[ьй])?{fleeting[2]}{ANY_ENDING}"]
    stem = part[:-1] if part[-1] in VOWELS else part
    if part.endswith(OF_ADJECTIVES) and len(part[:-2]) >= SHORTEST_STEM:
        stem = part[:-2]
    softened = [part.removesuffix(end) + becomes for end, becomes in SOFTENED.items() if part.endswith(end)]
    ending = ANY_ENDING if len(stem) >= SHORTEST_STEM else SHORT_ENDING
    return [*(each.translate(OTHERWISE) + ANY_ENDING for each in softened), stem.translate(OTHERWISE) + ending]
