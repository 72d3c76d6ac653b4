"""What kinds of `when` share that come once a year: a day of the year, some days before or after it."""

from __future__ import annotations

from typing import Annotated
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import yearly_day
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State

ON_THE_DAY = "on the day"
# A greeting further from its day than this is a slip of the pen.
MOST_DAYS = 180


def read_beside(value: object) -> int:
    """`3 days before`, `on the day` or `2 days after`, as days to add."""
    text = text_of(value, "3 days before")
    words = text.split()
    if text == ON_THE_DAY:
        return 0
    counted = len(words) == 3 and words[0].isdecimal() and words[1] in {"day", "days"} and words[2] in {"before", "after"}
    if not counted or not 0 < int(words[0]) <= MOST_DAYS:
        raise refuse("{text} does not say which day.", "Write {example}.", text=text, example="on the day, 3 days before, 2 days after")
    return int(words[0]) * (-1 if words[2] == "before" else 1)


def written(beside: int) -> str:
    """Days to add, as an owner writes them."""
    if not beside:
        return ON_THE_DAY
    return f"{abs(beside)} {'day' if abs(beside) == 1 else 'days'} {'before' if beside < 0 else 'after'}"


Beside = Annotated[
    int,
    PlainValidator(read_beside),
    PlainSerializer(written),
    as_text(r"^(on the day|\d+ days? (before|after))$", "on the day, 3 days before, 2 days after"),
]


class Yearly(Watch):
    """Once a year. The state is the month, the day of the month and the next year; nothing where the day is not known."""

    short: ClassVar[str] = "day"

    day: Beside = Field(description="on the day, 3 days before, 2 days after")

    def first(self, known: MemberFacts) -> tuple[int, int, int] | None:
        """The month, the day of the month and the first year."""
        raise NotImplementedError

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """The first time that lies since a day."""
        first = self.first(known)
        if first is None:
            return []
        month, day, year = first
        # Nobody is congratulated on a day before they joined.
        since = max(since, known.joined or since)
        state = [month, day, max(year, date_of(since).year - 1)]
        while self.next_day(state) < since:
            state[2] += 1
        return state

    def next_day(self, state: State) -> Day:
        """The day of the next year; 29 February is kept on the 28th."""
        if not state:
            return NEVER
        month, of_month, year = state
        return int(yearly_day(year, month, of_month) + self.day)

    def came(self, state: State, _: Day) -> Iterator[Due]:
        """Its year is the cause."""
        yield Due(Cause.YEAR, state[2], 1)
        state[2] += 1

    def carried_over(self, state: State, old: State) -> None:
        """A year for which it was given is not given again."""
        if state and old:
            state[2] = max(state[2], old[2])

    def said_of(self, what: Phrase) -> Phrase:
        """The sentence with the days before or after."""
        if not self.day:
            return what
        if self.day < 0:
            return phrase("{what}, {count} day before", "{what}, {count} days before", what=what, count=-self.day)
        return phrase("{what}, {count} day after", "{what}, {count} days after", what=what, count=self.day)
