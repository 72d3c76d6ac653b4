"""`loyalty coupons issue | void`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait
from loyalty_cli.cli.show import show
from loyalty_cli.model.days import day_of

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="Issue and void coupons.")


@app.command()
def issue(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of issue. Default: today.")
    ] = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Issue the coupons that are due; withdraw, let lapse or mark as owed what is not any more."""
    from loyalty_cli.operations.coupons_issue import issue_coupons

    show(
        issue_coupons(shop_of(program, db, wait), as_of=day_of(as_of.date()) if as_of else None, dry_run=dry_run),
        form=form,
    )


@app.command()
def void(
    code: Annotated[str, typer.Argument(help="The coupon's code; spaces, hyphens and small letters do not matter.")],
    reason: Reason,
    by: By = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Make one coupon unusable for good."""
    from loyalty_cli.operations.coupons_void import void_coupon

    show(void_coupon(shop_of(program, db, wait), code, by=by, reason=reason, dry_run=dry_run), form=form)
