"""Shopify, codes of a discount by the app Matrixify (evidence B: the app's documentation).

Rows with the same `Title` are codes of one discount, which is made in Shopify first: what it is worth and until when is said
there. A code has up to 255 characters. The file's name has the word discount in it.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import BY_HAND
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="shopify-codes",
    title="Shopify, discount codes (Matrixify)",
    evidence="B",
    about="coupons",
    columns=(
        Out("ID", "="),
        Out("Title", "coupon"),
        Out("Command", "=MERGE"),
        Out("Code", "code"),
    ),
    key="code",
    gone=None,
    deletion=BY_HAND,
    refused={
        "discount": phrase("the worth of a code is that of the discount with its title in Shopify"),
        "worth": phrase("the worth of a code is that of the discount with its title in Shopify"),
    },
    file="till-export/discount-codes-{run}.csv",
)
