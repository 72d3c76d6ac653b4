"""The cells of one column, checked once for each distinct text: a million rows hold a few thousand amounts."""

from __future__ import annotations

import re
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from loyalty_cli.model.phrase import Phrase

Key = TypeVar("Key")
Value = TypeVar("Value")

# Columns without repetition (free texts, times with fractions) must not fill the memory.
MOST_REMEMBERED = 100_000
SPREADSHEET_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+|\d+[.,]0+")
LONGEST_CARD = 64


class Memo(dict[Key, Value], Generic[Key, Value]):
    """Texts and what they mean. A text that means nothing gives None, is never remembered, and raises the flag `bad`."""

    __slots__ = ("bad", "check")

    def __init__(self, check: Callable[[Key], Value | None]) -> None:
        super().__init__()
        self.check = check
        self.bad = False

    def __missing__(self, text: Key) -> Value:
        value = self.check(text)
        if value is None:
            self.bad = True
            return value  # type: ignore[return-value] # whoever sees the flag looks for the None
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[text] = value
        return value

    def column(self, texts: Iterable[Key]) -> list[Value]:
        """The meaning of a whole column."""
        return list(map(self.__getitem__, texts))


class Column(Generic[Value]):
    """One column of a file: where it stands, what its cells mean, and how to say that one means nothing."""

    def __init__(self, index: int, check: Callable[[str], Value | None], why: Callable[[str], Phrase]) -> None:
        self.index = index
        self.memo: Memo[str, Value] = Memo(check)
        self.why = why


def clean_text(text: str) -> str:
    """A name as people see it: no blanks around it, no control characters in it."""
    text = text.strip().strip("\u00a0\u202f ")
    if text.isprintable():
        return text
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def card_number(text: str, check: str = "none") -> str | None:
    """A card's number without blanks and a spreadsheet's apostrophe; None if a spreadsheet or a hand has spoiled it."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_CARD
    number = text if plain else "".join(text.split()).removeprefix("'")
    if not number:
        return ""
    if not plain and is_spoiled(number):
        return None
    if check == "ean" and not ean_holds(number):
        return None
    if check == "luhn" and not luhn_holds(number):
        return None
    return number


def is_spoiled(number: str) -> bool:
    """Whether a card's number was damaged on its way, or is none."""
    if len(number) > LONGEST_CARD or not number.isprintable() or "\ufffd" in number:
        return True
    return bool(SPREADSHEET_NUMBER.fullmatch(number)) or not any(letter.isalnum() for letter in number)


def ean_holds(number: str) -> bool:
    """Whether the last digit is the EAN check digit of the others (weights 3 and 1 from the right)."""
    if not (number.isascii() and number.isdigit() and len(number) in {8, 12, 13, 14}):
        return False
    return (sum(map(int, number[::-2])) + 3 * sum(map(int, number[-2::-2]))) % 10 == 0


def luhn_holds(number: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (every second one doubled, from the right)."""
    if not (number.isascii() and number.isdigit() and len(number) > 1):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
