"""WooCommerce, coupons by the plugin Smart Coupons of WebToffee (evidence B: the plugin's documentation).

`post_title` is the code; the other columns are named as WooCommerce names them. A code that is there already is left out by the plugin.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import BY_HAND
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="woocommerce-coupons",
    title="WooCommerce, coupons (WebToffee)",
    evidence="B",
    about="coupons",
    columns=(
        Out("post_title", "code"),
        Out("post_excerpt", "coupon"),
        Out("post_status", "=publish"),
        Out("discount_type", "kind"),
        Out("coupon_amount", "value"),
        Out("usage_limit", "uses"),
        Out("expiry_date", "until"),
        Out("minimum_amount", "basket_at_least"),
        Out("customer_email", "email"),
    ),
    key="code",
    needs=("value",),
    gone=None,
    deletion=BY_HAND,
    effects=phrase("A code that the webshop has already is left as it is there, even if it was changed here."),
)
