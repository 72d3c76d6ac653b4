"""Lightspeed Retail (X-Series), the older form of Vend (evidence A: the maker's help page).

Only these four columns, and `loyalty_adjustment` is a change that is added, with its sign: the same file loaded twice
pays twice.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="lightspeed-adjustment",
    title="Lightspeed X (Vend), changes of points",
    evidence="A",
    columns=(
        Out("customer_code", "card"),
        Out("first_name", "first_name"),
        Out("last_name", "last_name"),
        Out("loyalty_adjustment", "change"),
    ),
    key="card",
    adds=True,
    writes="changes",
    deletion=phrase("Who leaves gets a row that takes the points off."),
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
)
