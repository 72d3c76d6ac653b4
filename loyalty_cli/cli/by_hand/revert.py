"""`loyalty revert`: undo what was done by hand or redeemed."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import Showing


def command(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    number: Annotated[int, typer.Argument(help="The number that the command has told; see `loyalty report by-hand`.", show_default=False)],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Undo what was done by hand, or a use of a coupon, points or gift."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.by_hand.revert import revert

    ask_and_do(lambda dry: revert(shop, number, asked, dry_run=dry), show, yes=yes, dry_run=dry_run)
