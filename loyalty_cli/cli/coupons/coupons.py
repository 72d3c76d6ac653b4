"""`loyalty coupons issue | print | void`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
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

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="Issue, print and void coupons."
)


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
    from loyalty_cli.operations.coupons.issue import issue_coupons

    show(
        issue_coupons(shop_of(program, db, wait), as_of=day_of(as_of.date()) if as_of else None, dry_run=dry_run),
        form=form,
    )


@app.command("print")
def print_(
    card: Annotated[str | None, typer.Option("--card", metavar="NUMBER", help="Only the coupons of this card.")] = None,
    coupon: Annotated[str | None, typer.Option("--coupon", metavar="NAME", help="Only this kind of coupon.")] = None,
    reward: Annotated[str | None, typer.Option("--reward", metavar="NAME", help="Only what this reward gave.")] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", help="Only this one.")] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only those issued on this day or later.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output-file", help="The page to print, NAME.html. Default: coupons-DATE.html here."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help="en, pl, ru or ro. Default: the program's.")
    ] = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Print the coupons that can be used, with their codes, on A4, ten a page."""
    from loyalty_cli.cli.sheet_file import put_sheet
    from loyalty_cli.operations.coupons.print import CouponWishes
    from loyalty_cli.operations.coupons.print import print_coupons

    wishes = CouponWishes(
        card=card, coupon=coupon, reward=reward, code=code, since=day_of(since.date()) if since else None
    )
    outcome, sheet = print_coupons(shop_of(program, db), wishes)
    put_sheet(outcome, sheet, output=output, form=form, language=lang)


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
    from loyalty_cli.operations.coupons.void import void_coupon

    show(void_coupon(shop_of(program, db, wait), code, by=by, reason=reason, dry_run=dry_run), form=form)
