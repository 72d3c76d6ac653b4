"""DataMobile, clients of a data terminal (evidence A: the maker's documentation).

The first line is the number of rows, the second `-` to replace everybody or `+` to add; then `no;+/-;id;name;barcode`.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="datamobile-clients",
    title="DataMobile, clients",
    evidence="A",
    columns=(
        Out("", "=line"),
        Out("", "=gone", {"yes": "-", "no": "+"}),
        Out("", "member"),
        Out("", "name"),
        Out("", "card"),
    ),
    key="card",
    per="card",
    refused={"discount": NO_PERCENT, "points": NO_POINTS, "tier": NO_TIER},
    effects=phrase("A file that holds everybody replaces the terminal's list."),
    delimiter=";",
    quote="none",
    header=False,
    top=("{rows}", "+"),
    top_of_all=("{rows}", "-"),
    file="till-export/{run}_Clients.dm",
)
