"""Coupons and points that were used elsewhere, or at a till without the database, as it lists them."""

from __future__ import annotations

from datetime import datetime
from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_of
from loyalty_cli.model.listed import ListedUse
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import date_form

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells
    from loyalty_cli.model.days import Day
    from loyalty_cli.reading.forms.dates import DateForm

KINDS = {"coupon": "coupon", "points": "points"}


def listed_use(cells: Cells, timezone: str) -> ListedUse:
    """The use of a row: a coupon by its code, or points of a card."""
    day, clock = moment_of(cells, timezone)
    kind = cells.read("kind", lambda text: KINDS.get(text.casefold()), phrase("points or coupon"))
    coupon = cells.text("coupon") or cells.text("code")
    points = cells.whole("points", least=1)
    use = ListedUse(
        card=cells.card(),
        coupon=coupon,
        points=points,
        wallet=next(iter(cells.beside("wallet")), None),
        amount=cells.money("amount"),
        store=cells.text("store") or "",
        receipt=(cells.text("receipt") or "").removeprefix("'"),
        day=day,
        clock=clock,
        key=cells.text("key"),
    )
    has_points = cells.text("points") is not None
    if (coupon is not None) == has_points or (kind is not None and (kind == "coupon") == has_points):
        cells.blame(phrase("the row must have either a coupon or points"))
    elif has_points and cells.text("card") is None:
        cells.blame(phrase("card: it is empty"))
    return use


def moment_of(cells: Cells, timezone: str) -> tuple[Day, int]:
    """The shop's local day and the seconds since its midnight; 0 where the list does not say the time."""
    form = date_form(cells.layout.dates)
    day = cells.day("date")
    if day is None:
        if cells.text("date") is None:
            cells.blame(phrase("date: it is empty"))
        return 0, 0
    time_form = date_form(cells.layout.time_form[0])
    clock = (
        cells.read("date", form.seconds, form.text)
        if form.has_time
        else cells.read("time", lambda text: seconds(text, time_form), time_form.text)
    )
    zone = cells.layout.timezone
    if clock is None or zone is None or zone == timezone:
        return day, clock or 0
    return in_zone(day, clock, zone, timezone)


def seconds(text: str, form: DateForm) -> int | None:
    """A time in the layout's form, or with hours and minutes only."""
    found = form.seconds(text)
    return date_form("H:mm").seconds(text) if found is None else found


def in_zone(day: Day, clock: int, theirs: str, ours: str) -> tuple[Day, int]:
    """A day and time of one zone by the clocks of another."""
    moment = datetime.combine(date_of(day), time(clock // 3600, clock // 60 % 60, clock % 60), ZoneInfo(theirs))
    local = moment.astimezone(ZoneInfo(ours))
    return day_of(local.date()), local.hour * 3600 + local.minute * 60 + local.second
