"""WooCommerce Analytics, orders: one row per order (evidence A: WooCommerce's own Reports/Orders/Controller.php).

Net Sales counts (older: N. Revenue), without tax and shipping. Articles stand together in one cell, so an order is one
line. A refund is a row of its own with a negative amount and the order's number. Customers are names, which are no cards.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

TILL = Till(
    name="woocommerce-orders",
    title="WooCommerce, orders",
    evidence="A",
    header=("Date", "Order #", "Status", "Product(s)", "Items sold"),
    columns={
        "receipt": "Order #",
        "date": "Date",
        "card": ("Customer ID", "Customer email", "Email"),
        "product_name": "Product(s)",
        "quantity": "Items sold",
        "amount": ("Net Sales", "N. Revenue", "Net Revenue"),
    },
    settings={
        "date_form": ["YYYY-MM-DD HH:mm:ss", "YYYY-MM-DDTHH:mm:ss", "YYYY-MM-DD HH:mm"],
        "currency_signs": ["own"],
        "fine_amounts": "yes",
        "returns": "negative amount",
        "returns_share_number": "yes",
        "cancelled": {"Status": ["cancelled", "failed", "trash"]},
        "ignore": {"Status": ["pending", "pending payment", "on-hold", "on hold", "draft", "checkout-draft"]},
    },
)
