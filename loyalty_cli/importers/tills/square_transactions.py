"""Square, transactions: one row per sale (evidence B: fixtures and parsers of exports of 2016 to 2026, 34 to 55 columns).

Net Sales counts: after discounts, without tax, tips and gift cards sold. `Card` and `Cash` are amounts, not cards.
Partial Refunds says again what rows of refunds say. A refund has negative amounts and often the number of its sale.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till
from loyalty_cli.importers.tills.square_items import DATES
from loyalty_cli.importers.tills.square_items import TIMES

TILL = Till(
    name="square-transactions",
    title="Square, transactions",
    evidence="B",
    header=("Date", "Time", "Net Sales", "Gift Card Sales", "Total Collected", "Transaction ID", "Event Type"),
    columns={
        "receipt": "Transaction ID",
        "date": "Date",
        "time": "Time",
        "zone": "Time Zone",
        "store": "Location",
        "card": ("Customer Reference ID", "Customer ID"),
        "product_name": "Description",
        "amount": "Net Sales",
        "discount": "Discounts",
        "kind": "Event Type",
        "till": "Device Name",
        "cashier": "Staff Name",
    },
    settings={
        "date_form": DATES,
        "time_form": TIMES,
        "thousands_mark": ",",
        "currency_signs": ["own"],
        "returns": "by label",
        "sale_labels": ["Payment"],
        "return_labels": ["Refund"],
        "returns_share_number": "yes",
        # Net Sales leaves them out itself.
        "gift_cards": "no",
        "ignore": {
            "Event Type": ["No Sale"],
            "Transaction Status": ["Pending", "Failed", "Declined", "Canceled", "Cancelled", "Voided"],
        },
    },
)
