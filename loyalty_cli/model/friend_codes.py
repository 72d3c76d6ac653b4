"""The code by which a member brings friends: printed on cards to hand on, it pays nothing and tells nothing of the member.

Twelve letters and the check letter of coupon codes. Six letters are a keyed hash, six the member's number hidden by it: whose a
code is can be told without a list, and nobody else can make one.
"""

from __future__ import annotations

from loyalty_cli.model.codes import ALPHABET
from loyalty_cli.model.codes import check_letter
from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.codes import typed
from loyalty_cli.model.keyed_hash import keyed_hash

HALF = 6
# So many numbers have six letters; no shop has as many members.
NUMBERS: int = len(ALPHABET) ** HALF


def friend_code(secret: str, member: int) -> str:
    """A member's code; always the same.

    >>> member_of_friend_code("5e" * 32, friend_code("5e" * 32, 17))
    17
    """
    tag = keyed(secret, f"friend {member}")
    body = letters((member + keyed(secret, f"hidden by {tag}")) % NUMBERS) + letters(tag)
    return body + check_letter(body)


def member_of_friend_code(secret: str, text: str) -> int | None:
    """Whose code somebody typed; None if it is none, or of another shop."""
    code = typed(text)
    if not is_sound(code):
        return None
    tag = number_of(code[HALF:-1])
    member = (number_of(code[:HALF]) - keyed(secret, f"hidden by {tag}")) % NUMBERS
    return member if keyed(secret, f"friend {member}") == tag else None


def keyed(secret: str, words: str) -> int:
    """A number that only this shop can reckon."""
    return int.from_bytes(keyed_hash(bytes.fromhex(secret), f"code|{words}"), "big") % NUMBERS


def letters(number: int) -> str:
    """A number as six letters, the first one least."""
    found = []
    for _ in range(HALF):
        number, index = divmod(number, len(ALPHABET))
        found.append(ALPHABET[index])
    return "".join(found)


def number_of(text: str) -> int:
    """The number of six letters."""
    number = 0
    for letter in reversed(text):
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number
