"""`loyalty draw entry, result, void`: what people add to a draw, or strike out of it, by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import shop_of

Key = Annotated[str, typer.Option("--key", help="Its own key; the same key records once.", show_default=False)]
OnDate = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day it came in. Default: today.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of `loyalty draw`."""
    for command in (entry, result, void):
        app.command()(command)


def entry(
    name: DrawName,
    key: Key,
    card: Annotated[str | None, typer.Option("--card", help="The member's card.")] = None,
    person: Annotated[str, typer.Option("--name", help="Or the name of somebody without a card.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="The telephone of somebody without a card.")] = "",
    email: Annotated[str, typer.Option("--email", help="The e-mail of somebody without a card.")] = "",
    address: Annotated[str, typer.Option("--address", help="The postal address; kept, not published.")] = "",
    count: Annotated[int, typer.Option("--count", min=1, help="How many tickets.")] = 1,
    on: OnDate = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Record a free entry: tickets that nobody had to buy, also for people without a card."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.entry import draw_entry
    from loyalty_cli.operations.draws.entry import Entered

    if (card is None) == (not person):
        raise typer.BadParameter("Say who enters: --card, or --name.")
    day = day_said("--on", on)
    who = Entered(card=card, name=person, phone=phone, email=email, address=address, day=day, count=count)
    show(draw_entry(shop_of(program, db), name, who, key=key, by=by, dry_run=dry_run), form=form, output=output)


def result(
    name: DrawName,
    card: Annotated[str, typer.Option("--card", help="The member's card.", show_default=False)],
    value: Annotated[str, typer.Option("--result", help="The result, such as 12.5.", show_default=False)],
    key: Key,
    on: OnDate = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Type in a member's result in a contest that goes by results."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.result import draw_result
    from loyalty_cli.operations.draws.result import Typed

    typed = Typed(card=card, result=value, day=day_said("--on", on))
    show(draw_result(shop_of(program, db), name, typed, key=key, by=by, dry_run=dry_run), form=form, output=output)


def void(
    name: DrawName,
    because: Annotated[
        str, typer.Option("--because", help="Published: returned, blocked, not eligible, own wish or mistake.")
    ] = "",
    late_returns: Annotated[
        bool, typer.Option("--late-returns", help="All tickets that members have lost since the close.")
    ] = False,
    ticket: Annotated[int | None, typer.Option("--ticket", help="The number of one ticket.")] = None,
    card: Annotated[str | None, typer.Option("--card", help="Or a card: its last tickets, or all.")] = None,
    count: Annotated[int, typer.Option("--count", min=0, help="How many of the card's tickets. 0: all.")] = 0,
    reason: Reason = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Strike tickets out between close and draw: late returns, a block. Numbers never shift.

    Examples:
        loyalty draw void "spring draw" --late-returns --by Ewa

        loyalty draw void "spring draw" --card 2901 --count 1 --because returned --reason "receipt 4711"

    """
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.void import draw_void
    from loyalty_cli.operations.draws.void import Struck

    if (card is not None) + (ticket is not None) + late_returns != 1:
        raise typer.BadParameter("Name one of --late-returns, --ticket and --card.")
    code = because or ("returned" if late_returns else "")
    if not code:
        raise typer.BadParameter("Say why: --because returned, blocked, not eligible, own wish or mistake.")
    struck = Struck(late_returns=late_returns, ticket=ticket, card=card, count=count, code=code, reason=reason)
    show(draw_void(shop_of(program, db), name, struck, by=by, dry_run=dry_run), form=form, output=output)
