"""`loyalty points`: points from one member to another."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()


@app.callback()
def points() -> None:
    """Points by hand."""


@app.command()
def move(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    from_card: Annotated[str, typer.Argument(metavar="FROM", help="A card of who gives them.", show_default=False)],
    to_card: Annotated[str, typer.Argument(metavar="TO", help="A card of who gets them.", show_default=False)],
    number: Annotated[int, typer.Argument(metavar="COUNT", help="How many.", show_default=False)],
    wallet: Annotated[str, typer.Option("--wallet", help="Points of this wallet of the program.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Move points from one member to another; they keep the days on which they lapse."""
    from loyalty_cli.operations.by_hand.give import Gift
    from loyalty_cli.operations.by_hand.points import points_move

    what = Gift(kind="points", name=wallet, count=number)
    show.result(points_move(shop, from_card, to_card, what, asked, dry_run=dry_run))
