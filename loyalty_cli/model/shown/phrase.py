"""A sentence to be said later, in the reader's language: its English text and the values that go into it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import get_args
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

# The languages in which every sentence can be said.
Language = Literal["en", "pl", "ru", "ro"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Phrase:
    """English text with `{named}` places, the values for them, and a plural text chosen by the value `count`.

    Values stay typed (numbers, Money, Dates, names) so that the language decides how they look.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        """The phrase in plain English, for logs and tests."""
        text = self.text
        if self.plural is not None and self.values.get("count") != 1:
            text = self.plural
        return text.format_map({name: plain(value) for name, value in self.values.items()})


def plain(value: object) -> object:
    """A value in plain English: several of them with commas between, a moment to the minute."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def phrase(text: str, plural: str | None = None, /, **values: object) -> Phrase:
    """A phrase from its text and its values by name: `phrase("{count} card", "{count} cards", count=3)`."""
    return Phrase(text, values, plural)


def one_of(names: Sequence[str]) -> str | Phrase:
    """Names of which one is meant: `a`, `a or b`, `a, b or c`."""
    return phrase("{names} or {last}", names=names[:-1], last=names[-1]) if len(names) > 1 else "".join(names)


def in_a_row(phrases: Iterable[Phrase]) -> Phrase | None:
    """Several sentences as one; None of none."""
    row: Phrase | None = None
    for each in phrases:
        row = each if row is None else phrase("{one} {more}", one=row, more=each)
    return row


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of the program's currency inside a phrase, in minor units."""

    amount: int
    currency: str
    digits: int = 2

    def __str__(self) -> str:
        whole, part = divmod(abs(self.amount), 10**self.digits)
        sign = "-" if self.amount < 0 else ""
        return f"{sign}{whole}.{part:0{self.digits}} {self.currency}" if self.digits else f"{sign}{whole} {self.currency}"


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day number inside a phrase, so that it is said as a date and not as a count."""

    day: int

    def __str__(self) -> str:
        return iso(self.day)


@dataclass(frozen=True, slots=True)
class AtMoment:
    """A kept moment inside a phrase, said as the clocks of a zone showed it; scripts read it as it is kept."""

    moment: str
    timezone: str

    def __str__(self) -> str:
        return self.moment


@dataclass(frozen=True, slots=True)
class InMonth:
    """A month `2026-11` inside a phrase, said by its name: November 2026."""

    month: str

    def __str__(self) -> str:
        return self.month


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """A day of the week inside a phrase, said by its name; Monday is 0."""

    weekday: int

    def __str__(self) -> str:
        return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[self.weekday]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a fraction inside a phrase, in thousandths: 1.5 times, 0.75 of a piece; said with the language's point."""

    thousandths: int

    def __str__(self) -> str:
        return f"{self.thousandths / 1000:.3f}".rstrip("0").removesuffix(".")


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of percents inside a phrase, in basis points; its sign stands in the text: `{percent}%`."""

    basis_points: int

    def __str__(self) -> str:
        return f"{self.basis_points / 100:g}"


class Share(Percent):
    """A number of percents with its sign: a sign before a word of the text would look like a place of another kind of text."""

    def __str__(self) -> str:
        return f"{self.basis_points / 100:g}%"
