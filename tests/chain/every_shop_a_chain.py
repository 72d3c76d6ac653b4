"""Makes every shop of other tests a chain: python -m pytest -p tests.chain.every_shop_a_chain tests/operations/test_limits.py …

A test may look past the shop into its database, where a chain has no purchases, or at the numbers of assets, which a chain gives in
another order; such a test fails and says nothing against the chain.
"""

from __future__ import annotations

from functools import wraps
from typing import Any
from typing import TYPE_CHECKING

from tests import shop_builder
from tests.chain.chained import chained
from tests.operations.imports import till_shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.operations.open_shop import Shop


def as_chains(made: Callable[..., Shop]) -> Callable[..., Shop]:
    """What makes shops, making chains."""

    @wraps(made)
    def make(*args: Any, **options: Any) -> Shop:
        return chained(made(*args, **options))

    return make


def asked(shop: Shop, select: str) -> list[tuple[Any, ...]]:
    """Rows of the chain, those in its files among them."""
    with shop.reading() as connection:
        return connection.execute(select).fetchall()


# Tests import these by name, after this has been read.
shop_builder.make_shop = as_chains(shop_builder.make_shop)
till_shop.shop_in = as_chains(till_shop.shop_in)
till_shop.asked = asked
