"""A page that has everything: every kind of column, names that try to do harm, a total, notes."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.render.look import Look

DAY = day_from_iso("2026-11-21")
MADE_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SHOP = 'Ola"s } & <co>'
HARMFUL = "\x1b[31mAna\x1b]8;;http://x\x07 [/red] <b>\u202e=1"

COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="move", heading="Move", kind="word"),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="visits", heading="Visits", kind="count"),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="at", heading="At", kind="moment"),
    Column(name="month", heading="Month", kind="month"),
)
ROWS = (
    (
        "0012345",
        "Łucja Brzęczyszczykiewicz",
        "up",
        1234567,
        12345,
        3,
        1250,
        DAY,
        "2026-11-21T01:15:00+00:00",
        "2026-11",
    ),
    ("=1+1", HARMFUL, "down", -500, -7, 0, 500, None, None, "2026-10"),
    ("12E7", "@SUM(A1)", None, 0, 0, 1, None, DAY - 30, "2026-07-01T22:30:00+00:00", "2026-09"),
)

TABLE = Table(
    name="members",
    title=phrase("Members"),
    columns=COLUMNS,
    rows=ROWS,
    currency="PLN",
    basis=phrase("Standing at the end of {day}.", day=OnDay(DAY)),
    notes=[phrase("The first {shown} of {all} rows; a total counts the rows shown.", shown=3, all=1234)],
    timezone="Europe/Warsaw",
)
PAGE = Outcome(tables=[TABLE])


def look(
    language: str = "en",
    *,
    width: int | None = None,
    colour: bool = False,
    rows: int | None = None,
    for_spreadsheet: bool = False,
) -> Look:
    """The look of a test's page."""
    return Look(language=language, width=width, colour=colour, rows=rows, for_spreadsheet=for_spreadsheet, made_at=MADE_AT, shop=SHOP)
