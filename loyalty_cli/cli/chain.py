"""`loyalty chain`: the books of a chain on Apache Spark."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()


@app.callback()
def about() -> None:
    """The books of a chain on Apache Spark."""


@app.command()
def move(
    shop: TheShop,
    show: Showing,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it must not be there.", show_default=False)
    ],
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Where Spark runs. Default: all cores here.", show_default=False)
    ] = "local[*,4]",
    buckets: Annotated[
        int, typer.Option("--buckets", metavar="N", min=1, max=4096, help="In how many files the members lie.")
    ] = 16,
) -> None:
    """Lay out all facts as Parquet, replay them on Spark, and prove that its ledger is the shop's, entry by entry.

    The shop's own database is not changed. Needs Java 17 and loyalty-cli[cluster].
    """
    from loyalty_cli.operations.chain.move import move

    # Spark's workers are other processes: of this Python, not of the first one on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    show.result(move(shop, folder, master=master, buckets=buckets))
