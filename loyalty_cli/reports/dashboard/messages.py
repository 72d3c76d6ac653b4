"""What members were written month by month, how much of it did not arrive, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import months_said
from loyalty_cli.store.feedback.answers import COUNTS
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="sent", heading="Sent", kind="count", total=True),
    Column(name="not_delivered", heading="Not delivered", kind="count", total=True),
    Column(name="answers", heading="Answers", kind="count", total=True),
)
# A message is what its last event says; what is begun or tried again is on its way.
SENT = """
SELECT substr(date(day), 1, 7), count(*) FILTER (WHERE what = 'sent'), count(*) FILTER (WHERE what IN ('refused', 'dropped', 'doubtful'))
  FROM message_event WHERE id IN (SELECT max(id) FROM message_event GROUP BY message_id) AND day BETWEEN :first AND :last GROUP BY 1
"""
ANSWERS = f"SELECT substr(date(f.day), 1, 7), count(*) FROM {COUNTS} WHERE f.day BETWEEN :first AND :last GROUP BY 1"


def picture(connection: Connection, asked: Asked, _seen: Seen) -> Picture | Phrase:
    """Three columns for each month, from the first one with a message or an answer on."""
    sent = {str(month): (int(good or 0), int(bad or 0)) for month, good, bad in rows_of(connection, SENT, asked.span)}
    answers = {str(month): int(count or 0) for month, count in rows_of(connection, ANSWERS, asked.span)}
    if not sent and not answers:
        return phrase("Messages: none were sent, and nobody has answered anything.")
    months = [month for month in asked.months if month >= min([*sent, *answers])]
    rows = [(month, *sent.get(month, (0, 0)), answers.get(month, 0)) for month in months]
    title = phrase("Messages and their answers")
    chart = Chart(
        shape="columns",
        labels=months_said(months),
        series=[
            Series(name=phrase("Sent"), values=[row[1] for row in rows]),
            Series(name=phrase("Not delivered"), values=[row[2] for row in rows]),
            Series(name=phrase("Answers"), values=[row[3] for row in rows]),
        ],
        unit="count",
    )
    month, arrived, lost, answered = next((row for row in rows if row[0] == asked.whole), rows[-1])
    says = phrase(
        "{month}: messages sent: {sent}, not delivered: {lost}; answers: {answers}.",
        month=InMonth(month),
        sent=arrived,
        lost=lost,
        answers=answered,
    )
    return Picture(title=title, says=says, drawn=chart, table=asked.table("messages", title, COLUMNS, rows))
