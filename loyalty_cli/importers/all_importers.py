"""Every layout that comes with the program: the plain one, and one for each till that is known. An owner's comes first."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.till import Till

# Each is a file of tills/, imported when it is asked for.
TILLS = (
    "square_items",
    "square_transactions",
    "shopify_orders",
    "woocommerce_orders",
    "loyverse_receipts",
    "loyverse_items",
    "sumup_sales",
    "prestashop_orders",
    "odoo_pos",
    "lightspeed_x",
    "frontol",
    "iiko_orders",
    "iiko_olap",
    "one_c",
    "fakturownia",
    "emag_orders",
    "vendigo_orders",
    "uci_invoices",
)

# The name of the layout that needs no file, as its headers are our own words.
PLAIN = "plain"

PURCHASES = (
    "receipt", "date", "time", "store", "card", "product", "product_name", "category", "quantity", "amount",
    "discount", "vat", "cashier", "till", "paid_by_loyalty", "original_receipt",
)  # fmt: skip
NEEDED = ("receipt", "date", "amount")
# ISO 8601, of which a file shows the one it has; where the time has a column of its own, the date stands alone.
DAYS_AND_MOMENTS = (
    "YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD", "YYYY-MM-DD HH:mm", "YYYY-MM-DDTHH:mm:ss", "YYYY-MM-DDTHH:mm", "YYYY-MM-DDTHH:mm:ssZ",
    "YYYY-MM-DD H:mm", "YYYY-MM-DD H:mm:ss",
)  # fmt: skip


def plain_layout(header: Sequence[str], file: str) -> Layout:
    """The plain layout: headers are our own words, commas, UTF-8, ISO dates; columns a file lacks are left out."""
    # Imported here, as many only ask which tills there are.
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.layout import layout_said

    names = [folded(name) for name in header]
    missing = [word for word in NEEDED if word not in names]
    if missing:
        raise not_found(Layout(delimiter=","), list(header), missing, file)
    dates = "YYYY-MM-DD" if "time" in names else list(DAYS_AND_MOMENTS)
    return layout_said({"date_form": dates, "columns": {word: word for word in PURCHASES if word in names}})


def is_plain(header: Sequence[str]) -> bool:
    """Whether a header of purchases is written in our own words."""
    return {folded(name) for name in header}.issuperset(NEEDED)


def till(module: str) -> Till:
    """The till of a file of tills/."""
    found: Till = importlib.import_module(f"loyalty_cli.importers.tills.{module}").TILL
    return found


def till_named(name: str) -> Till | None:
    """The till of a name such as square-items."""
    module = name.replace("-", "_")
    return till(module) if module in TILLS else None


def till_names() -> Iterator[str]:
    """The names by which --layout and `layout:` know tills."""
    return (module.replace("_", "-") for module in TILLS)


def all_tills() -> Iterator[Till]:
    """Every till, one after another."""
    return map(till, TILLS)
