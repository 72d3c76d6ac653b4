"""The digit at the end of a number by which a till, or a person, sees that the others are right."""

from __future__ import annotations

from typing import Literal

CheckDigit = Literal["ean", "luhn", "none"]

# EAN-8, UPC, EAN-13 and the code of a box.
EAN_LENGTHS = (8, 12, 13, 14)


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


def ean_holds(number: str) -> bool:
    """Whether the last digit is the EAN check digit of the others."""
    if len(number) not in EAN_LENGTHS or not (number.isascii() and number.isdigit()):
        return False
    # Cards are checked by the ten thousand: added up as bytes, of which each is 48 more than its digit.
    digits = number.encode()
    return (sum(digits[::-2]) + 3 * sum(digits[-2::-2]) - 48 * (len(digits) + 2 * (len(digits) // 2))) % 10 == 0


def luhn_holds(number: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    return len(number) > 1 and holds(number, "luhn")


def holds(number: str, check: CheckDigit) -> bool:
    """Whether a text has digits only, the last of them as the others ask for."""
    return number.isascii() and number.isdigit() and number[-1] == check_digit(number[:-1], check)
