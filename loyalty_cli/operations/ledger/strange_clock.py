"""A clock that is far ahead or behind is asked about, before points lapse by it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store import health
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.runs import first_run_beyond

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection

# A shop was never without a receipt for longer than its longest pause of the last year; two months more are a question.
# Not a month, which is a holiday; what a night by such a clock has done is taken back.
MORE_THAN_EVER = 60
A_YEAR = 400
# Of a shop that is younger than this no pause is known: longer than a season without a night and a receipt is a question.
MOST_DAYS = 100
# Before its first run a shop brings in old exports, but hardly older than a year.
MOST_DAYS_AT_FIRST = 400
ON_THE_FIRST_DAY = (
    "By this computer's clock it is {today}, and the last receipt or recalculation is of {last}. "
    "If the clock is wrong, set it right: loyalty recalc then says how to take this run back."
)


def look_at_clock(connection: Connection, today: Day) -> list[Phrase]:
    """Refuse today by this computer's clock where all that is known lies far before it, or after it.

    On a shop's first day nothing tells old exports from a wrong clock: then it is only said.
    """
    last_run = last_run_day(connection)
    if last_run and today - MORE_THAN_EVER <= last_run <= today:
        return []
    if last_run > today:
        refuse_behind(connection, today, last_run)
    last = max(last_run, health.last_receipt_by(connection, today))
    if not last and health.figures_of(connection).last_receipt:
        raise Refused(
            "By this computer's clock it is {today}, which lies before every receipt.",
            today=OnDay(today),
            hint=phrase("Set the clock right. If it is right, say the day with --as-of."),
        )
    if not last or today - last <= (longest_wait(connection, last) if last_run else MOST_DAYS_AT_FIRST):
        return []
    # The first day may end by UTC before it does here.
    if health.first_import_on(connection) >= today - 1:
        return [phrase(ON_THE_FIRST_DAY, today=OnDay(today), last=OnDay(last))]
    raise Refused(
        "By this computer's clock it is {today}, {span} after the last receipt and the last recalculation.",
        today=OnDay(today),
        span=Span(count=today - last, unit="days"),
        hint=phrase("Set the clock right. If it is right, say so once: loyalty recalc --as-of {day}", day=iso(today - 1)),
    )


def longest_wait(connection: Connection, last: Day) -> int:
    """For how many days after the last one known a shop may have nothing new."""
    days = health.days_with_receipts(connection, last - A_YEAR, last)
    if not days or last - days[0] < MOST_DAYS:
        return MOST_DAYS
    return MORE_THAN_EVER + max(after - before for before, after in pairwise([*days, max(last, days[-1])]))


def refuse_behind(connection: Connection, today: Day, last_run: Day) -> None:
    """A day that was recalculated already has not come yet: this clock is behind, or that run's was ahead."""
    run = first_run_beyond(connection, today)
    raise Refused(
        "By this computer's clock it is {today}, but {last} has been recalculated already.",
        today=OnDay(today),
        last=OnDay(last_run),
        hint=phrase(
            "If the clock is behind, set it right. If it was ahead, take that run back: loyalty recalc --take-back {run} --reason TEXT",
            run=run.id if run else 0,
        ),
    )
