"""Names that may be published: a draw's folder name, and the pseudonym that stands for a member in a draw."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PSEUDONYM_DIGITS = 20
"""Hex digits of a pseudonym: 80 bits.

Two of a million entrants share one with a probability below 5e11 / 2^80 = 4e-13 (the close would stop), and
finding a salt that turns another member into a given winner takes about 2^80 tries.
"""
SALT_BYTES = 16
# Letters that Unicode does not take apart into a base letter and a mark.
PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae"})
LONGEST = 40


def draw_key(secret: bytes, draw: str) -> bytes:
    """The key of a draw's salts, from the shop's secret: again the same, for another draw others."""
    return hmac.digest(secret, f"draw salt\n{draw}".encode(), "sha256")


def salt(key: bytes, member_id: int) -> str:
    """A member's salt, printed on the member's own slip only."""
    return hashlib.blake2b(b"%d" % member_id, key=key, digest_size=SALT_BYTES).hexdigest()


def pseudonyms(key: bytes) -> Callable[[int], str]:
    """What tells who a member is in a draw: how `printf '%s' "SALT MEMBER" | sha256sum` begins.

    A close asks this for a million members, so that the key is taken in once and no other function is called.
    """
    of_key, sha256 = hashlib.blake2b(key=key, digest_size=SALT_BYTES).copy, hashlib.sha256

    def pseudonym(member_id: int) -> str:
        number = str(member_id)
        salted = of_key()
        salted.update(number.encode())
        return sha256(f"{salted.hexdigest()} {number}".encode()).hexdigest()[:PSEUDONYM_DIGITS]

    return pseudonym


def slug(name: str) -> str:
    """A draw's name for a folder and for the seed: `Spring draw 2027` is `spring-draw-2027`.

    A name in other letters gets a number made from it, so that two such names stay apart.
    """
    taken_apart = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    words = re.sub(r"[^a-z0-9]+", "-", without_marks(taken_apart)).strip("-")[:LONGEST].strip("-")
    if words and not any(character.isalpha() and not character.isascii() for character in taken_apart):
        return words
    number = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words or 'draw'}-{number}"


def without_marks(taken_apart: str) -> str:
    """The text without its accents, so that a letter keeps its place."""
    return "".join(character for character in taken_apart if not unicodedata.combining(character))
