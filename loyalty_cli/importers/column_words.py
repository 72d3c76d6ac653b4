"""What the columns of layouts are called where a row is set aside, in the language of whoever reads why."""

from __future__ import annotations

from loyalty_cli.model.shown.phrase import Phrase

# The words of layouts by which people know them from their own files; `number` and the like stay as they are written there.
SAID = frozenset(
    {
        *("receipt", "date", "time", "store", "card", "product", "product_name", "category", "quantity", "amount", "price"),
        *("discount", "vat", "total", "cashier", "till", "paid_by_loyalty", "original_receipt", "kind", "currency", "cost"),
        *("name", "phone", "email", "address", "birthday", "name_day", "joined", "language", "groups", "consents", "blocked"),
        *("referred_by", "points", "coupon", "score", "channel", "purpose", "event", "floor_price", "excluded", "visits"),
    }
)


def column_said(word: str) -> Phrase | str:
    """A column by our word for it."""
    return Phrase(word) if word in SAID else word
