"""`loyalty backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where to. Default: backups/ in the shop's folder.")
    ] = None,
    keep: Annotated[int, typer.Option("--keep", metavar="N", min=1, help="Keep the backups of the last N days.")] = 30,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Copy the whole folder into one file, open it again and compare; backups of older days go."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.backup import backup

    show(backup(shop_of(program, db), folder, keep=keep), form=form)
