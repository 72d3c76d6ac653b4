"""`loyalty chain`: the books of a chain on Apache Spark."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.chain_options import BUCKETS
from loyalty_cli.cli.chain_options import BucketsOption
from loyalty_cli.cli.chain_options import MASTER
from loyalty_cli.cli.chain_options import MasterOption
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
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not be there.", show_default=False)],
    master: MasterOption = MASTER,
    buckets: BucketsOption = BUCKETS,
) -> None:
    """Make a chain's folder of this shop's, and prove that Spark's ledger is the shop's, entry by entry.

    The shop's own database is not changed. Needs Java 17 and loyalty-cli[cluster].
    """
    from loyalty_cli.operations.chain.move import move

    show.result(move(shop, folder, master=master, buckets=buckets))


@app.command("set")
def set_(shop: TheShop, show: Showing, master: MasterOption) -> None:
    """Say where this chain's Spark runs from now on."""
    from loyalty_cli.operations.chain.begin import set_master

    show.result(set_master(shop, master))
