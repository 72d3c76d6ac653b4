"""`loyalty till`: files for tills and webshops, and what tills gave against what was due."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()


@app.command()
def export(
    shop: TheShop,
    show: Showing,
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
