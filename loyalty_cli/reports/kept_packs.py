"""What the packs of closed months prove together: every tie holds, and each month opens as the one before closed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.books.owed import RESTATED
from loyalty_cli.model.shown.kept_table import tables_again
from loyalty_cli.store import months
from loyalty_cli.store.packs import kept_pack
from loyalty_cli.store.stores.names import present_name

Amounts = Counter[tuple[object, object]]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.store.database import Connection

WALLET = "wallet"
TIES = ("ties", "ties-in-money")
# Tables that roll forward, with the columns by which their rows are told apart, besides that of wallets.
ROLLED = {
    "points-by-store": "store",
    "points-by-tier": "tier",
    "owed": "store",
    "coupon-register": "coupon",
    "owed-for-coupons": "coupon",
}


def pack_differences(connection: Connection) -> Iterator[tuple[str, str]]:
    """Month and what does not hold in it; packs are read one after another from the first."""
    before: dict[str, Table] = {}
    for closed in months.closed_months(connection):
        kept = kept_pack(connection, closed.month)
        tables = {table.name: table for table in tables_again(kept)} if kept else {}
        for detail in (*untied(tables), *not_rolled(connection, before, tables)):
            yield closed.month, detail
        before = tables


def untied(tables: Mapping[str, Table]) -> Iterator[str]:
    """The ties of a pack that have a difference."""
    for name in TIES:
        for row in records(tables.get(name)):
            if row["difference"]:
                yield f"{row['one']} and {row['other']} in {name}"


def not_rolled(connection: Connection, before: Mapping[str, Table], tables: Mapping[str, Table]) -> Iterator[str]:
    """The tables that do not open as they closed the month before; without a pack, or in another form, a month begins anew.

    A store that has got another name, or has become a part of another one, goes on under that. Of wallets a pack without them says
    nothing.
    """
    for name, key in ROLLED.items():
        if name not in before or name not in tables or form_of(before[name]) != form_of(tables[name]):
            continue
        closing, opening = column(before[name], key, "closing"), column(tables[name], key, "opening")
        if key == "store":
            closing, opening = (called_now(connection, each) for each in (closing, opening))
        if WALLET not in names_in(before[name]):
            opening = Counter({place: amount for place, amount in opening.items() if not place[1]})
        if closing != opening:
            yield f"{name} does not open as the month before closed"


def called_now(connection: Connection, amounts: Amounts) -> Amounts:
    """Amounts by store, each as it is called now."""
    found: Amounts = Counter()
    for (store, wallet), amount in amounts.items():
        found[present_name(connection, str(store)), wallet] += amount
    return found


def records(table: Table | None) -> Iterator[dict[str, object]]:
    """The rows of a table by the names of its columns."""
    if table is None:
        return
    names = names_in(table)
    for row in table.rows:
        yield dict(zip(names, row, strict=True))


def names_in(table: Table) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in table.columns]


def form_of(table: Table) -> set[str]:
    """The columns by which two tables are of one form: whether anything can be restated, or there are wallets, does not matter."""
    return {*names_in(table)} - {RESTATED, WALLET}


def column(table: Table, key: str, name: str) -> Amounts:
    """The numbers of a column that are not nothing, by the key of their rows and their wallet."""
    found: Amounts = Counter()
    for row in records(table):
        amount = row[name]
        if isinstance(amount, int) and amount:
            found[row[key], row.get(WALLET, "")] += amount
    return found
