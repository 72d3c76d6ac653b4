"""loyalty import: lists of members, products, redemptions and opening balances, and the tills' own totals."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import LayoutName
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import StoreName
from loyalty_cli.cli.options import Wait

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Files = Annotated[list[str], typer.Argument(help="Files, or patterns such as lists/*.csv.", show_default=False)]
Reports = Annotated[list[str] | None, typer.Argument(metavar="[FILES]...", help="The tills' daily reports.")]
DayText = Annotated[str | None, typer.Option("--day", help="The day, such as 2026-11-21.")]


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
    from loyalty_cli.operations.imports.members import import_members

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
    from loyalty_cli.operations.imports.products import import_products

    outcome = import_products(shop_of(program, db, wait), files, layout=layout, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def redemptions(
    files: Files,
    layout: LayoutName = None,
    store: StoreName = "",
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    by: By = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Import coupons and points that were used elsewhere or offline. A coupon used twice is recorded and told."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.redemptions import import_redemptions

    shop = shop_of(program, db, wait)
    outcome = import_redemptions(shop, files, layout=layout, store=store, by=by, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def balances(
    files: Files,
    layout: LayoutName = None,
    day: DayText = None,
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    by: By = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Import opening balances from another system: points, tiers, spend. The same list again adds nothing."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.balances import import_balances

    shop = shop_of(program, db, wait)
    outcome = import_balances(shop, files, layout=layout, day=day_said("--day", day), by=by, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def reconcile(
    files: Reports = None,
    layout: LayoutName = None,
    store: StoreName = "",
    till: Annotated[str, typer.Option(help="The till; the whole store if not given.")] = "",
    day: DayText = None,
    total: Annotated[str | None, typer.Option(help="What the till says it sold that day, returns counted off.")] = None,
    receipts: Annotated[int | None, typer.Option(help="How many receipts the till says.", min=0)] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first day to compare.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day to compare.")] = None,
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    by: By = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Compare the tills' totals with the receipts that came in; exit code 31 if a day differs."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.reconcile import import_reconcile
    from loyalty_cli.operations.imports.reconcile import Typed

    typed = Typed(
        store=store,
        till=till,
        day=day_said("--day", day),
        total=total,
        receipts=receipts,
        first=day_said("--from", first),
        last=day_said("--to", last),
        by=by,
    )
    shop = shop_of(program, db, wait)
    show(import_reconcile(shop, files or (), typed=typed, layout=layout, dry_run=dry_run), form=form, output=output)
