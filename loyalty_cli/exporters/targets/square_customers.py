"""Square, customers (evidence A: a real export's header, the maker's help pages).

`Reference ID` travels and is ours. Dates are YYYY-MM-DD, a file may have 0.25 MB.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="square-customers",
    title="Square, customers",
    evidence="A",
    columns=(
        Out("Reference ID", "card"),
        Out("First Name", "first_name"),
        Out("Last Name", "last_name"),
        Out("Email Address", "email"),
        Out("Phone Number", "phone"),
        Out("Birthday", "birthday"),
        Out("Memo", "note"),
    ),
    key="card",
    refused={"discount": NO_PERCENT, "points": NO_POINTS, "tier": NO_TIER},
    effects=phrase("Square makes a new group of customers at every import."),
    most_bytes=250_000,
)
