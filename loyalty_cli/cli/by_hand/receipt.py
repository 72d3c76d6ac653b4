"""`loyalty receipt`: a paper receipt, or a receipt that was paid without the card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()


@app.command()
def add(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    number: Annotated[str, typer.Argument(metavar="RECEIPT", help="The receipt's number.", show_default=False)],
    card: Annotated[str, typer.Argument(help="The card.", show_default=False)],
    amount: Annotated[str, typer.Argument(help="What was paid, such as 42.00.", show_default=False)],
    store: Annotated[str, typer.Option("--store", help="The store.", show_default=False)],
    product: Annotated[str, typer.Option("--product", help="What was bought, if that matters.")] = "",
    category: Annotated[str, typer.Option("--category", help="Its category.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Enter a receipt from paper, which no export has."""
    from loyalty_cli.operations.by_hand.receipts import Paper
    from loyalty_cli.operations.by_hand.receipts import receipt_add

    show.result(receipt_add(shop, Paper(number, store, card, amount, product, category), asked, dry_run=dry_run))


@app.command()
def assign(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    number: Annotated[str, typer.Argument(metavar="[RECEIPT]", help="The receipt's number.")] = "",
    card: Annotated[str, typer.Argument(metavar="[CARD]", help="The card that was forgotten.")] = "",
    store: Annotated[str | None, typer.Option("--store", help="The store, where several have the number.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A CSV with the columns receipt, card and store.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Let a receipt be that of a card: "I forgot my card"; or a whole list."""
    from loyalty_cli.operations.by_hand.receipts import receipt_assign
    from loyalty_cli.operations.by_hand.receipts import Wish
    from loyalty_cli.operations.by_hand.receipts import wishes_of

    if file is None and not (number and card):
        raise typer.BadParameter("Say RECEIPT and CARD, or --file.")
    wishes = [Wish(number, card, store)] if file is None else wishes_of(file)
    show.result(receipt_assign(shop, wishes, asked, dry_run=dry_run))
