"""`loyalty import inspect, tills`: what an export is, and a draft of the layout that reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.cli.standard_input import files_given

app = Group()


@app.command()
def inspect(
    shop: TheShop,
    show: Showing,
    file: Annotated[str, typer.Argument(help="An export of the till, or a list; - is standard input.", show_default=False)],
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write the draft of a layout to this file, such as layouts/till.yaml."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="purchases, members, products, redemptions, balances or totals, if you know.")] = "",
) -> None:
    """Show what a file is and why, and draft a layout for it; what is not certain becomes a question."""
    from loyalty_cli.operations.imports.inspect_file import inspect_file

    with files_given([file]) as paths:
        show.result(inspect_file(shop, paths[0], kind=kind, write=write, given=file))


@app.command()
def tills(
    show: Showing,
    settings: Annotated[bool, typer.Option("--settings", help="Show what a layout of your own can say.")] = False,
) -> None:
    """List the tills whose exports are known without a layout."""
    from loyalty_cli.cli.language_spoken import find_the_shop
    from loyalty_cli.operations.imports.tills import list_settings
    from loyalty_cli.operations.imports.tills import list_tills

    # It needs no shop, and speaks the language of the one that is here.
    find_the_shop()
    show.result(list_settings() if settings else list_tills())
