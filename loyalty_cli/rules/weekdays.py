"""Days that come back: weekdays, the first Saturday of a month, every so many weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import iso
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.meant_days import WEEKDAYS
from loyalty_cli.reading.meant_days import weekdays_meant
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import day_from
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import span_of
from loyalty_cli.reading.values import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# Which one of a month; a weekday of every week has none before it.
PLACES = ("", "first", "second", "third", "fourth", "fifth", "last")
FIGURES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
WEEK, LAST = len(WEEKDAYS), PLACES.index("last")


def read_weekdays(value: object) -> tuple[int, ...]:
    """Names of weekdays as numbers: Monday 0; the first one of a month is 7 more, the second 14, the last 42."""
    return tuple(read_weekday(name.casefold()) for name in names_of(value))


def read_weekday(name: str) -> int:
    """One name: `saturday`, `first saturday`, `2nd tuesday`, `last friday`."""
    written, _, weekday = name.rpartition(" ")
    place = FIGURES.get(written.strip(), written.strip())
    if weekday not in WEEKDAYS or place not in PLACES:
        if better := weekdays_meant(name) or weekdays_meant(weekday):
            raise refuse("{name} is not a day of the week.", "Write {better}.", name=name, better=better)
        example = "[monday, friday, first saturday]"
        raise refuse("{name} is not a day of the week.", "Write names such as {example}.", name=name, example=example)
    return PLACES.index(place) * WEEK + WEEKDAYS.index(weekday)


def weekday_said(number: int) -> str:
    """The name of a number."""
    place, weekday = divmod(number, WEEK)
    return f"{PLACES[place]} {WEEKDAYS[weekday]}".strip()


def is_one_of(day: Day, weekdays: Sequence[int]) -> bool:
    """Whether a day is one of some weekdays, of any week or of its month."""
    date = date_of(day)
    weekday, place = date.weekday(), (date.day - 1) // WEEK + 1
    if weekday in weekdays or place * WEEK + weekday in weekdays:
        return True
    return LAST * WEEK + weekday in weekdays and date_of(day + WEEK).month != date.month


Weekdays = Annotated[
    tuple[int, ...],
    Unit("weekdays"),
    PlainValidator(read_weekdays),
    PlainSerializer(list),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^(({'|'.join((*PLACES[1:], *FIGURES))}) )?({'|'.join(WEEKDAYS)})$"},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Every so many weeks, Monday to Sunday, from the week of a day on."""

    weeks: int
    first: Day

    def __contains__(self, day: Day) -> bool:
        monday = self.first - date_of(self.first).weekday()
        return day >= self.first and (day - monday) // WEEK % self.weeks == 0

    def __str__(self) -> str:
        return f"{self.weeks} weeks from {iso(self.first)}"


def read_every(value: object) -> Every:
    """`2 weeks from 2026-12-07`."""
    text = text_of(value, "2 weeks from 2026-12-07")
    span, _, first = text.partition(" from ")
    length = span_of(span) if first else None
    if length is None or length.unit != "weeks" or not length.count:
        raise refuse("{text} does not say which weeks.", "Write {example}.", text=text, example="2 weeks from 2026-12-07")
    return Every(weeks=length.count, first=day_from(first.strip()))


EveryWeeks = Annotated[
    Every,
    PlainValidator(read_every),
    PlainSerializer(str),
    as_text(r"^\d+ weeks? from \d{4}-\d{2}-\d{2}$", "every so many weeks, such as 2 weeks from 2026-12-07"),
]
