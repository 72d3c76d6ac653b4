"""Lightspeed Retail (X-Series, once Vend), customers with their balance (evidence A: the maker's help pages).

A CSV whose columns the import screen lets one match. `loyalty_balance` is the new total, in the shop's own unit; the
screen asks for the rate where it is another. Conflicts are listed before anything is loaded.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="lightspeed-x",
    title="Lightspeed X, balance",
    evidence="A",
    columns=(
        Out("customer_code", "card"),
        Out("first_name", "first_name"),
        Out("last_name", "last_name"),
        Out("loyalty_balance", "points"),
    ),
    key="card",
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
)
