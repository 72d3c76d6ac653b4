"""`loyalty import`: lists of members, products, redemptions, opening balances and events, and the tills' own totals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import LayoutName
from loyalty_cli.cli.options import StoreName
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.cli.standard_input import files_given
from loyalty_cli.model.days import Day

app = Group()

Files = Annotated[list[str], typer.Argument(help="Files, or patterns such as lists/*.csv; - is standard input.", show_default=False)]
OfDay = Annotated[Day | None, day_option("--day", "The day, such as 2026-11-21.")]


@app.command()
def members(
    shop: TheShop,
    show: Showing,
    files: Files,
    layout: LayoutName = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Import a list of members: cards, names, birthdays, groups, consents. Empty cells change nothing."""
    from loyalty_cli.operations.imports.members import import_members

    with files_given(files) as paths:
        show.result(import_members(shop, paths, layout=layout, by=by, dry_run=dry_run))


@app.command()
def consents(shop: TheShop, show: Showing, files: Files, layout: LayoutName = None, dry_run: DryRun = False, by: By = "") -> None:
    """Import consents: who said what to which channel and purpose, when, to which wording, and what proves it."""
    from loyalty_cli.operations.imports.consents import import_consents

    with files_given(files) as paths:
        show.result(import_consents(shop, paths, layout=layout, by=by, dry_run=dry_run))


@app.command()
def products(shop: TheShop, show: Showing, files: Files, layout: LayoutName = None, dry_run: DryRun = False) -> None:
    """Import a list of products: categories, costs, floor prices, exclusions."""
    from loyalty_cli.operations.imports.products import import_products

    with files_given(files) as paths:
        show.result(import_products(shop, paths, layout=layout, dry_run=dry_run))


@app.command()
def redemptions(
    shop: TheShop,
    show: Showing,
    files: Files,
    layout: LayoutName = None,
    store: StoreName = "",
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Import coupons and points that were used elsewhere or offline. A coupon used twice is recorded and told."""
    from loyalty_cli.operations.imports.redemptions import import_redemptions

    with files_given(files) as paths:
        show.result(import_redemptions(shop, paths, layout=layout, store=store, by=by, dry_run=dry_run))


@app.command()
def balances(
    shop: TheShop,
    show: Showing,
    files: Files,
    layout: LayoutName = None,
    day: OfDay = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Import opening balances from another system: points, tiers, spend. The same list again adds nothing."""
    from loyalty_cli.operations.imports.balances import import_balances

    with files_given(files) as paths:
        show.result(import_balances(shop, paths, layout=layout, day=day, by=by, dry_run=dry_run))


@app.command()
def events(shop: TheShop, show: Showing, files: Files, layout: LayoutName = None, dry_run: DryRun = False, by: By = "") -> None:
    """Import events, such as surveys and competitions, for rewards `when: {event: NAME}`. The same list again adds nothing."""
    from loyalty_cli.operations.imports.events import import_events

    with files_given(files) as paths:
        show.result(import_events(shop, paths, layout=layout, by=by, dry_run=dry_run))


@app.command()
def feedback(shop: TheShop, show: Showing, files: Files, layout: LayoutName = None, dry_run: DryRun = False, by: By = "") -> None:
    """Import answers to a survey from any form service; a layout says which question is the score. The same list again adds nothing."""
    from loyalty_cli.operations.imports.feedback import import_feedback

    with files_given(files) as paths:
        show.result(import_feedback(shop, paths, layout=layout, by=by, dry_run=dry_run))


@app.command()
def codes(
    shop: TheShop,
    show: Showing,
    file: Annotated[Path, typer.Argument(help="One code on a line, or a CSV with the column code.", show_default=False)],
    coupon: Annotated[str, typer.Option("--coupon", help="The coupon of the program that they are for.", show_default=False)],
    until: Annotated[Day | None, day_option("--until", "The last day they can be used.")] = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Import codes of a webshop or a partner; each coupon gets one when it is issued, and no code is given out twice."""
    from loyalty_cli.operations.imports.codes import ForCoupon
    from loyalty_cli.operations.imports.codes import import_codes

    show.result(import_codes(shop, file, ForCoupon(coupon, until, by), dry_run=dry_run))


@app.command()
def reconcile(
    shop: TheShop,
    show: Showing,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILES", help="The tills' daily reports.")] = None,
    layout: LayoutName = None,
    store: StoreName = "",
    till: Annotated[str, typer.Option(help="The till; the whole store if not given.")] = "",
    day: OfDay = None,
    total: Annotated[str | None, typer.Option(help="What the till says it sold that day, returns counted off.")] = None,
    receipts: Annotated[int | None, typer.Option(help="How many receipts the till says.", min=0)] = None,
    first: Annotated[Day | None, day_option("--from", "The first day to compare.")] = None,
    last: Annotated[Day | None, day_option("--to", "The last day to compare.")] = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Compare the tills' totals with the receipts that came in; exit code 31 if a day differs."""
    from loyalty_cli.operations.imports.reconcile import import_reconcile
    from loyalty_cli.operations.imports.reconcile import Typed

    typed = Typed(store=store, till=till, day=day, total=total, receipts=receipts, first=first, last=last, by=by)
    with files_given(files or ()) as paths:
        show.result(import_reconcile(shop, paths, typed=typed, layout=layout, dry_run=dry_run))
