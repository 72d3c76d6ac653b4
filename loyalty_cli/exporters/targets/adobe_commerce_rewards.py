"""Adobe Commerce, reward points (evidence A: the entity `customer_finance` in the source of its import).

Only the paid edition has it. A row is found by e-mail and website, and stands once for each website; `reward_points` is the new
balance, not what is added. Customers whom the shop does not know are refused there. The website has the code `base` unless it was
called otherwise; a layout of one's own says another.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="adobe-commerce-rewards",
    title="Adobe Commerce, reward points",
    evidence="A",
    columns=(
        Out("_email", "email"),
        Out("_website", "=base"),
        Out("_finance_website", "=base"),
        Out("reward_points", "points"),
    ),
    key="email",
    needs=("email",),
    refused={"discount": NO_PERCENT, "tier": NO_TIER},
    effects=phrase("The shop may write to customers that their balance has changed; look at its notifications first."),
)
