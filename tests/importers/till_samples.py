"""The samples of tills, a shop that takes them in, and what then is in its books."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

SAMPLES = Path(__file__).parents[2] / "sample_data" / "tills"
PROGRAM = """\
program: Corner Club
currency: {currency}
timezone: {zone}
starts: 2023-01-01
"""
RECEIPTS = """
SELECT receipt.number, coalesce(card.number, ''), receipt.total
FROM receipt LEFT JOIN card ON card.id = receipt.card_id WHERE receipt.gone = 0 ORDER BY receipt.number"""
MEMBERS = """
SELECT card.number, sum(receipt.total) FROM receipt JOIN card ON card.id = receipt.card_id
WHERE receipt.gone = 0 GROUP BY card.number ORDER BY card.number"""
NAMES = (
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
)


ZONES = {
    "square_items": ("USD", "America/New_York"),
    "square_transactions": ("USD", "America/New_York"),
    "sumup_sales": ("EUR", "Europe/Berlin"),
}
NO_STORES = ("shopify_orders", "woocommerce_orders", "sumup_sales", "prestashop_orders", "odoo_pos", "lightspeed_x")
STORES = dict.fromkeys(NO_STORES, "Sklep")


def shop_of(folder: Path, currency: str = "PLN", zone: str = "Europe/Warsaw") -> Shop:
    return shop_in(folder, PROGRAM.format(currency=currency, zone=zone))


def sample_in(shop: Shop, name: str, *, store: str = "") -> dict[str, Any]:
    """Import a sample as an owner does, without naming a layout."""
    return taken_in(shop, str(SAMPLES / f"{name}.csv"), store=store)


def counts(figures: dict[str, Any]) -> tuple[Any, ...]:
    """Rows read, receipts that came in, their lines and total; rows ignored and set aside."""
    return tuple(figures[word] for word in ("read", "imported", "lines", "total", "ignored", "set_aside"))


def set_aside(figures: dict[str, Any]) -> list[int]:
    return sorted(row["line"] for row in figures["set_aside_rows"])
