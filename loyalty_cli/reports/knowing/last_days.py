"""What a program's last days mean for what is foretold: nothing is given, used or owed after them."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.seasonal import Forecast
from loyalty_cli.knowing.seasonal import of_flow
from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reports.in_force import programs_in_force
from loyalty_cli.reports.in_force import worked_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

NOTHING = Forecast(0, 0, 0, 0, None)


class LastDays(NamedTuple):
    """The last day on which a program gives points, and that on which points and coupons can be used."""

    giving: Day = NEVER
    using: Day = NEVER

    def said(self, until: Day) -> list[Phrase]:
        """What of them falls into a time ahead, in words."""
        said = []
        if self.giving < until:
            said.append(phrase("The program gives points through {day}; nothing is expected to be earned later.", day=OnDay(self.giving)))
        if self.using < until:
            text = "Points and coupons can be used through {day}; what is left then lapses, and nothing is owed any more."
            said.append(phrase(text, day=OnDay(self.using)))
        return said


def last_days(connection: Connection, question: Question) -> LastDays:
    """Those of the newest version there is; those of the program of its day where another day is asked for."""
    if question.day is not None:
        program, _ = worked_out(connection, question)
    else:
        versions = programs_in_force(connection)
        program = versions[-1][1] if versions else None
    return LastDays(program.ends, program.last_redemption) if program else LastDays()


def month_ahead(whole: str, ahead: int) -> str:
    """The last of so many months after one."""
    return month_of(add_months(span_of_month(whole)[0], ahead))


def flow_through(past: Sequence[int], whole: str, ahead: int, last: Day) -> Forecast | None:
    """The sum of the next months after `whole`, where there is nothing after a last day; of a month in part, its share by days."""
    over = sum(1 for month in range(1, ahead + 1) if span_of_month(month_ahead(whole, month))[1] <= last)
    if over == ahead or not any(past):
        return of_flow(past, ahead)
    first, end = span_of_month(month_ahead(whole, over + 1))
    days, all_days = max(0, last - first + 1), end - first + 1
    before = of_flow(past, over) if over else NOTHING
    after = of_flow(past, over + 1) if days else before
    if before is None or after is None:
        return None

    def between(one: int | None, other: int | None) -> int | None:
        return None if one is None or other is None else one + round((other - one) * days / all_days)

    expected = before.expected + round((after.expected - before.expected) * days / all_days)
    return after._replace(expected=expected, low=between(before.low, after.low), high=between(before.high, after.high))


def what_is_left(held: int, earned: Forecast | None, used: Forecast | None) -> Forecast:
    """What lapses where nothing can be used after a last day: what is held and will be earned, less what will be used until then."""
    earned, used = earned or NOTHING, used or NOTHING
    low = None if earned.low is None or used.high is None else max(0, held + earned.low - used.high)
    high = None if earned.high is None or used.low is None else max(0, held + earned.high - used.low)
    return Forecast(max(0, held + earned.expected - used.expected), low, high, 0, None)
