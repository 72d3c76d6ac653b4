"""Who bought in each month: for the first time, again, or back after a pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.visits import month_of_number

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="again", heading="Bought again", kind="count"),
    Column(name="back", heading="Came back", kind="count"),
    Column(name="first", heading="First purchase", kind="count"),
)


def picture(_connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """Columns of three parts: how many members bought in each month."""
    found: dict[str, tuple[int, int, int]] = {}
    for each in seen.visits:
        month = month_of_number(each.month)
        again, back, first = found.get(month, (0, 0, 0))
        found[month] = (again + each.again, back + each.back, first + (each.members if each.month == each.first else 0))
    if not found:
        return phrase("Members by month: nobody has shown a card yet.")
    months = [month for month in asked.months if month >= min(found)]
    parts = [found.get(month, (0, 0, 0)) for month in months]
    title = phrase("Members who bought")
    names = (phrase("Bought again"), phrase("Came back after three months or more"), phrase("First purchase"))
    chart = Chart(
        shape="stacked columns",
        labels=months_said(months),
        series=[Series(name=name, values=values) for name, values in zip(names, zip(*parts, strict=True), strict=True)],
        unit="count",
    )
    month = asked.whole if asked.whole in months else months[-1]
    again, back, first = parts[months.index(month)]
    says = phrase(
        "{month}: {first} bought for the first time, {back} came back after three months or more, {again} bought again.",
        month=InMonth(month),
        first=first,
        back=back,
        again=again,
    )
    rows = [(month, *part) for month, part in zip(months, parts, strict=True)]
    return Picture(title=title, says=says, drawn=chart, table=asked.table("coming", title, COLUMNS, rows))
