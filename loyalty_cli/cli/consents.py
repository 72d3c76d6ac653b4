"""`loyalty consent`: what members say to being written to or called, and what comes back from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from loyalty_cli.operations.consents.given import Answer

app = Group()

Who = Annotated[str, typer.Argument(metavar="CARD", help="Any card of the member, or the name.", show_default=False)]
About = Annotated[
    str,
    typer.Argument(metavar="CHANNEL[:PURPOSE]", help="email, sms, letter or phone; sms:survey for another purpose.", show_default=False),
]
From = Annotated[Day | None, day_option("--on", "From this day on. Default: today.")]


def answer_options(
    on: From = None,
    wording: Annotated[str, typer.Option("--wording", help="The text that was agreed to.")] = "",
    version: Annotated[str, typer.Option("--wording-version", help="Which version of the text.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where: paper form, web form, telephone, counter.")] = "",
    proof: Annotated[str, typer.Option("--proof", help="What shows it: the number of the form, a file's name.")] = "",
) -> Said:
    """What is known of an answer."""
    from loyalty_cli.operations.consents.given import Answer

    return Answer(None, on, wording, version, source, proof)


Said = Annotated["Answer", OptionsOf(answer_options)]


@app.command()
def give(
    shop: TheShop,
    show: Showing,
    card: Who,
    about: About,
    said: Said,
    asked: Annotated[bool, typer.Option("--asked", help="The member was asked and is still to confirm by an answer.")] = False,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """A member agrees to a channel and a purpose."""
    from loyalty_cli.operations.consents.given import consent_set

    agreed = None if asked else True
    show.result(consent_set(shop, card, about, said._replace(agreed=agreed), by=by, dry_run=dry_run))


@app.command()
def withdraw(shop: TheShop, show: Showing, card: Who, about: About, said: Said, by: By = "", dry_run: DryRun = False) -> None:
    """A member does not agree any more; what was said before stays on record."""
    from loyalty_cli.operations.consents.given import consent_set

    show.result(consent_set(shop, card, about, said._replace(agreed=False), by=by, dry_run=dry_run))


@app.command("list")
def list_(
    shop: TheShop,
    show: LongShowing,
    card: Annotated[str | None, typer.Argument(metavar="CARD", help="Any card of the member, or the name. Default: all members.")] = None,
) -> None:
    """Everything that was said, of one member or of all; -o consents.csv for `import consents`."""
    from loyalty_cli.operations.consents.given import consent_list

    show.result(consent_list(shop, card))


Mailboxes = Annotated[
    list[Path], typer.Argument(metavar="MAILBOX", help="mbox files, Maildir folders, folders of .eml files.", show_default=False)
]


@app.command()
def replies(shop: TheShop, show: Showing, mailboxes: Mailboxes, by: By = "", dry_run: DryRun = False) -> None:
    """Read what came back by e-mail: who leaves, who confirms, who answers a survey, which addresses do not exist."""
    from loyalty_cli.operations.consents.heard import consent_replies

    show.result(consent_replies(shop, mailboxes, by=by, dry_run=dry_run))


@app.command()
def unsubscribed(
    shop: TheShop,
    show: Showing,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Lists of addresses, as text or CSV.", show_default=False)],
    channel: Annotated[str, typer.Option("--channel", help="email or sms.")] = "email",
    on: From = None,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Take in a list of who left elsewhere: at a mailing service, by an answer to a text message."""
    from loyalty_cli.operations.consents.heard import consent_unsubscribed

    show.result(consent_unsubscribed(shop, files, channel, day=on, by=by, dry_run=dry_run))


@app.command()
def mailing(
    shop: TheShop,
    show: Showing,
    service: Annotated[str, typer.Argument(help="mailchimp, brevo, mailerlite, getresponse, unisender or sendsay.", show_default=False)],
    folder: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="The folder for both files.")] = Path("mailing"),
) -> None:
    """Two files for a mailing service: who agrees, and who does not any more."""
    from loyalty_cli.operations.consents.mailing import consent_mailing

    show.result(consent_mailing(shop, service, folder))
