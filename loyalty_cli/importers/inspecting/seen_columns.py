"""The columns of a file by what stands in them: dates, times, numbers, cards, a few labels, texts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.receipts.signs import SIGNS
from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.model.check_digits import luhn_holds
from loyalty_cli.reading.forms.numbers import without_unit
from loyalty_cli.reading.likely.dates import likely_dates
from loyalty_cli.reading.likely.dates import likely_times
from loyalty_cli.reading.likely.dates import LikelyDates
from loyalty_cli.reading.likely.dates import shape_of
from loyalty_cli.reading.likely.numbers import digits_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

Look = Literal["empty", "date", "time", "number", "card", "e-mail", "phone", "labels", "text"]

KNOWN_SIGNS = tuple(sorted({sign for code, signs in SIGNS.items() for sign in (*signs, code, code.lower())} | {"р"}, key=len, reverse=True))
CURRENCY_OF_SIGN = {sign: code for code, signs in reversed(SIGNS.items()) for sign in (*signs, code)} | {"р": "RUB"}
# A column of so many different texts is judged by its first ones.
MOST_TEXTS = 50_000
MOSTLY = 0.9
MOST_LABELS = 12
A_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
A_PHONE = re.compile(r"(\+|00[1-9])[\d\s()./-]{8,20}|\d{3}[ -]\d{3}[ -]\d{3,4}")
SHAPES: dict[Look, Callable[[str], bool]] = {
    "e-mail": lambda text: bool(A_MAIL.fullmatch(text)),
    "phone": lambda text: bool(A_PHONE.fullmatch(text)),
}
SHORTEST_CARD = 6
SHORTEST_IDENTIFIER = 4
LONGEST_COUNT = 9


@dataclass(eq=False)
class SeenColumn:
    """One column: its place counted from 0, its name, and its different texts with how often each stands there."""

    place: int
    name: str
    texts: Counter[str]
    empty: int

    @cached_property
    def filled(self) -> int:
        """How many cells are not empty."""
        return self.texts.total()

    @cached_property
    def dates(self) -> LikelyDates:
        """The forms of dates that fit."""
        return likely_dates(self.texts)

    @cached_property
    def times(self) -> tuple[str, ...]:
        """The forms of times that fit."""
        return likely_times(self.texts, named=words_for(self.name).get("time") == SURELY)

    @cached_property
    def numbers(self) -> bool:
        """Whether nearly all texts are numbers, or percents; quantities may have a unit behind them."""
        bare = without_unit if "quantity" in words_for(self.name) else str
        return self.share(lambda text: digits_of(bare(text).removesuffix("%"), KNOWN_SIGNS) is not None) >= MOSTLY

    @cached_property
    def look(self) -> Look:
        """What the column looks like, whatever it is called."""
        if not self.texts:
            return "empty"
        if self.times:
            return "time"
        if self.has_dates:
            return "date"
        for name, holds in SHAPES.items():
            if self.share(holds) >= MOSTLY:
                return name
        if self.numbers:
            return "card" if self.looks_like_cards else "number"
        return "labels" if len(self.texts) <= MOST_LABELS and self.filled > 2 * len(self.texts) else "text"

    @property
    def has_dates(self) -> bool:
        """Whether nearly all texts are written as dates are, and most are in the calendar: 750-67-8428 is a number."""
        if self.share(lambda text: shape_of(text) is not None) < MOSTLY:
            return False
        return bool(self.dates.forms) or max((count for _, count in self.dates.some), default=0) * 2 >= len(self.texts)

    @cached_property
    def looks_like_cards(self) -> bool:
        """Whether nearly all texts are numbers of one length with a check digit that holds."""
        return len(self.texts) > 2 and max(self.checks.values()) >= MOSTLY and len(self.usual_length) == 1

    @cached_property
    def identifies(self) -> bool:
        """Whether nearly all texts are one word with digits, as cards and customers' numbers are, and no money."""
        return self.look not in {"date", "time", "e-mail", "phone"} and self.share(is_identifier) >= MOSTLY

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it numbers the rows one after the other."""
        numbers = sorted(int(text) for text in self.texts if text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT)
        whole = len(numbers) == len(self.texts) == self.filled
        return whole and len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1

    @cached_property
    def checks(self) -> dict[str, float]:
        """The share of texts whose last digit is the check digit of the others, by the name of the check."""
        numbers = [text for text in self.texts if text.isdigit()]
        if not numbers:
            return {"ean": 0.0, "luhn": 0.0}
        return {
            "ean": sum(map(ean_holds, numbers)) / len(self.texts),
            "luhn": sum(len(text) >= SHORTEST_CARD and luhn_holds(text) for text in numbers) / len(self.texts),
        }

    @cached_property
    def usual_length(self) -> list[int]:
        """The lengths that nearly all numbers have, if they are few."""
        lengths = Counter(len(text) for text in self.texts if text.isdigit())
        return [length for length, count in lengths.most_common(2) if count >= 0.1 * lengths.total()]

    @property
    def samples(self) -> tuple[str, ...]:
        """Three different texts of the column."""
        return tuple(list(self.texts)[:3])

    def share(self, holds: Callable[[str], bool]) -> float:
        """For which part of the different texts something holds."""
        return sum(map(holds, self.texts)) / len(self.texts) if self.texts else 0.0


def seen_columns(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[SeenColumn]:
    """The columns of a table, by their names or numbers."""
    columns = []
    for place in range(width):
        texts: Counter[str] = Counter()
        empty = 0
        for row in rows:
            text = row[place].strip() if place < len(row) else ""
            if not text:
                empty += 1
            elif text in texts or len(texts) < MOST_TEXTS:
                texts[text] += 1
        name = header[place] if place < len(header) else ""
        columns.append(SeenColumn(place, name, texts, empty))
    return columns


def is_identifier(text: str) -> bool:
    """Whether a text could be somebody's number."""
    bare = text.removeprefix("'")
    return len(bare) >= SHORTEST_IDENTIFIER and bare.replace("-", "").isalnum() and any(map(str.isdigit, bare))
