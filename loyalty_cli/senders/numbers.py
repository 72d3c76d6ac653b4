"""Telephone numbers as networks need them: the country's code and the digits (E.164)."""

from __future__ import annotations

import re

# A number in a network has at most fifteen digits (ITU-T E.164, 6.2.1); shorter than seven none is dialled abroad.
LEAST, MOST = 7, 15
# Dialled within the country before a number, and never from abroad: 8 in Russia and Kazakhstan, else 0.
TRUNK = {7: "8"}
ELEVEN = 11


def e164(text: str, country_code: int) -> str | None:
    """The digits with the country's code, without a sign; None if it is no number.

    >>> e164("+48 501-234-567", 48), e164("501 234 567", 48), e164("0040 721 000 000", 48), e164("8 (912) 345-67-89", 7)
    ('48501234567', '48501234567', '40721000000', '79123456789')
    """
    bare = re.sub(r"[\s().\-/]", "", text.strip())
    if not re.fullmatch(r"\+?\d+", bare):
        return None
    if bare.startswith(("+", "00")):
        digits = bare.removeprefix("+").removeprefix("00")
    elif bare.startswith(str(country_code)) and len(bare) >= ELEVEN:
        digits = bare
    else:
        trunk = TRUNK.get(country_code, "0")
        national = bare.removeprefix(trunk) if trunk == "0" or len(bare) == ELEVEN else bare
        digits = f"{country_code}{national}"
    return digits if LEAST <= len(digits) <= MOST else None
