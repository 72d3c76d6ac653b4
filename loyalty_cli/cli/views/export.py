"""`loyalty export`: the data as files for programs of analysts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()


@app.callback()
def about() -> None:
    """The data as files for programs of analysts."""


@app.command()
def parquet(
    shop: TheShop,
    show: Showing,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder for the files; it is made if it is not there.", show_default=False),
    ],
) -> None:
    """Each view of `loyalty query` as a Parquet file; needs the library pyarrow."""
    from loyalty_cli.operations.views.parquet import export_parquet

    show.result(export_parquet(shop, folder))
