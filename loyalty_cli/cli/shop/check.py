"""`loyalty check`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait


def command(
    full: Annotated[bool, typer.Option("--full", help="Also replay every member from scratch.")] = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Prove the database: its structure, every receipt, every closed month.

    Exit code 30 if something differs, 12 for damage.
    """
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.shop.check import check

    show(check(shop_of(program, db, wait), full=full), form=form, output=output)
