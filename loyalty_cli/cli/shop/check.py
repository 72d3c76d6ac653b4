"""`loyalty check`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing


def command(
    shop: TheShop,
    show: Showing,
    full: Annotated[bool, typer.Option("--full", help="Also replay every member from scratch.")] = False,
    proof: Annotated[str, typer.Option(metavar="HEX", help="A proof on paper, as month close printed it.", show_default=False)] = "",
) -> None:
    """Prove the database: its structure, every row, every receipt, every closed month.

    Exit code 30 if something differs, 12 for damage.
    """
    from loyalty_cli.operations.shop.check import check

    show.result(check(shop, full=full, proof=proof))
