"""`loyalty recalc`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day


def command(
    shop: TheShop,
    show: Showing,
    as_of: Annotated[Day | None, day_option("--as-of", "Through this day. Default: yesterday.")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Replay every member from the start; posts nothing if all is well.")] = False,
    undone: Annotated[
        int | None,
        typer.Option("--take-back", metavar="RUN", help="Undo a run by a wrong clock, and those after it."),
    ] = None,
    by: By = "",
    reason: Annotated[str, typer.Option("--reason", help="Why a run is taken back.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Work out what every member should have, and post the differences.

    A day far after everything known, or before it, is refused unless --as-of says it: clocks go wrong.
    """
    if undone is not None:
        from loyalty_cli.operations.take_back import Hand
        from loyalty_cli.operations.take_back import take_back

        show.result(take_back(shop, undone, Hand(by=by, reason=reason), dry_run=dry_run))
    from loyalty_cli.operations.ledger.recalc import recalc

    show.result(recalc(shop, as_of=as_of, everyone=everyone, dry_run=dry_run))
