"""`loyalty member lost | replace-card | block | household`: for whom a card counts, from a day on."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing

app = Group()

CardOfMember = Annotated[str, typer.Argument(help="The card.", show_default=False)]


@app.command()
def lost(asked: WhoAsks, shop: TheShop, show: Showing, card: CardOfMember, dry_run: DryRun = False) -> None:
    """A card is lost from a day on: what is bought with it is nobody's, and nothing is redeemed with it."""
    from loyalty_cli.operations.by_hand.cards import member_lost

    show.result(member_lost(shop, card, asked, dry_run=dry_run))


@app.command("replace-card")
def replace_card(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: CardOfMember,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new card.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """A new card takes the place of one that is lost."""
    from loyalty_cli.operations.by_hand.cards import member_lost

    show.result(member_lost(shop, card, asked, new=new, dry_run=dry_run))


@app.command()
def block(asked: WhoAsks, shop: TheShop, show: Showing, card: CardOfMember, dry_run: DryRun = False) -> None:
    """Block a member from a day on: nothing is redeemed, and no till is told of them."""
    from loyalty_cli.operations.by_hand.cards import member_block

    show.result(member_block(shop, card, asked, dry_run=dry_run))


@app.command()
def household(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="A card of the member who joins or leaves, or the name.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="[WITH]", help="A card of the member whose account it is, or the name.")] = "",
    leave: Annotated[bool, typer.Option("--leave", help="Out of the household: an own account again.")] = False,
    dry_run: DryRun = False,
) -> None:
    """One account for several members: from a day on what the card buys counts there, and its points go there."""
    if leave == bool(other):
        raise typer.BadParameter("Say either a second card or --leave.", param_hint="WITH")
    if leave:
        from loyalty_cli.operations.by_hand.household import member_leaves_household

        show.result(member_leaves_household(shop, card, asked, dry_run=dry_run))
        return
    from loyalty_cli.operations.by_hand.household import member_household

    show.result(member_household(shop, card, other, asked, dry_run=dry_run))
