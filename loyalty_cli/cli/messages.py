"""`loyalty messages`: what is due, sending it, what became of it, what a crash left."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.report import First
from loyalty_cli.cli.report import Last
from loyalty_cli.cli.report import Month
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()


class Resolved(StrEnum):
    """What a person found out about a doubtful message."""

    SENT = "sent"
    NOT_SENT = "not-sent"


@app.callback()
def about() -> None:
    """Thanks, greetings, questions and offers: who gets what, sending them, what became of them."""


@app.command()
def preview(
    shop: TheShop,
    show: Showing,
    as_of: Annotated[Day | None, day_option("--as-of", "As it would be on this day, at noon.")] = None,
    name: Annotated[str, typer.Option("--message", metavar="NAME", help="Only this message of the program.")] = "",
) -> None:
    """Who would get what and when, how long and dear it is, and who gets nothing and why. Nothing is sent."""
    from loyalty_cli.operations.messages.preview import preview_messages

    show.result(preview_messages(shop, as_of=as_of, only=name))


@app.command()
def send(shop: TheShop, show: Showing, by: By = "", dry_run: DryRun = False) -> None:
    """Send what may go now, each message once at most; the ways out stand under senders: in program.yaml."""
    from loyalty_cli.operations.messages.send import send_messages

    show.result(send_messages(shop, os.environ, by=by, dry_run=dry_run))


@app.command("list")
def list_(
    shop: TheShop,
    show: Showing,
    month: Month = None,
    first: First = None,
    last: Last = None,
    card: Annotated[str, typer.Option("--card", metavar="CARD", help="Only this member's.")] = "",
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Only those of which nobody knows whether they went.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Also what each message is for.")] = False,
) -> None:
    """What became of messages: sent, refused, doubtful, too late."""
    from loyalty_cli.cli.dates_said import span_said
    from loyalty_cli.model.days import NEVER
    from loyalty_cli.operations.messages.listed import list_messages

    start, end = span_said(month, first, last)
    days = {"first": start or 0, "last": NEVER if end is None else end}
    show.result(list_messages(shop, **days, doubtful=doubtful, card=card, why=why))


@app.command()
def resolve(
    shop: TheShop,
    show: Showing,
    key: Annotated[str, typer.Argument(help="The message's key, as in: messages list --doubtful; or all.", show_default=False)],
    known: Annotated[Resolved, typer.Argument(metavar="sent|not-sent", help="What you found out.", show_default=False)],
    by: By = "",
    reason: Annotated[str, typer.Option("--reason", help="How you know.")] = "",
) -> None:
    """Say of a doubtful message whether it went, or of all; one that did not is sent again."""
    from loyalty_cli.operations.messages.listed import resolve_message

    show.result(resolve_message(shop, key, "sent" if known is Resolved.SENT else "again", by=by, reason=reason))


@app.command("told")
def told_(shop: TheShop, show: Showing, card: Annotated[str, typer.Argument(help="The card.", show_default=False)], by: By = "") -> None:
    """What waits for a member at the till has been said, or stood on the slip: by: [cashier, slip] in the program."""
    from loyalty_cli.operations.messages.at_the_till import told

    show.result(told(shop, card, by=by))


@app.command("check")
def check_(shop: TheShop, show: Showing) -> None:
    """Every text against every member: how long it gets, and for whom a field is empty."""
    from loyalty_cli.operations.messages.check import check_texts

    show.result(check_texts(shop))
