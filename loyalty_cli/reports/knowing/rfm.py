"""Recency, frequency and money: each member's fifth among all, and of five groups the one they are in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.knowing.rfm import places
from loyalty_cli.model.rfm import rfm_bounds_from
from loyalty_cli.model.rfm import RfmBounds
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
COLUMNS = (
    CARD,
    NAME,
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="visits", heading="Visits", kind="count", total=True),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="rfm", heading="RFM", kind="code"),
    Column(name="group", heading="Group", kind="word"),
)


def table(connection: Connection, question: Question) -> Table:
    """One row for each member who ever bought, the best first."""
    bounds = rfm_bounds_from(question.shop.rfm)
    found = known(connection, question)
    people = named(connection) if found else {}
    rows: list[tuple[Cell, ...]] = []
    by_group: Counter[str] = Counter()
    if found:
        visits = found.visits
        scored = places(
            [found.last - each.days[-1] for each in visits.values()],
            [len(each.days) for each in visits.values()],
            [each.spent for each in visits.values()],
            bounds,
        )
        for place, member in sorted(zip(scored, visits, strict=True), key=lambda row: (*(-fifth for fifth in row[0]), row[1])):
            own = visits[member]
            by_group[place.group] += max(own.spent, 0)
            rows.append((*people[member], own.days[-1], len(own.days), own.spent, "".join(map(str, place)), place.group))
    share = in_percent(share_of(by_group["best"], by_group.total()))
    slipping = sum(1 for row in rows if row[-1] == "slipping")
    page = Page(
        name="rfm",
        title=phrase("Members by recency, frequency and money"),
        basis=through(found),
        empty=nothing(),
        notes=[
            phrase(
                "The best bring {share} of what members spent; {slipping} came often and stay away now.",
                share=share,
                slipping=slipping,
            ),
            *how_scored(bounds, question.shop.currency.digits),
            phrase(
                "5 is the best. Recency 4 or 5 is best (frequency 4 or 5), regular (2 or 3) or new (1); else slipping (frequency 3 or "
                "more) or rare."
            ),
        ],
    )
    return tabled(question, page, COLUMNS, rows)


def how_scored(bounds: RfmBounds, digits: int) -> Iterator[Phrase]:
    """Where the scores change."""
    if bounds == RfmBounds():
        yield phrase("RFM: the fifth of the last visit, of the visits and of the spend among all members.")
        return
    fifth = phrase("the fifth among all members")
    money = ", ".join(f"{bound / 10**digits:.{digits}f}" for bound in bounds.money)
    yield phrase(
        "RFM by the bounds of the program. Days since the last visit: {recency}. Visits: {frequency}. Spend: {money}.",
        recency=", ".join(map(str, bounds.recency)) or fifth,
        frequency=", ".join(map(str, bounds.frequency)) or fifth,
        money=money or fifth,
    )
