"""What is owed for points at the end of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import MONTHS
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.ledger.roll_forward import months
from loyalty_cli.reports.wallets import own_points

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="earned", heading="Earned", kind="points", total=True),
    Column(name="redeemed", heading="Redeemed", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="closing", heading="Closing", kind="points"),
    Column(name="worth", heading="Worth", kind="money"),
)


def picture(connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """A line through the ends of the months, as booked; the last point is today's."""
    found = months(connection, own_points(asked.question), seen.points)[-MONTHS:]
    if not found:
        return phrase("What is owed for points: no points were booked yet.")
    in_money = bool(asked.question.shop.point_worth)
    title = phrase("Owed for points")
    chart = Chart(
        shape="line",
        labels=months_said([month.month for month in found]),
        series=[Series(name=title, values=[month.closing_worth if in_money else month.closing for month in found])],
        unit="money" if in_money else "points",
    )
    now, before = found[-1], found[0]
    says = phrase("Points that members hold: {points}.", points=now.closing)
    if in_money:
        says = phrase(
            "Owed for points: {money} (points: {points}); at the end of {month} it was {was}.",
            money=asked.money(now.closing_worth),
            points=now.closing,
            month=InMonth(before.month),
            was=asked.money(before.closing_worth),
        )
    rows = [(each.month, each.earned, each.redeemed, each.lapsed, each.closing, each.closing_worth) for each in found]
    return Picture(title=title, says=says, drawn=chart, table=asked.table("owed_for_points", title, COLUMNS, rows))
