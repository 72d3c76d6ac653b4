"""Odoo, cards of a loyalty program (evidence A: the model `loyalty.card` in Odoo's source).

A list for the import screen. `code` is unique over all cards and must not be that of a rule; `points` is the balance.
From 19.5 on the balance is worked out from a history, and this column may no longer do: look at the version.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="odoo-loyalty-cards",
    title="Odoo, loyalty cards",
    evidence="A",
    columns=(
        Out("program_id", "=Loyalty Cards"),
        Out("partner_id", "name"),
        Out("code", "card"),
        Out("points", "points"),
        Out("active", "active", {"yes": "True", "no": "False"}),
    ),
    key="card",
    needs=("name",),
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
    effects=phrase("Odoo may send its mails for new cards and for points that were reached; switch them off in the program first."),
)
