"""`loyalty member merge, export, erase, forget`: what becomes of a member's data at the end."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import AsksToday
from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing

app = Group()


@app.command()
def merge(
    shop: TheShop,
    show: Showing,
    asked: AsksToday,
    leaving: Annotated[str, typer.Argument(metavar="FROM", help="A card of the member who goes, or the name.", show_default=False)],
    staying: Annotated[str, typer.Argument(metavar="INTO", help="A card of the member who stays, or the name.", show_default=False)],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Make one member of two: cards, purchases, points, coupons, groups and consents of the first go to the second."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.members.merge import member_merge

    ask_and_do(lambda dry: member_merge(shop, leaving, staying, asked, dry_run=dry), show, yes=yes, dry_run=dry_run)


@app.command()
def export(
    shop: TheShop, show: PageShowing, card: Annotated[str, typer.Argument(help="Any card of the member.", show_default=False)]
) -> None:
    """Everything that is kept of a member, for whoever asks: as a page, -o member.html, or as data, -O json -o FILE."""
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.operations.members.export import member_export

    outcome, document = member_export(shop, card)
    put_document(outcome, document, show)


@app.command()
def erase(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="Any card of the member.", show_default=False)],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Forget who a member is, for good; the books stay, and nothing is worked out for the member any more."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.by_hand.erase import member_erase

    ask_and_do(lambda dry: member_erase(shop, card, asked, dry_run=dry), show, yes=yes, dry_run=dry_run)


@app.command()
def forget(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    inactive: Annotated[
        str, typer.Option("--inactive", metavar="LENGTH", help="How long nothing was heard of them: 3y, 36 months.", show_default=False)
    ],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Forget all members of whom nothing was heard for a length of time, as erase does each."""
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.operations.by_hand.forget import length_of
    from loyalty_cli.operations.by_hand.forget import member_forget

    length = length_of(inactive)
    ask_and_do(lambda dry: member_forget(shop, length, asked, dry_run=dry), show, yes=yes, dry_run=dry_run)
