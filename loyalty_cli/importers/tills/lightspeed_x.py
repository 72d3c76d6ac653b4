"""Lightspeed Retail X-Series (Vend), sales history: rows of sales, of articles and of payments mixed (evidence B).

Rows of articles count with their Total, with tax and after discounts; rows of sales and payments repeat the same money.
Loyalty is what the customer earned there, not what was paid with it. Parked sales and layaways count once they are closed.
Registers may number their receipts alike. Source: public models of programs that read the export, the API's statuses.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

TILL = Till(
    name="lightspeed-x",
    title="Lightspeed Retail X-Series",
    evidence="B",
    header=("Date", "Receipt Number", "Line Type", "Customer Code", "Quantity", "Total", "Register", "Status"),
    columns={
        "receipt": "Receipt Number",
        "date": "Date",
        "store": "Outlet",
        "till": "Register",
        "card": "Customer Code",
        "product": "SKU",
        "product_name": "Details",
        "quantity": "Quantity",
        "amount": "Total",
        "discount": "Discount",
        "cashier": "User",
    },
    settings={
        "date_form": ["YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD HH:mm", "YYYY-MM-DDTHH:mm:ssZ"],
        "thousands_mark": ",",
        "currency_signs": ["own"],
        "fine_amounts": "yes",
        "receipt_key": ["till", "receipt"],
        "returns": "negative quantity",
        "fill_down": "within receipt",
        "keep": {"Line Type": ["Sale Line", "Sale Item", "Line Item", "Line", "Item", "Product"]},
        "cancelled": {"Status": ["VOIDED", "Void", "Cancelled"]},
        "ignore": {"Status": ["SAVED", "OPEN", "PARKED", "LAYBY", "Layaway", "QUOTE"]},
    },
)
