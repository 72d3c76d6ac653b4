"""`at_most:`, how often a member gets a reward: so many times in all, in a calendar month, in 90 days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from typing import TYPE_CHECKING

from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of
from loyalty_cli.rules.window import CALENDAR_KINDS
from loyalty_cli.rules.window import read_window
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

WORDS = {"once": 1, "twice": 2}


@dataclass(frozen=True, kw_only=True)
class AtMost:
    """So many times in a window."""

    count: int
    window: Window

    def room(self, times: Sequence[Day], day: Day, anchor: Day) -> int:
        """How many more times there is room on a day."""
        return max(0, self.count - len(self.still_counting(times, day, anchor)))

    def still_counting(self, times: Sequence[Day], day: Day, anchor: Day) -> list[Day]:
        """Those of the times that count on a day."""
        first = self.window.first_day(day, anchor)
        return [given for given in times if first <= given <= day]

    def __str__(self) -> str:
        how_often = next((word for word, count in WORDS.items() if count == self.count), str(self.count))
        return how_often if self.window.kind == "lifetime" else f"{how_often} in {self.window}"


def read_at_most(value: object) -> AtMost:
    """`3`, `once in 90 days`, `2 in calendar month`."""
    text = text_of(value, "once in 90 days")
    how_often, _, window = text.partition(" in ")
    count = WORDS.get(how_often.strip().casefold()) or (int(how_often) if how_often.strip().isdecimal() else 0)
    if not 0 < count < 10**6:
        raise refuse("{text} does not say how often.", "Write {example}.", text=text, example="once in 90 days")
    return AtMost(count=count, window=read_window(window) if window else Window(kind="lifetime"))


Times = Annotated[
    AtMost,
    PlainValidator(read_at_most),
    PlainSerializer(str),
    as_text(
        rf"^(once|twice|\d+)( in ({'|'.join(CALENDAR_KINDS)}|\d+ (days?|weeks?|months?|years?)))?$",
        "once, 3, once in 90 days, 2 in calendar month",
    ),
]
