"""Which points lapse in the months to come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import month_of
from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.ledger import ageing

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

AHEAD = 12
SOON = 3


def picture(connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """Columns of the next twelve months, this one first."""
    table = ageing.of_purses(connection, asked.question, [purse for purse, _ in seen.points], seen.worths)
    points: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for month, _, held, pays, *_ in table.rows:
        points[str(month)] += int(held or 0)
        money[str(month)] += int(pays or 0)
    today = asked.question.day if asked.question.day is not None else asked.question.today
    months = [month_of(add_months(today, ahead)) for ahead in range(AHEAD)]
    values = [points[month] for month in months]
    if not any(values):
        return phrase("Lapsing ahead: no points lapse in the next twelve months.")
    title = phrase("Points that lapse if nobody uses them")
    soon, worth = sum(values[:SOON]), sum(money[month] for month in months[:SOON])
    says = phrase("Points that lapse by the end of {month}: {points}.", month=InMonth(months[SOON - 1]), points=soon)
    if seen.in_money:
        says = phrase(
            "Points that lapse by the end of {month}: {points}, worth {money}.",
            month=InMonth(months[SOON - 1]),
            points=soon,
            money=asked.money(worth),
        )
    chart = Chart(shape="columns", labels=months_said(months), series=[Series(name=phrase("Points"), values=values)], unit="points")
    return Picture(title=title, says=says, drawn=chart, table=table)
