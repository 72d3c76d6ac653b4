"""`loyalty store`: another name for a store, or one store of two names."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import Showing

app = Group()


@app.command()
def rename(
    shop: TheShop,
    show: Showing,
    old: Annotated[str, typer.Argument(metavar="OLD", help="What it is called now.", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What it shall be called.", show_default=False)],
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Give a store another name; receipts, coupons, totals and imports stay with it."""
    from loyalty_cli.operations.stores.change import store_rename

    show.result(store_rename(shop, old, new, by=by, dry_run=dry_run))


@app.command()
def merge(
    shop: TheShop,
    show: Showing,
    leaving: Annotated[str, typer.Argument(metavar="FROM", help="The name that goes.", show_default=False)],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The store that stays.", show_default=False)],
    by: By = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Make one store of two names; a receipt that is in under both counts once."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.stores.change import store_merge

    ask_and_do(lambda dry: store_merge(shop, leaving, into, by=by, dry_run=dry), show, yes=yes, dry_run=dry_run)
