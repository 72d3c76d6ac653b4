"""`loyalty give`: anything to a card, a list, a group or a tier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase


def command(
    words: Annotated[
        list[str], typer.Argument(metavar="[CARD] WHAT [NAME] [COUNT]", help="Such as: 2900001 points 100, or coupon birthday.")
    ],
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    members: Annotated[Path | None, typer.Option("--members", help="A CSV with the column card, and count and key if you like.")] = None,
    group: Annotated[str, typer.Option("--group", help="Everybody in this group.")] = "",
    tier: Annotated[str, typer.Option("--tier", help="Everybody in this tier.")] = "",
    wallet: Annotated[str, typer.Option("--wallet", help="Points of this wallet of the program.")] = "",
    until: Annotated[Day | None, day_option("--until", "The last day of points. Default: as the program says.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Give points, a coupon, a gift, draw tickets or a badge by hand."""
    from loyalty_cli.operations.by_hand.give import give
    from loyalty_cli.operations.by_hand.give import ToWhom

    card, what = said(words, wallet, until)
    show.result(give(shop, what, ToWhom(card=card, members=members, group=group, tier=tier), asked, dry_run=dry_run))


def said(words: list[str], wallet: str, until: Day | None):  # type: ignore[no-untyped-def]
    """The card, if one is named, and what is given, of `2900001 coupon birthday 2`."""
    from loyalty_cli.operations.by_hand.give import Gift
    from loyalty_cli.operations.by_hand.give import KINDS

    card, rest = ("", words) if words[0] in KINDS else (words[0], words[1:])
    if not rest:
        raise typer.BadParameter("Say what is given: points 100, coupon NAME, gift NAME, ticket DRAW or badge NAME.")
    kind, *more = rest
    count = more.pop() if len(more) > (kind != "points") else "1"
    if not count.isdecimal():
        raise LoyaltyError("{option}: {value} is not a whole number.", option=phrase("COUNT"), value=count)
    name = wallet if kind == "points" else " ".join(more)
    return card, Gift(kind=kind, name=name, count=int(count), until=until)
