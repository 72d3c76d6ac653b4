"""The options that many commands share, and the shop they name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli.language_spoken import remember

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

ProgramFile = Annotated[
    Path, typer.Option("--program", envvar="LOYALTY_PROGRAM", help="The program file.", show_default=True)
]
DatabaseFile = Annotated[
    Path | None, typer.Option("--db", envvar="LOYALTY_DB", help="The database. Default: loyalty.db beside the program.")
]
Wait = Annotated[float, typer.Option("--lock-wait", help="Seconds to wait for another command.", hidden=True)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, keep nothing.")]
Format = Annotated[str | None, typer.Option("-O", "--output-format", help="table, csv, json, xlsx or html.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output-file", help="Write to this file; its ending names the format.")
]
By = Annotated[str, typer.Option("--by", envvar="LOYALTY_BY", help="Who does this.")]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="CODE", help="en, pl, ru or ro. Default: the program's language.")
]
DrawName = Annotated[str, typer.Argument(help="The draw's name in the program.", show_default=False)]
LayoutName = Annotated[str | None, typer.Option("--layout", help="The layout: layouts/NAME.yaml, or a path.")]
StoreName = Annotated[str, typer.Option("--store", help="The store, where the file does not say.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the change.")]

HERE = Path("program.yaml")


def shop_of(program: Path, db: Path | None, wait: float = 30.0) -> Shop:
    """The shop that the options name, at this moment."""
    from loyalty_cli.operations.open_shop import Shop

    return remember(
        Shop(
            program=program,
            database=db or program.parent / "loyalty.db",
            now=clock.now(),
            secret=clock.chance(),
            wait=wait,
        )
    )
