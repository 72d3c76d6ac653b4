"""Numbers of new cards: a prefix, a running number, and the check digit that a till or a person's eye looks for."""

from __future__ import annotations

from typing import Literal

CheckDigit = Literal["ean", "luhn", "none"]

EAN_DIGITS = 13
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


def check_digit(body: str, check: CheckDigit) -> str:
    """The last digit by EAN (weights 3 and 1 from the right) or Luhn (every second digit doubled from the right)."""
    numbers = [int(digit) for digit in reversed(body)]
    if check == "ean":
        total = 3 * sum(numbers[::2]) + sum(numbers[1::2])
    elif check == "luhn":
        total = sum(sum(divmod(2 * number, 10)) for number in numbers[::2]) + sum(numbers[1::2])
    else:
        return ""
    return str(-total % 10)


def may_be_anothers(prefix: str, check: CheckDigit) -> bool:
    """Whether an EAN with this prefix may be the number of another company's goods."""
    return check == "ean" and not prefix.startswith(FREE_PREFIXES)
