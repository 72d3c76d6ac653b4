"""`loyalty redeem coupon | points`."""

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
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.options import Wait
from loyalty_cli.cli.show import show
from loyalty_cli.model.days import day_of

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="Use a coupon or points.")

Basket = Annotated[str | None, typer.Option("--basket", help="The purchase before it, such as 250.00.")]
Store = Annotated[str | None, typer.Option("--store", help="The store.")]
Receipt = Annotated[str, typer.Option("--receipt", help="The number of the receipt it pays on.")]
OnDate = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day. Default: today.")]
Key = Annotated[str | None, typer.Option("--key", help="A key of the request; the same key never does it twice.")]


@app.command()
def coupon(
    code: Annotated[str, typer.Argument(help="The coupon's code; spaces, hyphens and small letters do not matter.")],
    basket: Basket = None,
    store: Store = None,
    receipt: Receipt = "",
    on: OnDate = None,
    by: By = "",
    key: Key = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Use a coupon, once."""
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon

    till = AtTheTill(basket=basket, store=store, receipt=receipt, day=day_of(on.date()) if on else None, by=by, key=key)
    show(redeem_coupon(shop_of(program, db, wait), code, till, dry_run=dry_run), form=form)


@app.command()
def points(
    card: Annotated[str, typer.Argument(help="The card.")],
    number: Annotated[int, typer.Argument(help="How many points.")],
    basket: Basket = None,
    store: Store = None,
    receipt: Receipt = "",
    on: OnDate = None,
    by: By = "",
    key: Key = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    wait: Wait = 30.0,
    form: Format = None,
) -> None:
    """Use points as part of a payment."""
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.coupons.redeem_points import redeem_points

    till = AtTheTill(basket=basket, store=store, receipt=receipt, day=day_of(on.date()) if on else None, by=by, key=key)
    show(redeem_points(shop_of(program, db, wait), card, number, till, dry_run=dry_run), form=form)
