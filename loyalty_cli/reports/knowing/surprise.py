"""Whom to surprise: members of whom something nice would be due, with the reason in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.surprise import reasons
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import erased_by
from loyalty_cli.store.feedback.complaints import cases

if TYPE_CHECKING:
    from loyalty_cli.knowing.surprise import Reason
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
COLUMNS = (
    CARD,
    NAME,
    Column(name="why", heading="Why", kind="said"),
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="spent", heading="Spent", kind="money"),
)
JOINED = "SELECT id, joined FROM member WHERE merged_into IS NULL"


def table(connection: Connection, question: Question) -> Table:
    """Whoever spent most first; who waits for an answer to a complaint needs that first, and is left out."""
    found = known(connection, question)
    today = min(question.today, question.as_of if question.as_of is not None else question.today)
    page = Page(
        name="surprise",
        title=phrase("Whom to surprise"),
        basis=phrase("On {day}, by what is known now.", day=OnDay(today)),
        empty=phrase("Nobody this week.") if found else nothing(),
        notes=[phrase("Something for one of them: {command}", command="loyalty give CARD points 50 --by … --reason …")],
    )
    rows: list[tuple[Cell, ...]] = []
    if found:
        complained = [case for case in cases(connection) if case.day <= today]
        waiting = {case.member for case in complained if case.settled is None or case.settled > today} | erased_by(connection, today)
        settled = {case.member: case.settled for case in complained if case.settled is not None}
        people = named(connection)
        for member, joined in connection.execute(JOINED):
            own = found.visits.get(member)
            if own is None or member in waiting:
                continue
            found_out = reasons(joined, own.days, settled.get(member), today)
            rows += [(*people[member], kept(said(reason)), own.days[-1], own.spent) for reason in found_out]
    return tabled(question, page, COLUMNS, sorted(rows, key=lambda row: (-int(row[4] or 0), str(row[0]))))


def said(reason: Reason) -> Phrase:
    """A reason as a sentence."""
    day, count = OnDay(reason.day), reason.number
    match reason.what:
        case "years":
            return phrase("On {day} a member for {count} year.", "On {day} a member for {count} years.", day=day, count=count)
        case "visits":
            return phrase("Has bought on {count} day so far.", "Has bought on {count} days so far.", count=count)
        case "streak":
            text = "Came {count} week in a row, and not last week.", "Came {count} weeks in a row, and not last week."
            return phrase(*text, count=count)
        case "settled":
            return phrase("Complained, and it was settled on {day}.", day=day)
    text = "Away for {count} day, longer than usual.", "Away for {count} days, longer than usual."
    return phrase(*text, count=count)
