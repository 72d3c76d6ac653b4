"""In which store and at which hour each member usually buys."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.members.households import accounts_on

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})
COLUMNS = (
    CARD,
    NAME,
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="store", heading="Favourite store"),
    Column(name="in_store", heading="Of the receipts", kind="percent"),
    Column(name="hour", heading="Favourite hour", kind="code"),
    Column(name="in_hour", heading="Of those with a time", kind="percent"),
)
# A till that does not say the time says midnight.
SELECT = """
SELECT member_id, store_id, iif(clock > 0, clock / 3600, -1), count(*) FROM receipt
 WHERE gone = 0 AND member_id IS NOT NULL AND day BETWEEN :first AND :last AND total + returned > 0 GROUP BY 1, 2, 3
"""


def table(connection: Connection, question: Question) -> Table:
    """One row for each member, by receipts; of stores or hours with as many receipts the first counts."""
    stores: dict[int, Counter[int]] = defaultdict(Counter)
    hours: dict[int, Counter[int]] = defaultdict(Counter)
    accounts = accounts_on(connection, last_day(question))
    for member, store, hour, count in connection.execute(SELECT, question.span):
        who = accounts.get(member, member)
        stores[who][store] += count
        if hour >= 0:
            hours[who][hour] += count
    names = dict(connection.execute("SELECT id, name FROM store"))
    people = named(connection) if stores else {}
    rows: list[tuple[Cell, ...]] = []
    for member in sorted(stores, key=lambda each: (-stores[each].total(), each)):
        store, most = favourite(stores[member])
        hour, often = favourite(hours[member]) if hours[member] else (-1, 0)
        receipts = stores[member].total()
        at_hour = (f"{hour}:00", share_of(often, hours[member].total())) if often else ("", None)
        rows.append((*people[member], receipts, names[store], share_of(most, receipts), *at_hour))
    faithful = sum(1 for own in stores.values() if len(own) == 1)
    page = Page(
        name="favourites",
        title=phrase("Where and when members buy"),
        basis=basis_happened(question),
        empty=nothing(),
        notes=[phrase("Members who buy in one store only: {faithful} of {members}.", faithful=faithful, members=len(rows))],
    )
    return tabled(question, page, COLUMNS, rows)


def favourite(counts: Counter[int]) -> tuple[int, int]:
    """What has most, and how many."""
    return min(counts.items(), key=lambda each: (-each[1], each[0]))
