"""A clock that is far ahead or behind is asked about, before points lapse by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store import health
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.runs import first_run_beyond

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# A night runs every day, and receipts come nearly every day: longer than a season without either is a question.
MOST_DAYS = 100
# Before its first run a shop brings in old exports, but hardly older than a year.
MOST_DAYS_AT_FIRST = 400


def refuse_strange_clock(connection: Connection, today: Day) -> None:
    """Refuse today by this computer's clock where all that is known lies far before it, or after it."""
    last_run = last_run_day(connection)
    if last_run and today - MOST_DAYS <= last_run <= today:
        return
    if last_run > today:
        refuse_behind(connection, today, last_run)
    last = max(last_run, health.last_receipt_by(connection, today))
    if not last and health.figures_of(connection).last_receipt:
        raise Refused(
            "By this computer's clock it is {today}, which lies before every receipt.",
            today=OnDay(today),
            hint=phrase("Set the clock right. If it is right, say the day with --as-of."),
        )
    if last and today - last > (MOST_DAYS if last_run else MOST_DAYS_AT_FIRST):
        raise Refused(
            "By this computer's clock it is {today}, {count} days after the last receipt and the last recalculation.",
            today=OnDay(today),
            count=today - last,
            hint=phrase("Set the clock right. If it is right, say so once: loyalty recalc --as-of {day}", day=iso(today - 1)),
        )


def refuse_behind(connection: Connection, today: Day, last_run: Day) -> None:
    """A day that was recalculated already has not come yet: this clock is behind, or that run's was ahead."""
    run = first_run_beyond(connection, today)
    raise Refused(
        "By this computer's clock it is {today}, but {last} has been recalculated already.",
        today=OnDay(today),
        last=OnDay(last_run),
        hint=phrase(
            "If the clock is behind, set it right. If it was ahead, take that run back: "
            "loyalty recalc --take-back {run} --reason TEXT",
            run=run.id if run else 0,
        ),
    )
