"""Coupons that can be used, in our own words: what a second shop without the database works from."""

from __future__ import annotations

from loyalty_cli.exporters.target import NOT_IN_FILE
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="coupons",
    title="Coupons, in our own words",
    evidence="-",
    about="coupons",
    columns=tuple(Out(word, word) for word in ("code", "coupon", "worth", "discount", "basket_at_least", "from", "until", "uses", "card")),
    key="code",
    writes="full",
    deletion=NOT_IN_FILE,
    gone={},
)
