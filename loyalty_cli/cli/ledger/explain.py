"""`loyalty explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.show import show


def command(
    what: Annotated[str, typer.Argument(help="A card, or the number of a receipt.")],
    store: Annotated[str | None, typer.Option("--store", help="The store of the receipt.")] = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """How each number of a card or a receipt came to be."""
    from loyalty_cli.operations.ledger.explain import explain

    show(explain(shop_of(program, db), what, store=store), form=form, output=output)
