"""`loyalty member`: add a member or change what is known of one."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import Reason
from loyalty_cli.cli.options import shop_of

if TYPE_CHECKING:
    from loyalty_cli.operations.members.wishes import GroupWish

app = typer.Typer(help="Add a member or change what is known of one.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str | None, typer.Option("--name", help="First and last name.")]
Phone = Annotated[str | None, typer.Option("--phone", help="Telephone number.")]
Email = Annotated[str | None, typer.Option("--email", help="E-mail address.")]
Birthday = Annotated[str | None, typer.Option("--birthday", metavar="YYYY-MM-DD", help="Or MM-DD.")]
Joined = Annotated[str | None, typer.Option("--joined", metavar="YYYY-MM-DD", help="The day of joining.")]
Number = Annotated[str | None, typer.Option("--number", help="The member's own number, if you have them.")]
Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Of messages: pl, ru, ro, en.")]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="NAME[:FROM[:UNTIL]]", help="Into a group, from today unless said."),
]
EndGroups = Annotated[
    list[str] | None,
    typer.Option("--end-group", metavar="NAME[:LAST]", help="Out of a group, after today unless said."),
]
Consents = Annotated[
    list[str] | None, typer.Option("--consent", metavar="CHANNEL=yes|no", help="Agrees to a channel, or not.")
]
Blocked = Annotated[bool | None, typer.Option("--block/--unblock", help="Block the member, or no longer.")]


@app.command()
def add(
    card: Annotated[str, typer.Option("--card", help="The card's number.", show_default=False)],
    name: Name = None,
    phone: Phone = None,
    email: Email = None,
    birthday: Birthday = None,
    joined: Joined = None,
    groups: Groups = None,
    consents: Consents = None,
    number: Number = None,
    language: Language = None,
    by: By = "",
    reason: Reason = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Add a member; a card that was used before brings its purchases."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.members.add import member_add
    from loyalty_cli.operations.members.wishes import MemberWishes

    wishes = MemberWishes(
        number=number,
        name=name,
        phone=phone,
        email=email,
        language=language,
        birthday=birthday,
        joined=day_said("--joined", joined),
        groups=tuple(map(group_said, groups or ())),
        consents=tuple(map(consent_said, consents or ())),
    )
    show(member_add(shop_of(program, db), card, wishes, by=by, reason=reason, dry_run=dry_run), form=form)


@app.command("set")
def set_(
    card: Annotated[str, typer.Argument(help="Any card of the member.", show_default=False)],
    name: Name = None,
    phone: Phone = None,
    email: Email = None,
    birthday: Birthday = None,
    joined: Joined = None,
    groups: Groups = None,
    end_groups: EndGroups = None,
    consents: Consents = None,
    blocked: Blocked = None,
    another: Annotated[str | None, typer.Option("--card", metavar="NUMBER", help="Add another card.")] = None,
    number: Number = None,
    language: Language = None,
    by: By = "",
    reason: Reason = "",
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
) -> None:
    """Change what is known of a member; an empty text forgets a thing. Each change is kept."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.members.set import member_set
    from loyalty_cli.operations.members.wishes import MemberWishes

    wishes = MemberWishes(
        number=number,
        name=name,
        phone=phone,
        email=email,
        language=language,
        birthday=birthday,
        joined=day_said("--joined", joined),
        groups=tuple(map(group_said, groups or ())),
        left_groups=tuple(map(end_of_group_said, end_groups or ())),
        consents=tuple(map(consent_said, consents or ())),
        card=another,
        blocked=blocked,
    )
    show(member_set(shop_of(program, db), card, wishes, by=by, reason=reason, dry_run=dry_run), form=form)


def group_said(text: str) -> GroupWish:
    """The group of `pensioner`, `pensioner:2026-01-01` or `student:2026-10-01:2027-09-30`."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.operations.members.wishes import GroupWish

    name, _, days = text.partition(":")
    first, _, last = days.partition(":")
    if not name.strip():
        raise typer.BadParameter("Write NAME, NAME:FROM or NAME:FROM:UNTIL.", param_hint="--group")
    return GroupWish(
        name=name.strip(), first=day_said("--group", first or None), last=day_said("--group", last or None)
    )


def end_of_group_said(text: str) -> GroupWish:
    """The group of `pensioner` or `pensioner:2026-12-31`, the last day in it."""
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.operations.members.wishes import GroupWish

    name, _, last = text.partition(":")
    return GroupWish(name=name.strip(), last=day_said("--end-group", last or None))


def consent_said(text: str) -> tuple[str, bool]:
    """The channel and the answer of `email=yes`."""
    channel, _, answer = text.partition("=")
    if not channel.strip() or answer not in {"yes", "no"}:
        raise typer.BadParameter("Write CHANNEL=yes or CHANNEL=no.", param_hint="--consent")
    return channel.strip(), answer == "yes"
