"""`loyalty gift`: gifts that are due are chosen and handed out."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()
Card = Annotated[str, typer.Argument(help="The card.", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="GIFT", help="The gift.", show_default=False)]


@app.command("hand-out")
def hand_out(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Card,
    name: Name,
    store: Annotated[str | None, typer.Option("--store", help="The store.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Hand out a gift that is due; refused if none is, or none is left."""
    from loyalty_cli.operations.by_hand.gifts import AtWill
    from loyalty_cli.operations.by_hand.gifts import gift_move

    show.result(gift_move(shop, card, name, asked, AtWill(store=store), dry_run=dry_run))


@app.command()
def choose(asked: WhoAsks, shop: TheShop, show: Showing, card: Card, name: Name, dry_run: DryRun = False) -> None:
    """Note which of several gifts the member chooses."""
    from loyalty_cli.operations.by_hand.gifts import AtWill
    from loyalty_cli.operations.by_hand.gifts import gift_move

    show.result(gift_move(shop, card, name, asked, AtWill(choose=True), dry_run=dry_run))
