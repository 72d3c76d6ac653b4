"""`loyalty init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.show import Showing


def command(
    show: Showing,
    folder: Annotated[Path, typer.Argument(help="The shop's new folder.")] = Path(),
    template: Annotated[
        str, typer.Option("--template", help="The sample to begin with; --list shows them.")
    ] = "levels",
    listed: Annotated[bool, typer.Option("--list", help="Show the templates.")] = False,
) -> None:
    """Make a new shop folder: a program to change, worked examples, layouts, an empty database."""
    from loyalty_cli.operations.shop.init import init
    from loyalty_cli.operations.shop.init import list_of_templates

    if listed:
        show.result(list_of_templates())
    show.result(init(shop_of(folder / "program.yaml"), template=template))
