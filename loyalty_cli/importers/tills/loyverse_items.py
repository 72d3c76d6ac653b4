"""Loyverse, receipts by item: one row per article sold (evidence B: exports in the tests of public parsers).

Net sales counts: after discounts, negative for refunds. Cancelled receipts stay in the file, each of their rows marked.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till
from loyalty_cli.importers.tills.loyverse_receipts import SETTINGS

TILL = Till(
    name="loyverse-items",
    title="Loyverse, receipts by item",
    evidence="B",
    header=("Date", "Receipt number", "Receipt type", "SKU", "Quantity", "Net sales"),
    columns={
        "receipt": "Receipt number",
        "date": "Date",
        "store": "Store",
        "card": ("Customer contacts", "Customer email", "Customer phone"),
        "product": "SKU",
        "product_name": ("Item", "Item name"),
        "category": "Category",
        "quantity": "Quantity",
        "amount": "Net sales",
        "discount": "Discounts",
        "kind": "Receipt type",
        "till": "POS",
        "cashier": "Cashier name",
    },
    settings=SETTINGS,
)
