"""`loyalty redeem coupon | points`."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill

app = Group()


def till_options(
    basket: Annotated[
        str | None,
        typer.Option("--basket", help="The purchase before it, such as 250.00; for a coupon on some goods only these."),
    ] = None,
    store: Annotated[str | None, typer.Option("--store", help="The store.")] = None,
    receipt: Annotated[str, typer.Option("--receipt", help="The number of the receipt it pays on.")] = "",
    on: Annotated[Day | None, day_option("--on", "The day. Default: today.")] = None,
    by: By = "",
    reason: Reason = "",
    key: Annotated[str | None, typer.Option("--key", help="A key of the request; the same key never does it twice.")] = None,
) -> TheTill:
    """What is known at the till of the purchase that is paid."""
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill

    return AtTheTill(basket=basket, store=store, receipt=receipt, day=on, by=by, key=key, reason=reason)


TheTill = Annotated["AtTheTill", OptionsOf(till_options)]


@app.command()
def coupon(
    till: TheTill,
    shop: TheShop,
    show: Showing,
    code: Annotated[str, typer.Argument(help="The coupon's code; spaces, hyphens and small letters do not matter.")],
    card: Annotated[str | None, typer.Option("--card", help="The card of who uses it, or the name.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Use a coupon, as often as its terms allow: once unless they say otherwise."""
    from dataclasses import replace

    from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon

    show.result(redeem_coupon(shop, code, replace(till, card=card), dry_run=dry_run))


@app.command()
def voucher(
    till: TheTill,
    shop: TheShop,
    show: Showing,
    code: Annotated[str, typer.Argument(help="The voucher's code.")],
    amount: Annotated[str, typer.Argument(help="How much of it is used, such as 12.00.")],
    card: Annotated[str | None, typer.Option("--card", help="The card of who uses it.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Use a part of a voucher; what is left stays on it if its terms say so."""
    from dataclasses import replace

    from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon

    show.result(redeem_coupon(shop, code, replace(till, card=card), at_most=amount, dry_run=dry_run))


@app.command()
def points(
    till: TheTill,
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="The card, or the member's name.")],
    number: Annotated[int, typer.Argument(metavar="COUNT", help="How many points.")],
    wallet: Annotated[str, typer.Option("--wallet", help="Points of this wallet of the program.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Use points as part of a payment."""
    from loyalty_cli.operations.coupons.redeem_points import redeem_points

    show.result(redeem_points(shop, card, number, till, wallet=wallet, dry_run=dry_run))


@app.command()
def gift(
    till: TheTill,
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="The card, or the member's name.")],
    name: Annotated[str, typer.Argument(metavar="GIFT", help="The gift's name in the program's catalogue.")],
    dry_run: DryRun = False,
) -> None:
    """Hand out a gift of the catalogue for points."""
    from loyalty_cli.operations.coupons.redeem_gift import redeem_gift

    show.result(redeem_gift(shop, card, name, till, dry_run=dry_run))
