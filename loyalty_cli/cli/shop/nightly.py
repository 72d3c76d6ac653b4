"""`loyalty nightly`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait


def command(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="Work through this day. Default: yesterday."),
    ] = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Do everything the program lists under nightly, in order.

    Says nothing if all is well, so that cron writes no mail. Safe to run again: a night that was
    interrupted is finished by the next one.
    """
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.nightly import nightly

    show(nightly(shop_of(program, db, wait), as_of=day_said("--as-of", as_of)), form=form)
