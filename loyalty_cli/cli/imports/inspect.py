"""loyalty import inspect: what an export is, and a draft of the layout that reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

File = Annotated[str, typer.Argument(help="An export of the till, or a list.", show_default=False)]
Write = Annotated[
    Path | None, typer.Option("--write", help="Write the draft of a layout to this file, such as layouts/till.yaml.")
]
KindOfList = Annotated[
    str, typer.Option("--kind", help="purchases, members, products, redemptions, balances or totals, if you know.")
]


app = typer.Typer()


@app.command()
def inspect(
    file: File,
    write: Write = None,
    kind: KindOfList = "",
    form: Format = None,
    output: OutputFile = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
) -> None:
    """Show what a file is and why, and draft a layout for it; what is not certain becomes a question."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.inspect_file import inspect_file

    show(inspect_file(shop_of(program, db), file, kind=kind, write=write), form=form, output=output)


@app.command()
def tills(
    settings: Annotated[bool, typer.Option("--settings", help="Show what a layout of your own can say.")] = False,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """List the tills whose exports are known without a layout."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.imports.layout_settings import list_settings
    from loyalty_cli.operations.imports.tills import list_tills

    show(list_settings() if settings else list_tills(), form=form, output=output)
