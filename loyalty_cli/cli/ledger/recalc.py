"""`loyalty recalc`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait
from loyalty_cli.cli.show import show
from loyalty_cli.model.days import day_of


def command(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Through this day. Default: yesterday.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Replay every member from the start; posts nothing if all is well.")
    ] = False,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Work out what every member should have, and post the differences."""
    from loyalty_cli.operations.ledger.recalc import recalc

    until = day_of(as_of.date()) if as_of else None
    show(recalc(shop_of(program, db, wait), as_of=until, everyone=everyone, dry_run=dry_run), form=form)
