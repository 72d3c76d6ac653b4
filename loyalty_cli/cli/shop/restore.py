"""`loyalty restore`."""

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
    file: Annotated[Path, typer.Argument(help="A backup: loyalty-YYYY-MM-DD-HHMMSS.zip.", show_default=False)],
    into: Annotated[Path | None, typer.Option("--into", metavar="DIR", help="Into this folder instead.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is there; the old files are kept beside.")] = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Bring a backup back: every file is checked before anything is touched."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.restore import restore

    show(restore(shop_of(program, db), file, into=into, yes=yes), form=form)
