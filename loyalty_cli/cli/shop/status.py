"""`loyalty status`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
# Whoever asks for the state does not want to wait for an import; this is enough for a commit.
WAIT = 2.0


def command(
    max_age: Annotated[
        str | None,
        typer.Option("--max-age", metavar="26h", help="Exit code 30 if the last good night is older."),
    ] = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Show how the shop's folder is doing, and warn of what may harm it. Changes nothing."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.status import status

    show(status(shop_of(program, db, WAIT), max_age=age_said(max_age)), form=form)


def age_said(text: str | None) -> timedelta | None:
    """The time of `26h`, `90m` or `2d`."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,5})([mhd])", text)
    if match is None:
        raise typer.BadParameter("Write it as 26h, 90m or 2d.", param_hint="--max-age")
    return timedelta(**{UNITS[match[2]]: int(match[1])})
