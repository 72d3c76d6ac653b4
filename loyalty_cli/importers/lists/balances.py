"""Opening balances: what members bring along from another system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.listed import ListedBalance
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells


def listed_balance(cells: Cells) -> ListedBalance:
    """The balance of a row; points below zero are a debt."""
    balance = ListedBalance(
        card=cells.card(),
        number=cells.text("number"),
        day=cells.day("date"),
        points=cells.whole("points", least=None),
        usable_through=cells.day("usable_through"),
        tier=cells.text("tier"),
        tier_since=cells.day("tier_since"),
        spent=cells.money("spent"),
        visits=cells.whole("visits"),
        key=cells.text("key"),
    )
    if balance.card is None and balance.number is None:
        cells.blame(phrase("the row has neither a card nor a number"))
    if all(cells.text(word) is None for word in ("points", "tier", "spent", "visits")):
        cells.blame(phrase("the row has neither points nor a tier, spend or visits"))
    return balance
