"""`loyalty cards make | print`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.pages import put_sheet
from loyalty_cli.cli.show import SheetShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.card_numbers import FEWEST_DIGITS
from loyalty_cli.model.card_numbers import MOST_DIGITS

app = Group()


class Check(StrEnum):
    """The kinds of check digit."""

    ean = "ean"
    luhn = "luhn"
    none = "none"


@app.command()
def make(
    shop: TheShop,
    show: Showing,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help="How many.", show_default=False)],
    prefix: Annotated[
        str | None,
        typer.Option("--prefix", metavar="DIGITS", help="What every number begins with. Default: the program's."),
    ] = None,
    check: Annotated[
        Check | None,
        typer.Option("--check", help="The last digit: EAN-13's, Luhn's, or none. Default: the program's, ean."),
    ] = None,
    digits: Annotated[
        int | None, typer.Option("--digits", metavar="N", min=FEWEST_DIGITS, max=MOST_DIGITS, help="All digits of a number. Default: 13.")
    ] = None,
    key: Annotated[str, typer.Option("--key", metavar="TEXT", help="The same key again makes no more cards.", show_default=False)] = "",
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Make numbers for new cards; with -o cards.csv as a list for a card printer."""
    from loyalty_cli.operations.members.cards import CardForm
    from loyalty_cli.operations.members.cards import make_cards

    wanted = CardForm(prefix=prefix, check=check.value if check else None, digits=digits)
    show.result(make_cards(shop, count, wanted, key=key, by=by, dry_run=dry_run))


@app.command("print")
def print_(
    shop: TheShop,
    show: SheetShowing,
    numbers: Annotated[
        list[str] | None, typer.Option("--card", metavar="NUMBER", help="Only this card, any text; may be given again.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="The cards listed in a text file, one a line.")] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="TEXT", help="The cards made with this key.")] = None,
    members: Annotated[bool, typer.Option("--members", help="Every card that a member has.")] = False,
    to_hand_on: Annotated[
        bool, typer.Option("--to-hand-on", help="Invitations for friends, each with a member's own code for --referred-by.")
    ] = False,
) -> None:
    """Print cards with their codes on A4, ten a page; without more words those made that nobody has yet."""
    from loyalty_cli.operations.members.cards import cards_to_hand_on
    from loyalty_cli.operations.members.cards import CardWishes
    from loyalty_cli.operations.members.cards import print_cards

    wishes = CardWishes(numbers=tuple(numbers or ()), file=file, key=key, members=members)
    outcome, sheet = cards_to_hand_on(shop, wishes) if to_hand_on else print_cards(shop, wishes)
    put_sheet(outcome, sheet, show)
