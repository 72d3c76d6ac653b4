"""`loyalty draw claim, redraw, list`: what becomes of each place, and how far each draw is."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.draws.number import DrawNumber
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()

Place = Annotated[int, typer.Argument(help="The place, as the list of winners numbers it.", show_default=False)]


@app.command()
def claim(
    shop: TheShop,
    show: PageShowing,
    name: DrawName,
    place: Place,
    accept: Annotated[bool, typer.Option("--accept", help="The winner takes the prize.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="The winner does not want it.")] = False,
    expire: Annotated[bool, typer.Option("--expire", help="Nobody came in time.")] = False,
    identity_checked: Annotated[bool, typer.Option("--identity-checked", help="The winner showed who he or she is.")] = False,
    handed_over: Annotated[bool, typer.Option("--handed-over", help="The winner has the prize now; this accepts it, too.")] = False,
    on: Annotated[Day | None, day_option("--on", "Not today, but on this day.")] = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Record that a prize was accepted, refused or not claimed; -o writes the note to sign at its handover."""
    from loyalty_cli.cli.pages import form_of
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.draws.claiming import Claiming
    from loyalty_cli.operations.draws.claim import draw_claim

    if (accept or handed_over) + refuse + expire != 1:
        raise typer.BadParameter("Say one of --accept, --refuse and --expire.")
    claiming = Claiming(
        what="accepted" if accept or handed_over else "refused" if refuse else "expired",
        identity_checked=identity_checked,
        handed_over=handed_over,
        day=on,
        by=by,
    )
    if (accept or handed_over) and show.output is not None:
        # There is a note to sign: whether this file can be one is asked before anything is recorded.
        form_of(show.form, show.output)
    claimed = draw_claim(shop, name, place, claiming=claiming, dry_run=dry_run)
    if claimed.note is not None and show.output is not None:
        put_document(claimed.outcome, claimed.note, show)
    show.result(claimed.outcome)


@app.command()
def redraw(
    number: DrawNumber,
    shop: TheShop,
    show: Showing,
    name: DrawName,
    place: Place,
    fresh: Annotated[bool, typer.Option("--fresh", help="Not the next reserve: draw again from a new public number.")] = False,
    by: By = "",
) -> None:
    """Give a place that was given up to the next reserve, or draw it again (--fresh) with a proof of its own."""
    from loyalty_cli.operations.draws.redraw import draw_redraw

    if number.said() and not fresh:
        raise typer.BadParameter("A number belongs to --fresh; the next reserve needs none.")
    show.result(draw_redraw(shop, name, place, chance=number.chance() if fresh else None, by=by))


@app.command("list")
def list_draws(shop: TheShop, show: Showing) -> None:
    """All draws and how far each is; the same as: loyalty report draws."""
    from loyalty_cli.operations.report import report
    from loyalty_cli.operations.report import Wanted

    show.result(report(shop, "draws", Wanted()))
