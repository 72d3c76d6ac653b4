"""Square, item details: one row per article sold (evidence A: real files of 2017 to 2026 with 21 to 35 columns).

Net Sales counts: after discounts, without tax and tips. A refund has negative amounts (`-$7.00`) and in some exports the
number of its sale, so it becomes a receipt of its own. A customer is known by Customer Reference ID, else by Square's
Customer ID. Gift cards sold are no purchases. Equal rows of one sale are real.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

# Square writes the date in the form of the account's country.
DATES = ["YYYY-MM-DD", "M/D/YYYY", "D/M/YYYY", "M/D/YY", "D/M/YY"]
TIMES = ["HH:mm:ss", "HH:mm", "h:mm:ss A", "h:mm A"]

TILL = Till(
    name="square-items",
    title="Square, item details",
    evidence="A",
    header=("Date", "Time", "Item", "Qty", "Price Point Name", "Net Sales", "Transaction ID", "Event Type"),
    columns={
        "receipt": "Transaction ID",
        "date": "Date",
        "time": "Time",
        "zone": "Time Zone",
        "store": "Location",
        "card": ("Customer Reference ID", "Customer ID"),
        "product": "SKU",
        "product_name": "Item",
        "category": "Category",
        "quantity": "Qty",
        "amount": "Net Sales",
        "discount": "Discounts",
        "kind": "Event Type",
        "till": "Device Name",
        "cashier": "Employee",
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
        "ignore": {
            "Event Type": ["No Sale"],
            "Itemization Type": ["Gift Card", "Gift Card Load", "Gift Card Reload", "GIFT_CARD"],
        },
    },
)
