"""`loyalty draw`: announce, look at and freeze a prize draw; what comes after is in draw_after."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.draws import after as draw_after
from loyalty_cli.cli.draws import by_hand as draw_by_hand
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

app = typer.Typer(help="Announce, freeze, run and verify a prize draw.", no_args_is_help=True, rich_markup_mode=None)



@app.command("open")
def announce(
    name: DrawName,
    commit_secret: Annotated[
        bool, typer.Option("--commit-secret", help="Make a secret, keep it, and print only its SHA-256.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="The rules have changed since they were announced.")
    ] = False,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Check the rules, print the announcement, fix where the number will come from."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.open import draw_open

    show(
        draw_open(shop_of(program, db), name, commit_secret=commit_secret, changed=changed, by=by, dry_run=dry_run),
        form=form,
        output=output,
    )


@app.command()
def tickets(
    name: DrawName,
    card: Annotated[str | None, typer.Option("--card", help="Only this card; once closed, its slip.")] = None,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Also members who bought nothing in the period.")
    ] = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Each member's tickets as they would be frozen now, and why somebody has none."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.tickets import draw_tickets

    show(draw_tickets(shop_of(program, db), name, card=card, everybody=everybody), form=form, output=output)


@app.command()
def close(
    name: DrawName,
    accept_late: Annotated[
        bool, typer.Option("--accept-late", help="Close although tickets may still change.")
    ] = False,
    folder: Annotated[Path | None, typer.Option("--folder", help="Publish here. Default: draws/NAME.")] = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Freeze tickets and rules, and print their hashes for the poster."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.close import draw_close

    show(
        draw_close(shop_of(program, db), name, folder=folder, accept_late=accept_late, by=by, dry_run=dry_run),
        form=form,
        output=output,
    )


draw_by_hand.add_to(app)
draw_after.add_to(app)
