"""`loyalty member`: add a member or change what is known of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.by_hand.asked import AsksToday
from loyalty_cli.cli.by_hand.asked import Key
from loyalty_cli.cli.dates_said import day_said
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.members import holders
from loyalty_cli.cli.members import leaving
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import Slip
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from loyalty_cli.model.listed import ListedGroup
    from loyalty_cli.operations.members.wishes import MemberWishes

app = Group(holders.app, leaving.app)


def member_options(
    name: Annotated[str | None, typer.Option("--name", help="First and last name.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Telephone number.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="E-mail address.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="Postal address, with ; or , between its lines.")] = None,
    birthday: Annotated[str | None, typer.Option("--birthday", metavar="YYYY-MM-DD", help="Or MM-DD.")] = None,
    name_day: Annotated[str | None, typer.Option("--name-day", metavar="MM-DD", help="The day of the member's name.")] = None,
    joined: Annotated[Day | None, day_option("--joined", "The day of joining.")] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="NAME[:FROM[:UNTIL]]", help="Into a group, from today unless said."),
    ] = None,
    consents: Annotated[
        list[str] | None, typer.Option("--consent", metavar="CHANNEL[:PURPOSE]=yes|no", help="Agrees to a channel, or not.")
    ] = None,
    referred_by: Annotated[
        str | None, typer.Option("--referred-by", metavar="CARD", help="Who brought the member: a card or a number.")
    ] = None,
    number: Annotated[str | None, typer.Option("--number", help="The member's own number, if you have them.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="Of messages: pl, ru, ro, en.")] = None,
) -> Wishes:
    """What is said of the member; what is not said stays as it is."""
    from loyalty_cli.operations.members.wishes import MemberWishes

    return MemberWishes(
        number=number,
        name=name,
        phone=phone,
        email=email,
        address=address,
        language=language,
        birthday=birthday,
        name_day=name_day,
        joined=joined,
        referred_by=referred_by,
        groups=tuple(map(group_said, groups or ())),
        consents=tuple(map(consent_said, consents or ())),
    )


Wishes = Annotated["MemberWishes", OptionsOf(member_options)]


@app.command()
def add(
    wishes: Wishes,
    shop: TheShop,
    show: Showing,
    asked: AsksToday,
    card: Annotated[str, typer.Option("--card", help="The card's number.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Add a member; a card that was used before brings its purchases."""
    from loyalty_cli.operations.members.add import member_add

    show.result(member_add(shop, card, wishes, asked, dry_run=dry_run))


@app.command("set")
def set_(
    wishes: Wishes,
    shop: TheShop,
    show: Showing,
    asked: AsksToday,
    card: Annotated[str, typer.Argument(help="Any card of the member, or the name.", show_default=False)],
    end_groups: Annotated[
        list[str] | None,
        typer.Option("--end-group", metavar="NAME[:LAST]", help="Out of a group, after today unless said."),
    ] = None,
    blocked: Annotated[bool | None, typer.Option("--block/--unblock", help="Block the member, or no longer.")] = None,
    another: Annotated[str | None, typer.Option("--card", metavar="NUMBER", help="Add another card.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Change what is known of a member; an empty text forgets a thing. Each change is kept."""
    from loyalty_cli.operations.members.set import member_set

    left = tuple(map(end_of_group_said, end_groups or ()))
    wishes = replace(wishes, left_groups=left, card=another, blocked=blocked)
    show.result(member_set(shop, card, wishes, asked, dry_run=dry_run))


@app.command()
def find(
    shop: TheShop,
    show: Showing,
    text: Annotated[
        list[str],
        typer.Argument(help="A name or its beginning, a telephone number, an e-mail address, or a part of a card.", show_default=False),
    ],
) -> None:
    """Find members by name, telephone, e-mail address or a part of their card."""
    from loyalty_cli.operations.members.find import member_find

    show.result(member_find(shop, " ".join(text)))


@app.command()
def tier(
    shop: TheShop,
    show: Showing,
    card: Annotated[str, typer.Argument(help="Any card of the member, or the name.", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="TIER", help="The tier. Without one, what was given is over.")] = "",
    on: Annotated[Day | None, day_option("--on", "From this day on. Default: today.")] = None,
    until: Annotated[Day | None, day_option("--until", "Through this day. Default: without end.")] = None,
    by: By = "",
    reason: Reason = "",
    key: Key = "",
    dry_run: DryRun = False,
) -> None:
    """Give a tier by hand, or end what was given; the higher one of it and of what was reached counts."""
    from loyalty_cli.operations.members.tier import GivenTier
    from loyalty_cli.operations.members.tier import member_tier

    given = GivenTier(tier=name, first=on, last=until, by=by, reason=reason, key=key)
    show.result(member_tier(shop, card, given, dry_run=dry_run))


def group_said(text: str) -> ListedGroup:
    """The group of `pensioner`, `pensioner:2026-01-01` or `student:2026-10-01:2027-09-30`."""
    from loyalty_cli.model.listed import ListedGroup

    name, _, days = text.partition(":")
    first, _, last = days.partition(":")
    if not name.strip():
        raise typer.BadParameter("Write NAME, NAME:FROM or NAME:FROM:UNTIL.", param_hint="--group")
    return ListedGroup(
        name=name.strip(),
        first=day_said("--group", first) if first else None,
        last=day_said("--group", last) if last else None,
    )


def end_of_group_said(text: str) -> ListedGroup:
    """The group of `pensioner` or `pensioner:2026-12-31`, the last day in it."""
    from loyalty_cli.model.listed import ListedGroup

    name, _, last = text.partition(":")
    return ListedGroup(name=name.strip(), last=day_said("--end-group", last) if last else None)


def consent_said(text: str) -> tuple[str, bool]:
    """The channel and the answer of `email=yes`."""
    channel, _, answer = text.partition("=")
    if not channel.strip() or answer not in {"yes", "no"}:
        raise typer.BadParameter("Write CHANNEL=yes or CHANNEL=no.", param_hint="--consent")
    return channel.strip(), answer == "yes"


@app.command()
def card(
    shop: TheShop,
    show: PageShowing,
    number: Annotated[str, typer.Argument(metavar="CARD", help="The card.", show_default=False)],
    slip: Slip = None,
) -> None:
    """All that one member has, to print for them: points, tier, coupons with codes, open rewards."""
    from loyalty_cli.operations.counter.paper import member_card

    outcome, document = member_card(shop, number)
    if slip is not None:
        from loyalty_cli.cli.counter.slip import put_slip

        put_slip(outcome, document, slip, show)
    from loyalty_cli.cli.pages import put_document

    put_document(outcome, document, show)
