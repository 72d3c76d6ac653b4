"""Mindbox, states of cards (evidence A: the maker's help): `CardNumber`, `Status`, `Email`, `MobilePhone`; UTF-8."""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="mindbox-cards",
    title="Mindbox, states of cards",
    evidence="A",
    columns=(
        Out("CardNumber", "card"),
        Out("Status", "active", {"yes": "Activated", "no": "Blocked"}),
        Out("Email", "email"),
        Out("MobilePhone", "phone"),
    ),
    key="card",
    per="card",
    needs=("email or phone",),
    refused={"discount": NO_PERCENT, "points": NO_POINTS, "tier": NO_TIER},
)
