"""`loyalty backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing


def command(
    shop: TheShop,
    show: Showing,
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Where to. Default: backups/ in the shop's folder.")] = None,
    keep: Annotated[int, typer.Option("--keep", metavar="N", min=1, help="Keep the backups of the last N days.")] = 30,
) -> None:
    """Copy the whole folder into one file, open it again and compare; backups of older days go."""
    from loyalty_cli.operations.shop.backup import backup

    show.result(backup(shop, folder, keep=keep))
