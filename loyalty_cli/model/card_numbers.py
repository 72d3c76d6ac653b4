"""Numbers of new cards: a prefix, a running number, and the check digit that a till or a person's eye looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.check_digits import check_digit

if TYPE_CHECKING:
    from loyalty_cli.model.check_digits import CheckDigit

EAN_DIGITS = 13
FEWEST_DIGITS = 4
MOST_DIGITS = 32
# Prefixes that GS1 leaves to shops: inside one company (02, 04) and by the country's office (20 to 29).
FREE_PREFIXES = ("02", "04", *(str(number) for number in range(20, 30)))


def card_number_of(prefix: str, serial: int, *, check: CheckDigit, digits: int) -> str:
    """The number with a serial, all digits counted, the check digit last."""
    room = places(prefix, check=check, digits=digits)
    body = f"{prefix}{serial:0{room}}"
    return body + check_digit(body, check)


def places(prefix: str, *, check: CheckDigit, digits: int) -> int:
    """How many digits the running number has."""
    return digits - len(prefix) - (check != "none")


def may_be_anothers(prefix: str, check: CheckDigit) -> bool:
    """Whether an EAN with this prefix may be the number of another company's goods."""
    return check == "ean" and not prefix.startswith(FREE_PREFIXES)
