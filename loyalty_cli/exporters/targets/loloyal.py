"""Loloyal, points (evidence A: the maker's help pages): `email,points`, loaded with the choice "reset".

Loading can not be undone there. With the other choice the points would be added.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="loloyal",
    title="Loloyal, points",
    evidence="A",
    columns=(Out("email", "email"), Out("points", "points")),
    key="email",
    needs=("email",),
    effects=phrase("Choose reset, not add, on the import screen; it can not be undone there."),
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
)
