"""`loyalty explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import LongShowing


def command(
    shop: TheShop,
    show: LongShowing,
    what: Annotated[str, typer.Argument(help="A card, the number of a receipt, or a member's name.")],
    store: Annotated[str | None, typer.Option("--store", help="The store of the receipt.")] = None,
) -> None:
    """How each number of a card or a receipt came to be."""
    from loyalty_cli.operations.ledger.explain import explain

    show.result(explain(shop, what, store=store))
