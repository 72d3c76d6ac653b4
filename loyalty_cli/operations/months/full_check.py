"""The full check that a month is closed with, where it takes no longer than a breath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.shop.check import check
from loyalty_cli.store.health import figures_of

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

# Replaying everybody over so many receipts takes a second or two; a larger shop checks in a night of its own choosing.
MOST_RECEIPTS = 20_000


def full_check(shop: Shop) -> int | None:
    """How many differences `loyalty check --full` finds; None in a shop that is too large to be checked on the way."""
    with shop.reading() as connection:
        if figures_of(connection).receipts > MOST_RECEIPTS:
            return None
    return int(str(check(shop, full=True).data.get("differences", 1)))
