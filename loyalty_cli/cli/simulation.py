"""`loyalty simulate`: what other programs would have given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import percent_option
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.model.days import Day


def command(
    shop: TheShop,
    show: LongShowing,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Program files to try.", show_default=False)],
    first: Annotated[Day | None, day_option("--from", "From this day on.")] = None,
    last: Annotated[Day | None, day_option("--to", "Until this day, included.")] = None,
    margin: Annotated[
        int | None,
        percent_option("--margin", "What is left of a sale before the program's cost. Default: as costs: says, else as products cost."),
    ] = None,
    uplift: Annotated[int | None, percent_option("--if-visits", "Suppose that members buy so much more, such as +5%.")] = None,
) -> None:
    """What other programs would have given for the purchases there were; nothing is changed.

    Each file is replayed for everybody from the start, beside the books of today.
    """
    from loyalty_cli.operations.simulation.simulate import simulate
    from loyalty_cli.operations.simulation.simulate import Wished

    show.result(simulate(shop, files, Wished(first=first, last=last, margin=margin, uplift=uplift)))
