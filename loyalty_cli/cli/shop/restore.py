"""`loyalty restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing


def command(
    shop: TheShop,
    show: Showing,
    file: Annotated[Path, typer.Argument(help="A backup: loyalty-YYYY-MM-DD-HHMMSS.zip.", show_default=False)],
    into: Annotated[Path | None, typer.Option("--into", metavar="DIR", help="Into this folder instead.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is there; the old files are kept beside.")] = False,
) -> None:
    """Bring a backup back: every file is checked before anything is touched."""
    from loyalty_cli.operations.shop.restore import restore

    show.result(restore(shop, file, into=into, yes=yes))
