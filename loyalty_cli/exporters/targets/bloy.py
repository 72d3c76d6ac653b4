"""Bloy, points to add (evidence A: the maker's help pages): `email,points` in small letters, above zero only."""

from __future__ import annotations

from loyalty_cli.exporters.target import BY_HAND
from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="bloy",
    title="Bloy, points to add",
    evidence="A",
    columns=(Out("email", "email"), Out("points", "change")),
    key="email",
    needs=("email",),
    adds=True,
    above_zero=True,
    writes="changes",
    deletion=BY_HAND,
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
)
