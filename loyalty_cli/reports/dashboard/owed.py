"""What is owed for points at the end of each month, those of wallets too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import MONTHS
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.ledger.roll_forward import rolled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import with_wallet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
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


def picture(_connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """A line through the ends of the months, as booked; the last point is today's."""
    found = [(purse, list(rolled(booked, purse.question, seen.worths[purse.assets["points"]]))[-MONTHS:]) for purse, booked in seen.points]
    closing = Counter(dict.fromkeys(sorted({each.month for _, own in found for each in own}), 0))
    points = closing.copy()
    for _, own in found:
        closing.update({each.month: each.closing_worth for each in own})
        points.update({each.month: each.closing for each in own})
    if not points:
        return phrase("What is owed for points: no points were booked yet.")
    title = phrase("Owed for points")
    chart = Chart(
        shape="line",
        labels=months_said(list(points)),
        series=[Series(name=title, values=list((closing if seen.in_money else points).values()))],
        unit="money" if seen.in_money else "points",
    )
    purses = [purse for purse, _ in found]
    rows: list[tuple[Cell, ...]] = [
        (each.month, each.earned, each.redeemed, each.lapsed, each.closing, each.closing_worth, *marked(purses, purse))
        for purse, own in found
        for each in own
    ]
    table = asked.table("owed_for_points", title, with_wallet(COLUMNS, purses), rows)
    return Picture(title=title, says=said(points, closing, asked, in_money=seen.in_money), drawn=chart, table=table)


def said(points: Mapping[str, int], closing: Mapping[str, int], asked: Asked, *, in_money: bool) -> Phrase:
    """What is owed now, and what was at the end of the first month."""
    first, *_, now = *points, *points
    if not in_money:
        return phrase("Points that members hold: {points}.", points=points[now])
    return phrase(
        "Owed for points: {money} (points: {points}); at the end of {month} it was {was}.",
        money=asked.money(closing[now]),
        points=points[now],
        month=InMonth(first),
        was=asked.money(closing[first]),
    )
