"""`loyalty event`: something that happened besides buying."""

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
def event() -> None:
    """Events by hand."""


@app.command()
def add(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="The card.", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="EVENT", help="The event's name in the program.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Enter an event of a member, for rewards that wait for it."""
    from loyalty_cli.operations.by_hand.gifts import event_add

    show.result(event_add(shop, card, name, asked, dry_run=dry_run))
