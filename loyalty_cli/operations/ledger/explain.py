"""`loyalty explain`: how each number of a card or of a receipt came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.ledger.explain_card import explain_card
from loyalty_cli.operations.ledger.explain_receipt import explain_receipt
from loyalty_cli.store.ledger.explaining import receipts_numbered
from loyalty_cli.store.members.records import owner_of_card
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop


def explain(shop: Shop, what: str, *, store: str | None = None) -> Outcome:
    """Explain a card, else the receipt of that number; `store` chooses among stores with the same number."""
    with shop.reading() as connection:
        words = settings(connection)
        member = owner_of_card(connection, what) if store is None else None
        if member is not None:
            return explain_card(connection, member, what, words)
        found = [receipt for receipt in receipts_numbered(connection, what) if store in (None, receipt.store)]
        live = [receipt for receipt in found if not receipt.gone]
        if len(live) > 1:
            stores = ", ".join(receipt.store for receipt in live)
            raise LoyaltyError(
                "Several stores have a receipt {number}: {stores}.",
                number=what,
                stores=stores,
                hint=phrase("Choose one with --store."),
            )
        if not found:
            raise LoyaltyError(
                "There is no card and no receipt {number}.",
                number=what,
                hint=phrase("The members: loyalty report members"),
            )
        return explain_receipt(connection, (live or found)[0], words)
