"""Odoo, list of point-of-sale orders, with or without their lines (evidence A: Odoo's own export.py and pos_order.py).

The order's own cells stand on its first row only. Times are UTC. With lines the amount with tax counts, and the order's
Total, where it is exported, settles the rest; a list without lines counts the Total. A text that begins with = + - has
an apostrophe before it. The customer is known by barcode, reference, e-mail or ID if these are exported; a name is no card.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

TILL = Till(
    name="odoo-pos",
    title="Odoo, point-of-sale orders",
    evidence="A",
    header=("Order Ref",),
    columns={
        "receipt": "Order Ref",
        "date": ("Date", "Order Date"),
        "store": ("Point of Sale", "Point of Sale/Point of Sale"),
        "card": (
            "Customer/Barcode",
            "Customer/Reference",
            "Customer/Email",
            "Customer/Phone",
            "Customer/Mobile",
            "Customer/ID",
            "Customer/External ID",
        ),
        "product": ("Order Lines/Product/Internal Reference", "Order Lines/Product/Barcode"),
        "product_name": ("Order Lines/Product", "Order Lines/Full Product Name", "Order Lines/Product/Name"),
        "category": ("Order Lines/Product/Product Category", "Order Lines/Product/Point of Sale Category"),
        "quantity": "Order Lines/Quantity",
        "amount": (
            "Order Lines/Tax Incl.",
            "Order Lines/Subtotal",
            "Order Lines/Tax Excl.",
            "Order Lines/Subtotal w/o Tax",
        ),
        "price": "Order Lines/Unit Price",
        "total": "Total",
        "cashier": ("Employee", "Cashier", "Responsible", "User"),
    },
    settings={
        "date_form": ["YYYY-MM-DD HH:mm:ss"],
        "timezone": "UTC",
        "fine_amounts": "yes",
        "fill_down": "within receipt",
        "total_differs": "spread",
        "cancelled": {"Status": ["Cancelled", "cancel"]},
        "ignore": {"Status": ["New", "Ongoing", "draft"]},
    },
)
