"""Whose birthday or name day comes next: a list for the staff, who say it at the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import next_yearly
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.store.ledger.facts import month_and_day
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

WITH_YEAR = len("1990-02-28")
TAKES = frozenset({"ahead", "as-of", "dates", "days", "limit", "standings"})
COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="what", heading="What", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="age", heading="Age", kind="count"),
    Column(name="tier", heading="Tier"),
    Column(name="last_visit", heading="Last visit", kind="day"),
)
SELECT = """
SELECT member.birthday, member.name_day, coalesce((SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1), ''),
       member.name, coalesce(standing.tier, ''), standing.last_on
  FROM member LEFT JOIN standing ON standing.member_id = member.id
 WHERE member.merged_into IS NULL AND (member.birthday <> '' OR member.name_day <> '')
"""


def table(connection: Connection, question: Question) -> Table:
    """The days in order from the day asked for; 29 February is kept on the 28th in other years."""
    days = question.ahead
    page = Page(
        name="birthdays",
        title=phrase("Birthdays and name days to come"),
        basis=phrase("Days: {dates}, by what is known now.", dates=days),
        empty=phrase("Nobody has a birthday or name day on these days, as far as is known."),
        notes=[standing_basis(connection, question)],
    )
    return tabled(question, page, COLUMNS, sorted(rows(connection, days), key=lambda row: (row[0], row[3], row[2])))


def rows(connection: Connection, days: Dates) -> list[tuple[Cell, ...]]:
    """Everybody whose day lies within some days."""
    found: list[tuple[Cell, ...]] = []
    for birthday, name_day, card, name, tier, last_on in rows_of(connection, SELECT):
        for what, text in (("birthday", str(birthday)), ("name day", str(name_day))):
            kept = month_and_day(text)
            day = next_yearly(*kept, days.first) if kept else None
            if day is not None and day <= days.last:
                age = age_on(text, day) if what == "birthday" else None
                found.append((day, what, card or None, name, age, tier, last_on))
    return found


def age_on(birthday: str, day: Day) -> int | None:
    """How old somebody becomes on a birthday, where the year of birth is known."""
    return date_of(day).year - int(birthday[:4]) if len(birthday) == WITH_YEAR else None
