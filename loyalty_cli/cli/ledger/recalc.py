"""`loyalty recalc`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day


def command(
    shop: TheShop,
    show: Showing,
    as_of: Annotated[Day | None, day_option("--as-of", "Through this day. Default: yesterday.")] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Replay every member from the start; posts nothing if all is well.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Work out what every member should have, and post the differences."""
    from loyalty_cli.operations.ledger.recalc import recalc

    show.result(recalc(shop, as_of=as_of, everyone=everyone, dry_run=dry_run))
