"""`loyalty init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import shop_of


def command(
    folder: Annotated[Path, typer.Argument(help="The shop's new folder.")] = Path(),
    template: Annotated[
        str, typer.Option("--template", help="The sample to begin with; --list shows them.")
    ] = "levels",
    listed: Annotated[bool, typer.Option("--list", help="Show the templates.")] = False,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Make a new shop folder: a program to change, worked examples, layouts, an empty database."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.init import init
    from loyalty_cli.operations.shop.init import list_of_templates

    if listed:
        show(list_of_templates(), form=form, output=output)
    show(init(shop_of(folder / "program.yaml", None), template=template), form=form, output=output)
