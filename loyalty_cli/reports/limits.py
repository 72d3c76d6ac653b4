"""Limits for all members together: rewards that only so many get, gifts in stock, budgets; what is taken, and who waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.ledger.limits import kept_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.ledger.limits import Limit
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"limit"})
COLUMNS = (
    Column(name="limit", heading="Limit", kind="word"),
    Column(name="name", heading="Of"),
    Column(name="given", heading="Given", kind="count"),
    Column(name="in_all", heading="In all", kind="count"),
    Column(name="spent", heading="Promised", kind="money"),
    Column(name="budget", heading="Budget", kind="money"),
    Column(name="left", heading="Still left", kind="percent"),
    Column(name="last_on", heading="Last one", kind="day"),
    Column(name="waiting", heading="Turned down", kind="count"),
    Column(name="state", heading="State", kind="word"),
)


def table(connection: Connection, question: Question) -> Table:
    """One row for each limit."""
    page = Page(
        name="limits",
        title=phrase("Limits"),
        basis=phrase("As the last recalculation left them."),
        empty=phrase("Nothing is limited: no reward has in_all or a budget, and no gift a stock."),
    )
    return tabled(question, page, COLUMNS, list(rows(kept_limits(connection))))


def rows(limits: list[Limit]) -> Iterator[tuple[Cell, ...]]:
    """The limits; a budget counts money, the others how often."""
    for limit in limits:
        much = (limit.taken, limit.of)
        counted, money = ((None, None), much) if limit.is_money else (much, (None, None))
        left = max(0, limit.of - limit.taken) * WHOLE // limit.of if limit.of > 0 else 0
        yield (limit.kind, limit.name, *counted, *money, left, limit.last or None, limit.waiting, limit.state)
