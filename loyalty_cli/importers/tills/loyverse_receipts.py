"""Loyverse, receipts: one row per receipt (evidence B: exports in the tests of public parsers).

Net sales counts: after discounts, negative for refunds whatever sign the gross has. Cancelled receipts stay in the file.
A customer is known by e-mail, else by phone. Dates are in the account's form; where days and months can not be told
apart, the owner is asked. Newest rows come first. All goods stand in one cell, with how many of each (`2 x Tea, 0.350 x
Cheese`): a gift card sold alone is left out, one beside other goods is set aside, and the export by item tells them apart.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

DATES = [
    "YYYY-MM-DD HH:mm:ss",
    "YYYY-MM-DD HH:mm",
    "D/M/YYYY HH:mm",
    "M/D/YYYY HH:mm",
    "D/M/YY HH:mm",
    "M/D/YY HH:mm",
    "M/D/YY h:mm A",
    "D/M/YY h:mm A",
    "M/D/YYYY h:mm A",
    "D/M/YYYY h:mm A",
    "D.M.YYYY HH:mm",
    "D.M.YY HH:mm",
]
SETTINGS = {
    "date_form": DATES,
    "card_is": "contact",
    "currency_signs": ["own"],
    "returns": "by label",
    "sale_labels": ["Sale"],
    "return_labels": ["Refund"],
    "cancelled": {"Status": ["Cancelled", "Canceled", "Voided"]},
}

TILL = Till(
    name="loyverse-receipts",
    title="Loyverse, receipts",
    evidence="B",
    header=("Date", "Receipt number", "Receipt type", "Net sales", "Total collected"),
    lacks=("Item", "Item name"),
    columns={
        "receipt": "Receipt number",
        "date": "Date",
        "store": "Store",
        "card": ("Customer contacts", "Customer email", "Customer phone"),
        "product_name": "Description",
        "amount": "Net sales",
        "discount": "Discounts",
        "kind": "Receipt type",
        "till": "POS",
        "cashier": "Cashier name",
    },
    settings=SETTINGS,
)
