"""loyalty import: purchases, members and products from CSV; conflicts, rows set aside, and taking an import back."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait

app = typer.Typer(
    no_args_is_help=True, help="Bring in purchases, members and products from CSV.", rich_markup_mode=None
)

Files = Annotated[list[str], typer.Argument(help="Files, or patterns such as till/*.csv.", show_default=False)]
LayoutName = Annotated[str | None, typer.Option("--layout", help="The layout: layouts/NAME.yaml, or a path.")]
StoreName = Annotated[str, typer.Option("--store", help="The store, where the file does not say.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="The import's number, as `report imports` shows it.")]
Which = Annotated[str | None, typer.Option(help="A conflict's number, or all.", show_default=False)]


@app.command()
def purchases(
    files: Files,
    layout: LayoutName = None,
    store: StoreName = "",
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Import till exports: receipts and their lines. Importing again adds nothing."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_purchases import import_purchases

    outcome = import_purchases(shop_of(program, db, wait), files, layout=layout, store=store, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def members(
    files: Files,
    layout: LayoutName = None,
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    by: By = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Import a list of members: cards, names, birthdays, groups, consents. Empty cells change nothing."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_members import import_members

    outcome = import_members(shop_of(program, db, wait), files, layout=layout, by=by, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def products(
    files: Files,
    layout: LayoutName = None,
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Import a list of products: categories, costs, floor prices, exclusions."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_products import import_products

    outcome = import_products(shop_of(program, db, wait), files, layout=layout, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def revert(
    number: Number,
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Take an import of purchases back; receipts that another import also saw stay."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_revert import import_revert

    show(import_revert(shop_of(program, db, wait), number, dry_run=dry_run), form=form, output=output)


@app.command()
def conflicts(
    number: Annotated[int | None, typer.Argument(metavar="[ID]", help="Only those of one import.")] = None,
    accept: Which = None,
    reject: Which = None,
    by: By = "",
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Show receipts that came back different; accept the new ones or keep the old ones."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_conflicts import decide_conflicts
    from loyalty_cli.operations.import_conflicts import list_conflicts

    shop = shop_of(program, db, wait)
    if accept is None and reject is None:
        outcome = list_conflicts(shop, number)
    else:
        outcome = decide_conflicts(shop, number, accept=accept, reject=reject, by=by, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def rejects(
    number: Number,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Show the rows that an import has set aside, with the reasons."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.import_conflicts import list_rejects

    show(list_rejects(shop_of(program, db, wait), number), form=form, output=output)
