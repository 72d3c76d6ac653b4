"""LoyLap, balances (evidence A: the maker's help pages): `email,amount`, the new balance."""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="loylap",
    title="LoyLap, balances",
    evidence="A",
    columns=(Out("email", "email"), Out("amount", "points")),
    key="email",
    needs=("email",),
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
)
