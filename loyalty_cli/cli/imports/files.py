"""loyalty import: purchases from CSV; conflicts, rows set aside, and taking an import back. Lists: import_lists.py."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.imports.inspect import app as inspecting
from loyalty_cli.cli.imports.lists import app as lists
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import LayoutName
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import StoreName
from loyalty_cli.cli.options import Wait

app = typer.Typer(
    no_args_is_help=True, help="Bring in purchases, members, products, redemptions and balances from CSV.", rich_markup_mode=None
)

Files = Annotated[list[str], typer.Argument(help="Files, or patterns such as till/*.csv.", show_default=False)]
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
    from loyalty_cli.operations.imports.purchases import import_purchases

    outcome = import_purchases(shop_of(program, db, wait), files, layout=layout, store=store, dry_run=dry_run)
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
    from loyalty_cli.operations.imports.revert import import_revert

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
    from loyalty_cli.operations.imports.conflicts import decide_conflicts
    from loyalty_cli.operations.imports.conflicts import list_conflicts

    shop = shop_of(program, db, wait)
    if accept is None and reject is None:
        outcome = list_conflicts(shop, number)
    else:
        outcome = decide_conflicts(shop, number, accept=accept, reject=reject, by=by, dry_run=dry_run)
    show(outcome, form=form, output=output)


@app.command()
def rejects(
    number: Number,
    drop: Annotated[str | None, typer.Option(help="Leave a line with its receipt for good; or all.")] = None,
    reopen: Annotated[str | None, typer.Option(help="Let a line that was left wait again; or all.")] = None,
    by: By = "",
    reason: Reason = "",
    dry_run: DryRun = False,
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
) -> None:
    """Show the rows that an import has set aside, with the reasons; leave those that nobody will mend."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.rejects import Decision
    from loyalty_cli.operations.imports.rejects import list_rejects
    from loyalty_cli.operations.imports.rejects import settle_rejects

    shop = shop_of(program, db, wait)
    if drop is None and reopen is None:
        outcome = list_rejects(shop, number)
    else:
        decision = Decision(drop=drop, reopen=reopen, by=by, reason=reason)
        outcome = settle_rejects(shop, number, decision, dry_run=dry_run)
    show(outcome, form=form, output=output)


# The lists stand in a file of their own, and are commands of the same group.
app.add_typer(lists)
app.add_typer(inspecting)
