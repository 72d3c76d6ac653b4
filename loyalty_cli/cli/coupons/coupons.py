"""`loyalty coupons issue | make | print | void`."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.pages import put_sheet
from loyalty_cli.cli.show import SheetShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()


@app.command()
def issue(
    shop: TheShop,
    show: Showing,
    as_of: Annotated[Day | None, day_option("--as-of", "The day of issue. Default: today.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Issue the coupons that are due; withdraw, let lapse or mark as owed what is not any more."""
    from loyalty_cli.operations.coupons.issue import issue_coupons

    show.result(issue_coupons(shop, as_of=as_of, dry_run=dry_run))


@app.command()
def make(
    shop: TheShop,
    show: Showing,
    coupon: Annotated[str, typer.Argument(help="The coupon's name in the program.")],
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help="How many.", show_default=False)],
    key: Annotated[
        str, typer.Option("--key", metavar="TEXT", help="A name for the batch; the same key again makes no more.", show_default=False)
    ],
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Make a batch of coupons for whoever brings them; with -o coupons.csv as a list for a printer."""
    from loyalty_cli.operations.coupons.make import make_coupons

    show.result(make_coupons(shop, coupon, count, key=key, by=by, dry_run=dry_run))


@app.command()
def sell(
    shop: TheShop,
    show: Showing,
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="The codes of those sold.")],
    store: Annotated[str | None, typer.Option("--store", help="The store.")] = None,
    receipt: Annotated[str, typer.Option("--receipt", help="The number of the receipt that sells them.")] = "",
    on: Annotated[Day | None, day_option("--on", "The day. Default: today.")] = None,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Note that coupons made for whoever brings them, such as gift cards, were sold: the books owe them from that day."""
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.coupons.sell import sell_coupons

    show.result(sell_coupons(shop, codes, AtTheTill(store=store, receipt=receipt, day=on, by=by), dry_run=dry_run))


@app.command("print")
def print_(
    shop: TheShop,
    show: SheetShowing,
    card: Annotated[str | None, typer.Option("--card", metavar="NUMBER", help="Only the coupons of this card.")] = None,
    coupon: Annotated[str | None, typer.Option("--coupon", metavar="NAME", help="Only this kind of coupon.")] = None,
    reward: Annotated[str | None, typer.Option("--reward", metavar="NAME", help="Only what this reward gave.")] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", help="Only this one.")] = None,
    since: Annotated[Day | None, day_option("--since", "Only those issued on this day or later.")] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="TEXT", help="The batch made with this key, instead.")] = None,
) -> None:
    """Print the coupons that can be used, with their codes, on A4, ten a page."""
    from loyalty_cli.operations.coupons.print import CouponWishes
    from loyalty_cli.operations.coupons.print import print_coupons

    wishes = CouponWishes(card=card, coupon=coupon, reward=reward, code=code, since=since, key=key)
    outcome, sheet = print_coupons(shop, wishes)
    put_sheet(outcome, sheet, show)


@app.command()
def void(
    shop: TheShop,
    show: Showing,
    code: Annotated[str, typer.Argument(help="The coupon's code; spaces, hyphens and small letters do not matter.")],
    reason: Reason,
    by: By = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Make one coupon unusable for good."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.coupons.void import void_coupon

    ask_and_do(lambda dry: void_coupon(shop, code, by=by, reason=reason, dry_run=dry), show, yes=yes, dry_run=dry_run)
