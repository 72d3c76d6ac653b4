"""`loyalty import purchases, revert, conflicts, rejects`: the till's receipts, and what to do where they disagree."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import LayoutName
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import StoreName
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.cli.standard_input import files_given

app = Group()

Files = Annotated[list[str], typer.Argument(help="Files, or patterns such as till/*.csv; - is standard input.", show_default=False)]
Number = Annotated[int, typer.Argument(metavar="ID", help="The import's number, as `report imports` shows it.")]
Which = Annotated[str | None, typer.Option(help="A conflict's number, or all.", show_default=False)]


@app.command()
def purchases(
    shop: TheShop,
    show: Showing,
    files: Files,
    layout: LayoutName = None,
    store: StoreName = "",
    another_store: Annotated[
        bool, typer.Option("--another-store", help="It is a store of its own, though its name is new or its receipts look known.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Import till exports: receipts and their lines. Importing again adds nothing."""
    from loyalty_cli.operations.imports.purchases import import_purchases

    with files_given(files) as paths:
        show.result(import_purchases(shop, paths, layout=layout, store=store, another_store=another_store, dry_run=dry_run))


@app.command()
def revert(
    shop: TheShop, show: Showing, number: Number, by: By = "", reason: Reason = "", yes: Yes = False, dry_run: DryRun = False
) -> None:
    """Take an import of purchases back; receipts that another import also saw stay."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.imports.revert import import_revert

    asked = Asked(by=by, reason=reason)
    ask_and_do(lambda dry: import_revert(shop, number, asked, dry_run=dry), show, yes=yes, dry_run=dry_run)


@app.command()
def conflicts(
    shop: TheShop,
    show: LongShowing,
    number: Annotated[int | None, typer.Argument(metavar="ID", help="Only those of one import.")] = None,
    accept: Which = None,
    reject: Which = None,
    by: By = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Show receipts that came back different; accept the new ones or keep the old ones."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.imports.conflicts import decide_conflicts
    from loyalty_cli.operations.imports.conflicts import list_conflicts

    if accept is None and reject is None:
        show.result(list_conflicts(shop, number))
    ask_and_do(
        lambda dry: decide_conflicts(shop, number, accept=accept, reject=reject, by=by, dry_run=dry),
        show,
        yes=yes or "all" not in (accept, reject),
        dry_run=dry_run,
    )


@app.command()
def rejects(
    shop: TheShop,
    show: LongShowing,
    number: Number,
    drop: Annotated[str | None, typer.Option(help="Leave a line with its receipt for good; or all.")] = None,
    reopen: Annotated[str | None, typer.Option(help="Let a line that was left wait again; or all.")] = None,
    by: By = "",
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Show the rows that an import has set aside, with the reasons; leave those that nobody will mend."""
    from loyalty_cli.operations.imports.rejects import Decision
    from loyalty_cli.operations.imports.rejects import list_rejects
    from loyalty_cli.operations.imports.rejects import settle_rejects

    if drop is None and reopen is None:
        show.result(list_rejects(shop, number))
    decision = Decision(drop=drop, reopen=reopen, by=by, reason=reason)
    show.result(settle_rejects(shop, number, decision, dry_run=dry_run))
