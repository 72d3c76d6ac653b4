"""The cells of one column, checked once for each distinct text: a million rows hold a few thousand amounts."""

from __future__ import annotations

import re
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.model.columns import picked

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase

Key = TypeVar("Key")
Value = TypeVar("Value")

YES = frozenset({"yes", "y", "1", "true", "x", "tak", "да", "da"})
NO = frozenset({"no", "n", "0", "false", "nie", "нет", "nu"})
# Columns without repetition (free texts, times with fractions) must not fill the memory.
MOST_REMEMBERED = 50_000
# Blanks that no line is broken at, as tills write them between thousands.
HARD_BLANKS = {0x00A0: " ", 0x202F: " "}
# A spreadsheet writes a sign behind the E (4,687E+11), other programs at least decimals before it (4.687e11); digits, an e
# and digits, such as 001e840150, are no number of theirs.
SPREADSHEET_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+\d+|[+-]?\d[.,]\d+[eE]\d+|\d+[.,]0+")


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


def as_it_stands(text: str) -> str:
    """A cell in quotes, letter by letter as the file has it; only what can not be seen is written otherwise."""
    return f"'{text}'" if text.translate(HARD_BLANKS).isprintable() else repr(text)


def cells_on(column: Sequence[str], rows: Sequence[int]) -> Sequence[str]:
    """A column's cells on some rows, which are often all of them."""
    return column if len(rows) == len(column) else picked(column, rows)


def clean_text(text: str) -> str:
    """A name as people see it: no blanks around it, no control characters in it."""
    text = text.strip().strip("\u00a0\u202f ")
    if text.isprintable():
        return text
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def yes_or_no(text: str) -> bool | None:
    """Yes or no in the languages of our shops."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None
