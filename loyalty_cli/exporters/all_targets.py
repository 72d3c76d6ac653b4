"""Every target that files can be written for, and those that none is written for, with the reason."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.exporters.target import Target

# Each is a file of targets/, imported when it is asked for.
TARGETS = (
    "members",
    "coupons",
    "frontol_cards",
    "frontol_certificates",
    "shtrih_coupons",
    "datamobile_clients",
    "lightspeed_x",
    "lightspeed_adjustment",
    "odoo_loyalty_cards",
    "shopify_customers",
    "shopify_codes",
    "square_customers",
    "prestashop_customers",
    "woocommerce_coupons",
    "adobe_commerce_rewards",
    "fakturownia_clients",
    "mindbox_cards",
    "loylap",
    "loloyal",
    "bloy",
)

# Systems that take a file whose columns nobody has shown yet. A layout of one's own can be written for each.
NOT_KNOWN = (
    "Loyverse, Poster, BigCommerce, RemOnline, Ecwid, iiko, 1C, МойСклад, Эвотор, PC-Market, "
    "SmartBill, SmartCash, Zettle, SumUp, r_keeper, Marsello, Wix"
)
WHY_NOT = phrase("Not built, because nobody has shown the columns of their files: {names}. Write a layout for them.", names=NOT_KNOWN)

# Its file of clients (EDI++, EPP) names people and firms, and has no place for a discount, a tier, points or a card.
NOTHING_TO_SAY = phrase("Not built, because their files carry neither a discount nor a tier nor points: {names}.", names="Subiekt")


def target_names() -> Iterator[str]:
    """The names by which `till export` knows targets."""
    return (module.replace("_", "-") for module in TARGETS)


def target_named(name: str) -> Target | None:
    """The target of a name such as frontol-cards."""
    module = name.replace("-", "_")
    if module not in TARGETS:
        return None
    found: Target = importlib.import_module(f"loyalty_cli.exporters.targets.{module}").TARGET
    return found


def all_targets() -> Iterator[Target]:
    """Every target, one after another."""
    return (target for name in target_names() if (target := target_named(name)) is not None)
