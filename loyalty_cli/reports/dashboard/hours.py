"""When the shop is full: receipts by the day of the week and the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Heat
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.phrase import OnWeekday
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

WEEKS = 26
COLUMNS = (
    Column(name="hour", heading="Hour", kind="code"),
    Column(name="monday", heading="Monday", kind="count", total=True),
    Column(name="tuesday", heading="Tuesday", kind="count", total=True),
    Column(name="wednesday", heading="Wednesday", kind="count", total=True),
    Column(name="thursday", heading="Thursday", kind="count", total=True),
    Column(name="friday", heading="Friday", kind="count", total=True),
    Column(name="saturday", heading="Saturday", kind="count", total=True),
    Column(name="sunday", heading="Sunday", kind="count", total=True),
)
# Julian day 0 was a Monday. A till that does not say the time says midnight.
SELECT = """
SELECT day % 7, clock / 3600, count(*) FROM receipt
 WHERE gone = 0 AND day BETWEEN :first AND :last AND total + returned > 0 AND clock > 0 GROUP BY 1, 2
"""


def picture(connection: Connection, asked: Asked, _seen: Seen) -> Picture | Phrase:
    """A row for each hour in which the shop sells, a column for each day of the week."""
    values = {"first": asked.last - 7 * WEEKS + 1, "last": asked.last}
    found = {(int(day or 0), int(hour or 0)): int(count or 0) for day, hour, count in rows_of(connection, SELECT, values)}
    if not found:
        return phrase("Hours: the till does not say at what time it sells.")
    hours = range(min(hour for _, hour in found), max(hour for _, hour in found) + 1)
    cells = [[found.get((day, hour), 0) for day in range(7)] for hour in hours]
    title = phrase("When people buy")
    (day, hour), _ = max(found.items(), key=lambda each: (each[1], each[0]))
    by_day = [sum(row[each] for row in cells) for each in range(7)]
    strongest = max(range(7), key=lambda each: by_day[each])
    says = phrase(
        "The fullest hour is {weekday} from {hour}:00; the strongest day is {strongest} with {share} of the receipts.",
        weekday=OnWeekday(day),
        hour=hour,
        strongest=OnWeekday(strongest),
        share=in_percent(share_of(by_day[strongest], sum(by_day))),
    )
    names = [f"{hour}:00" for hour in hours]
    heat = Heat(corner=phrase("Hour"), rows=names, columns=[OnWeekday(each) for each in range(7)], cells=cells, unit="count")
    rows: list[tuple[Cell, ...]] = [(name, *row) for name, row in zip(names, cells, strict=True)]
    return Picture(title=title, says=says, drawn=heat, table=asked.table("hours", title, COLUMNS, rows))
