"""`loyalty month`: close a month for the books."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

app = typer.Typer(help="Close a month for the books.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """Close a month for the books."""


@app.command()
def close(
    month: Annotated[
        str,
        typer.Argument(metavar="YYYY-MM", help="The month after the last closed one.", show_default=False),
    ],
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--yes-without", metavar="STORE", help="Close though this store (or: all) has days without receipts."
        ),
    ] = None,
    accept_open: Annotated[
        bool, typer.Option("--accept-open", help="Close although conflicts or rows set aside are open.")
    ] = False,
    by: By = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Close a month; its entries are proven by a hash, and later facts of it are booked in the next one."""
    from loyalty_cli.cli.dates_said import month_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.model.days import month_of
    from loyalty_cli.operations.months import Accepted
    from loyalty_cli.operations.months import month_close

    first, _ = month_said(month)
    accepted = Accepted(without=tuple(without or ()), open_matters=accept_open)
    shop = shop_of(program, db)
    show(month_close(shop, month_of(first), accepted=accepted, by=by, dry_run=dry_run), form=form)
