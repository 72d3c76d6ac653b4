"""Shopify, orders: one row per article, what is said of the whole order only on its first row (evidence A).

Total counts, shared among the articles; orders not paid yet wait for a later export. Refunded Amount and Cancelled at
are written into old orders later: new facts about a known sale. The customer is known by e-mail, else by phone.
Column names vary. Sources: headers of real exports in public parsers, docs.xbp.app.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

TILL = Till(
    name="shopify-orders",
    title="Shopify, orders",
    evidence="A",
    header=("Name", "Email", "Financial Status", "Created at", "Total", "Lineitem quantity", "Lineitem price"),
    columns={
        "receipt": "Name",
        "date": "Created at",
        "card": ("Email", "Phone"),
        "product": ("Lineitem sku", "SKU"),
        "product_name": "Lineitem name",
        "quantity": "Lineitem quantity",
        "price": "Lineitem price",
        "discount": "Lineitem discount",
        "total": "Total",
        "currency": "Currency",
        "refunded": "Refunded Amount",
        "cancelled": ("Cancelled at", "Canceled at", "Cancelled", "Canceled"),
        "cashier": "Employee",
    },
    settings={
        "date_form": ["YYYY-MM-DD HH:mm:ss Z", "YYYY-MM-DDTHH:mm:ssZ"],
        "card_is": "contact",
        "fill_down": "within receipt",
        "total_differs": "spread",
        "cancelled": {"Financial Status": ["voided"]},
        "ignore": {"Financial Status": ["pending", "authorized", "expired", "unpaid"]},
    },
)
