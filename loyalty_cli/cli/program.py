"""`loyalty program check | show | kinds | schema | diff | adopt`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait
from loyalty_cli.cli.show import show
from loyalty_cli.model.days import day_of

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Check, show, compare and adopt the program file.",
)


@app.command()
def check(program: ProgramFile = HERE, db: DatabaseFile = None, form: Format = None) -> None:
    """Read the file, say every mistake in it, and run the worked examples beside it."""
    from loyalty_cli.operations.program.check import check_program

    show(check_program(shop_of(program, db)), form=form)


@app.command(name="show")
def show_program(program: ProgramFile = HERE, db: DatabaseFile = None, form: Format = None) -> None:
    """Every setting with its value, written or by default."""
    from loyalty_cli.operations.program.show import settings_table

    show(settings_table(shop_of(program, db)), form=form)


@app.command()
def kinds(
    kind: Annotated[
        str | None, typer.Argument(help="A word such as for_every or one_purchase. Default: all of them.")
    ] = None,
) -> None:
    """What rules there are, each with a sample."""
    from loyalty_cli.program.kinds import kinds_text

    typer.echo(kinds_text(kind))


@app.command()
def schema() -> None:
    """The JSON Schema of the program file, with which editors complete and check it."""
    from loyalty_cli.program.schema import schema_text

    typer.echo(schema_text())


@app.command()
def diff(program: ProgramFile = HERE, db: DatabaseFile = None, form: Format = None) -> None:
    """What the file says otherwise than the version in force."""
    from loyalty_cli.operations.program.adopt import compare_program

    show(compare_program(shop_of(program, db)), form=form)


@app.command()
def adopt(
    from_date: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="In force from this day. Default: today.")
    ] = None,
    by: By = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Make the file the version in force from a day on; say what differs and for how many members."""
    from loyalty_cli.operations.program.adopt import adopt_program

    from_day = day_of(from_date.date()) if from_date else None
    show(adopt_program(shop_of(program, db, wait), from_day=from_day, by=by, dry_run=dry_run), form=form)
