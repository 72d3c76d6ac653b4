"""Points that the shop calls something else, such as credit: people and their programs see money instead of points."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table

POINTS = frozenset({"points", "pending"})


class Called(NamedTuple):
    """What points are called, and the whole minor units that one is worth."""

    name: str
    worth: int
    currency: Currency

    def said(self, points: Cell) -> str:
        """So many points as money."""
        return str(self.currency.money(int(points or 0) * self.worth))


def called_in(shop: ShopFacts) -> Called | None:
    """How the adopted program words its points; None where they are points."""
    return Called(shop.points_called, shop.point_worth // 1000, shop.currency) if shop.points_called else None


def in_money(outcome: Outcome, shop: ShopFacts) -> Outcome:
    """An outcome whose tables show money instead of points, where the shop words it so."""
    called = called_in(shop)
    if called is None:
        return outcome
    return replace(outcome, tables=[table_in_money(table, called) for table in outcome.tables])


def table_in_money(table: Table, called: Called) -> Table:
    """One table: columns of points hold money; what has its worth beside it is left out."""
    names = [column.name for column in table.columns]
    if table.name == "standing":
        return table  # its values are sentences, and are said in money by whom they are made
    if "asset" in names:
        return rows_in_money(table, names, called)
    kept = [place for place, column in enumerate(table.columns) if column.kind != "points" or f"{column.name}_worth" not in names]
    points = {place for place in kept if table.columns[place].kind == "points"}
    columns = [
        replace(column, kind="money", heading=called.name if column.heading == "Points" else column.heading) if place in points else column
        for place, column in enumerate(table.columns)
        if place in kept
    ]
    rows = [
        tuple(cell * called.worth if place in points and isinstance(cell, int) else cell for place, cell in enumerate(row) if place in kept)
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def rows_in_money(table: Table, names: list[str], called: Called) -> Table:
    """A table whose rows are of several things: points are said as money, the others as they were."""
    asset = names.index("asset")
    columns = [replace(column, kind="text") if column.kind == "points" else column for column in table.columns]
    numbers = {place for place, column in enumerate(table.columns) if column.kind == "points"}
    rows = [
        tuple(
            cell if place not in numbers or cell is None else called.said(cell) if row[asset] in POINTS else str(cell)
            for place, cell in enumerate(row)
        )
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)
