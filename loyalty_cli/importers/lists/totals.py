"""What tills say they sold on each day: their daily reports as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.listed import TillTotal
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells


def listed_total(cells: Cells, store: str) -> TillTotal:
    """The total of a row; a day of returns only may be below zero."""
    total = TillTotal(
        store=cells.text("store") or store,
        till=cells.text("till") or "",
        day=cells.day("date") or 0,
        total=cells.money("total", least=None) or 0,
        receipts=cells.whole("receipts"),
        first_receipt=cells.text("first_receipt") or "",
        last_receipt=cells.text("last_receipt") or "",
    )
    for word in ("date", "total"):
        if cells.text(word) is None:
            cells.blame(phrase("{column}: it is empty", column=column_said(word)))
    if not total.store:
        cells.blame(phrase("store: it is empty"))
    return total
