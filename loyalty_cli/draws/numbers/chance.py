"""What somebody typed as public randomness, in the one form that the seed binds."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.external import numbers_typed
from loyalty_cli.draws.methods.external import PREFIX
from loyalty_cli.draws.methods.external import public_line
from loyalty_cli.draws.methods.rfc3797 import key_of
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.draws.numbers.drand import Round
from loyalty_cli.draws.numbers.drand import value_of
from loyalty_cli.model.draw import NO_SECRET
from loyalty_cli.model.draw import Randomness
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

VALUE_DIGITS = 64
SIGNATURE_DIGITS = 96
ENOUGH_DICE = 20
"""Election audits roll 20 to 24 dice digits; fewer could be tried out by who can still change the list."""


def from_drand(number: int, value: str, *, signature: str = "", secret: str = "") -> Randomness:
    """A round of drand's quicknet by its value, or by its signature, whose SHA-256 is the value."""
    value, signature = value.strip().lower(), signature.strip().lower()
    if is_hex(value, SIGNATURE_DIGITS):
        value, signature = value_of(value), value
    if number < 1 or not is_hex(value, VALUE_DIGITS) or (signature and not is_hex(signature, SIGNATURE_DIGITS)):
        raise LoyaltyError(
            "That is no round and value of drand quicknet.",
            hint=phrase("The round is a whole number, the value (randomness) 64 hex digits, a signature 96."),
        )
    if signature and value_of(signature) != value:
        raise LoyaltyError("The value of drand round {round} is not the SHA-256 of its signature.", round=str(number))
    return Randomness(public=Round(QUICKNET, number, value).text, secret=one_line(secret) or NO_SECRET, signature=signature)


def from_dice(text: str, *, secret: str = "") -> Randomness:
    """Dice rolled in public: digits 1 to 6 (or those of other dice), spaces or not."""
    digits = re.sub(r"[\s,;.-]+", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) < ENOUGH_DICE:
        raise LoyaltyError(
            "These are too few dice: {count}. Roll at least {enough}.",
            count=len(digits),
            enough=ENOUGH_DICE,
        )
    return Randomness(public=f"dice {digits}", secret=one_line(secret) or NO_SECRET)


def from_lotto(text: str, *, secret: str = "") -> Randomness:
    """Numbers of a lottery, in the order that was announced."""
    numbers = one_line(re.sub(r"[,;]+", " ", text))
    if not re.search(r"[0-9]", numbers):
        raise LoyaltyError("{text} are no lottery numbers.", text=repr(text))
    return Randomness(public=f"lotto {numbers}", secret=one_line(secret) or NO_SECRET)


def from_public(text: str, *, secret: str = "") -> Randomness:
    """Any other public text, such as another beacon's value."""
    public = one_line(text)
    if not public:
        raise LoyaltyError("The public text is empty.")
    if public.split(" ")[0] in {"drand", "dice", "lotto", PREFIX}:
        raise LoyaltyError(
            "A public text does not begin with {word}; use the option of that name.",
            word=public.split(" ")[0],
        )
    return Randomness(public=public, secret=one_line(secret) or NO_SECRET)


def from_sources(texts: Sequence[str], *, secret: str = "") -> Randomness:
    """The numbers of several public sources, in the order announced, as the key of RFC 3797."""
    try:
        return Randomness(public=key_of(texts), secret=one_line(secret) or NO_SECRET)
    except ValueError as error:
        raise LoyaltyError(
            "{text} are not the numbers of a source.",
            hint=phrase("Give each source by itself, its numbers with spaces between."),
            text=repr(error.args[0]),
        ) from error


def from_external(text: str, *, secret: str = "") -> Randomness:
    """Ticket numbers that were drawn outside, in the order they came."""
    try:
        numbers = numbers_typed(text)
    except ValueError as error:
        raise LoyaltyError("{text} is not the number of a ticket.", text=repr(str(error))) from error
    if not numbers:
        raise LoyaltyError("There are no numbers that were drawn outside.")
    return Randomness(public=public_line(numbers), secret=one_line(secret) or NO_SECRET)


def one_line(text: str) -> str:
    """The text as one line without needless spaces, in the composed form of its letters."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line.isprintable():
        raise LoyaltyError("{text} has characters that can not be printed.", text=repr(text))
    return line


def is_hex(text: str, digits: int) -> bool:
    """Whether a text is this many hex digits."""
    return re.fullmatch(rf"[0-9a-f]{{{digits}}}", text) is not None
