"""Turnover month by month, with and without a card."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.asked import share_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="with_card", heading="With a card", kind="money", total=True),
    Column(name="without_card", heading="Without a card", kind="money", total=True),
    Column(name="card_share", heading="With a card", kind="percent"),
)


def picture(_connection: Connection, asked: Asked, seen: Seen) -> Picture:
    """Columns of two parts; returns are taken off on their own day."""
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for day, taken in seen.taken.items():
        if day >= asked.first:
            own, others = found[month_of(day)]
            found[month_of(day)] = own + taken.members, others + taken.others
    first = min(found)
    parts = {month: found[month] for month in asked.months if month >= first}
    title = phrase("Turnover with and without a card")
    rows = [(month, own, others, share_of(own, own + others)) for month, (own, others) in parts.items()]
    chart = Chart(
        shape="stacked columns",
        labels=months_said(list(parts)),
        series=[
            Series(name=phrase("With a card"), values=[own for own, _ in parts.values()]),
            Series(name=phrase("Without a card"), values=[others for _, others in parts.values()]),
        ],
        unit="money",
    )
    shares = {month: share_of(own, own + others) for month, (own, others) in parts.items()}
    return Picture(title=title, says=said(shares, asked.whole), drawn=chart, table=asked.table("turnover", title, COLUMNS, rows))


def said(shares: Mapping[str, int], whole: str) -> Phrase:
    """How much members brought in the last whole month (the running one, if there is no other), and how much before."""
    months = list(shares)
    place = months.index(whole) if whole in shares else len(months) - 1
    now = {"month": InMonth(months[place]), "share": in_percent(shares[months[place]])}
    if place >= 12:
        return phrase(
            "{month}: members brought {share} of the turnover; a year before it was {was}.",
            **now,
            was=in_percent(shares[months[place - 12]]),
        )
    if place:
        return phrase(
            "{month}: members brought {share} of the turnover; the month before it was {was}.",
            **now,
            was=in_percent(shares[months[place - 1]]),
        )
    return phrase("{month}: members brought {share} of the turnover.", **now)
