"""The cases of a name in Polish, Russian and Romanian: Lisowskiej, Marka, Monice, Марией, Anei."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

PART = re.compile(r"[^\W\d_]{3,}")
VOWELS = "aeiouyąęăâîаеёиоуыэюяьй"
# Marek, Marka; Kozieł, Kozła; Павел, Павла.
FLEETING = re.compile(rf"(\w{{2,}}?)i?[eеё]([^{VOWELS}ń])")
# Monika, Monice; Marta, Marcie; Olga, Oldze; Bień, Bienia; Соловей, Соловья.
SOFTENED = {
    "ka": "ce", "ga": "dze", "cha": "sze", "sta": "ście", "ta": "cie", "da": "dzie", "ła": "le",
    "ń": "ni", "ś": "si", "ć": "ci", "ź": "zi", "ей": "ь",
}
SHORTEST_STEM = 3
ANY_ENDING = r"\w{0,4}"
# Of Ana: Ani, Aną, Anei, not And; of Яна: Яне, Яной.
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
    fleeting = FLEETING.fullmatch(part)
    if fleeting:
        return [f"{fleeting[1]}(?:i?[eеё])?{fleeting[2]}{ANY_ENDING}"]
    stem = part[:-1] if part[-1] in VOWELS else part
    softened = [part.removesuffix(end) + becomes + ANY_ENDING for end, becomes in SOFTENED.items() if part.endswith(end)]
    return [*softened, stem + (ANY_ENDING if len(stem) >= SHORTEST_STEM else SHORT_ENDING)]
