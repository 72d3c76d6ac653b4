"""Shopify, customers (evidence B: quoted from Shopify's help by another maker's page).

A CSV whose header tells capital letters from small ones; `Email` is the key. Tags replace the tags a customer has.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="shopify-customers",
    title="Shopify, customers",
    evidence="B",
    columns=(
        Out("First Name", "first_name"),
        Out("Last Name", "last_name"),
        Out("Email", "email"),
        Out("Phone", "phone"),
        Out("Note", "note"),
        Out("Tags", "tier"),
    ),
    key="email",
    needs=("email",),
    refused={"discount": NO_PERCENT, "points": NO_POINTS},
    effects=phrase("Tags that the webshop has given a customer itself are replaced."),
)
