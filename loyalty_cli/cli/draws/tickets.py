"""`loyalty draw` until the numbers are drawn: open, entry, result, tickets, close, void."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()

Key = Annotated[str, typer.Option("--key", help="Its own key; the same key records once.", show_default=False)]
OnDay = Annotated[Day | None, day_option("--on", "The day it came in. Default: today.")]


@app.command("open")
def announce(
    shop: TheShop,
    show: Showing,
    name: DrawName,
    commit_secret: Annotated[bool, typer.Option("--commit-secret", help="Make a secret, keep it, and print only its SHA-256.")] = False,
    changed: Annotated[bool, typer.Option("--changed", help="The rules have changed since they were announced.")] = False,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Check the rules, print the announcement, fix where the number will come from."""
    from loyalty_cli.operations.draws.open import draw_open

    show.result(draw_open(shop, name, commit_secret=commit_secret, changed=changed, by=by, dry_run=dry_run))


@app.command()
def entry(
    shop: TheShop,
    show: Showing,
    name: DrawName,
    key: Key,
    card: Annotated[str | None, typer.Option("--card", help="The member's card.")] = None,
    person: Annotated[str, typer.Option("--name", help="Or the name of somebody without a card.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="The telephone of somebody without a card.")] = "",
    email: Annotated[str, typer.Option("--email", help="The e-mail of somebody without a card.")] = "",
    address: Annotated[str, typer.Option("--address", help="The postal address; kept, not published.")] = "",
    count: Annotated[int, typer.Option("--count", min=1, help="How many tickets.")] = 1,
    on: OnDay = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Record a free entry: tickets that nobody had to buy, also for people without a card."""
    from loyalty_cli.operations.draws.entry import draw_entry
    from loyalty_cli.operations.draws.entry import Entered

    if (card is None) == (not person):
        raise typer.BadParameter("Say who enters: --card, or --name.")
    who = Entered(card=card, name=person, phone=phone, email=email, address=address, day=on, count=count)
    show.result(draw_entry(shop, name, who, key=key, by=by, dry_run=dry_run))


@app.command()
def result(
    shop: TheShop,
    show: Showing,
    name: DrawName,
    card: Annotated[str, typer.Option("--card", help="The member's card.", show_default=False)],
    value: Annotated[str, typer.Option("--result", help="The result, such as 12.5.", show_default=False)],
    key: Key,
    on: OnDay = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Type in a member's result in a contest that goes by results."""
    from loyalty_cli.operations.draws.result import draw_result
    from loyalty_cli.operations.draws.result import Typed

    show.result(draw_result(shop, name, Typed(card=card, result=value, day=on), key=key, by=by, dry_run=dry_run))


@app.command()
def tickets(
    shop: TheShop,
    show: LongShowing,
    name: DrawName,
    card: Annotated[str | None, typer.Option("--card", help="Only this card; once closed, its slip.")] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Also members who bought nothing in the period.")] = False,
) -> None:
    """Each member's tickets as they would be frozen now, and why somebody has none."""
    from loyalty_cli.operations.draws.tickets import draw_tickets

    show.result(draw_tickets(shop, name, card=card, everybody=everybody))


@app.command()
def close(
    shop: TheShop,
    show: Showing,
    name: DrawName,
    accept_late: Annotated[bool, typer.Option("--accept-late", help="Close although tickets may still change.")] = False,
    folder: Annotated[Path | None, typer.Option("--folder", help="Publish here. Default: draws/NAME.")] = None,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Freeze tickets and rules, and print their hashes for the poster."""
    from loyalty_cli.operations.draws.close import draw_close

    show.result(draw_close(shop, name, folder=folder, accept_late=accept_late, by=by, dry_run=dry_run))


@app.command()
def void(
    shop: TheShop,
    show: Showing,
    name: DrawName,
    because: Annotated[str, typer.Option("--because", help="Published: returned, blocked, not eligible, own wish or mistake.")] = "",
    late_returns: Annotated[bool, typer.Option("--late-returns", help="All tickets that members have lost since the close.")] = False,
    ticket: Annotated[int | None, typer.Option("--ticket", help="The number of one ticket.")] = None,
    card: Annotated[str | None, typer.Option("--card", help="Or a card: its last tickets, or all.")] = None,
    count: Annotated[int, typer.Option("--count", min=0, help="How many of the card's tickets. 0: all.")] = 0,
    reason: Reason = "",
    yes: Yes = False,
    dry_run: DryRun = False,
    by: By = "",
) -> None:
    """Strike tickets out between close and draw: late returns, a block. Numbers never shift."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.draws.striking import Struck
    from loyalty_cli.operations.draws.void import draw_void

    if (card is not None) + (ticket is not None) + late_returns != 1:
        raise typer.BadParameter("Name one of --late-returns, --ticket and --card.")
    code = because or ("returned" if late_returns else "")
    if not code:
        raise typer.BadParameter("Say why: --because returned, blocked, not eligible, own wish or mistake.")
    struck = Struck(late_returns=late_returns, ticket=ticket, card=card, count=count, code=code, reason=reason)
    ask_and_do(lambda dry: draw_void(shop, name, struck, by=by, dry_run=dry), show, yes=yes, dry_run=dry_run)
