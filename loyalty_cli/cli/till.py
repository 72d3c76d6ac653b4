"""`loyalty till`: files for tills and webshops, and what tills gave against what was due."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()


@app.command()
def export(
    shop: TheShop,
    show: PageShowing,
    name: Annotated[str, typer.Argument(help="A target of `loyalty till list`.", show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="FILE", help="Another place; {run} is the export's number.")] = "",
    whole: Annotated[bool, typer.Option("--whole", help="Everybody, not only what changed since the last export.")] = False,
    again: Annotated[bool, typer.Option("--again", help="The last export once more, as it was.")] = False,
    carry: Annotated[
        list[str] | None, typer.Option("--carry", metavar="FACT", help="Refuse if the form can not carry it, such as discount.")
    ] = None,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Write a file for a till, a webshop or an app; who is not in it is listed with the reason."""
    from loyalty_cli.operations.tills.export import ExportWishes
    from loyalty_cli.operations.tills.export import till_export

    if show.output is not None and not to:
        # What is written here is the till's file: that is what `-o` means.
        to, show = str(show.output.absolute()), replace(show, output=None)
    wishes = ExportWishes(to=to, whole=whole, again=again, carry=tuple(carry or ()), by=by)
    show.result(till_export(shop, name, wishes, dry_run=dry_run))


@app.command("list")
def list_(
    shop: TheShop,
    show: Showing,
    name: Annotated[str | None, typer.Argument(help="All that is known of one.", show_default=False)] = None,
    settings: Annotated[bool, typer.Option("--settings", help="Show what exports/NAME.yaml can say.")] = False,
) -> None:
    """List the targets that files can be written for, with the evidence for their form."""
    from loyalty_cli.operations.tills.known import list_settings
    from loyalty_cli.operations.tills.known import till_list

    show.result(list_settings() if settings else till_list(shop, name))


@app.command()
def audit(
    shop: TheShop,
    show: Showing,
    first: Annotated[Day | None, day_option("--from", "The first day. Default: that of this month.")] = None,
    last: Annotated[Day | None, day_option("--to", "The last day. Default: today.")] = None,
    stores: Annotated[list[str] | None, typer.Option("--store", help="Only this store; may be said again.")] = None,
    in_an_hour: Annotated[int, typer.Option("--in-an-hour", help="So many receipts of one card in an hour are unusual.")] = 4,
    between: Annotated[int, typer.Option("--minutes-between-stores", help="So many minutes the way between two stores takes.")] = 15,
    shift: Annotated[int, typer.Option("--of-a-shift", help="One card so often with one cashier on a day is unusual.")] = 6,
) -> None:
    """What tills gave against what was due, and unusual use of cards, each with its receipts and what else it may be."""
    from loyalty_cli.operations.tills.audit import audit as look
    from loyalty_cli.operations.tills.audit import AuditWishes
    from loyalty_cli.operations.tills.unusual import Limits

    limits = Limits(in_an_hour=in_an_hour, minutes_between_stores=between, of_a_shift=shift)
    show.result(look(shop, AuditWishes(first=first, last=last, stores=tuple(stores or ()), limits=limits)))
