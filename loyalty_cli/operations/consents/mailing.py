"""`loyalty consent mailing`: two files for a mailing service: who agrees to be written to, and who does not any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import ADVERTISING
from loyalty_cli.model.consent import EMAIL
from loyalty_cli.model.consent import may
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.local_day import today
from loyalty_cli.senders.mailing_list import service_named
from loyalty_cli.senders.mailing_list import SERVICES
from loyalty_cli.senders.mailing_list import Subscriber
from loyalty_cli.senders.mailing_list import subscribers_file
from loyalty_cli.senders.mailing_list import withdrawn_file
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import consents_of_many
from loyalty_cli.store.members.members import birthdays
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.addresses import Reach


def consent_mailing(shop: Shop, name: str, folder: Path) -> Outcome:
    """Both files into a folder; an address that somebody left stands in the second one even if another member agrees with it."""
    if name not in SERVICES:
        hint = phrase("Known here: {names}.", names=", ".join(SERVICES))
        raise LoyaltyError("There is no mailing service {name}.", name=name, hint=hint)
    service = service_named(name)
    with shop.reading() as connection:
        agree, left = sorted_out(connection, today(shop, connection))
    folder.mkdir(parents=True, exist_ok=True)
    first, second = (folder / f"{name}-{which}.{service.ending}" for which in ("agree", "withdrawn"))
    # Who left goes first, so that nobody is written to who has.
    write_file(second, withdrawn_file(service, left))
    write_file(first, subscribers_file(service, agree))
    said = [
        phrase("{count} member agrees to e-mail: {file}", "{count} members agree to e-mail: {file}", count=len(agree), file=first.name),
        phrase("{count} address has withdrawn: {file}", "{count} addresses have withdrawn: {file}", count=len(left), file=second.name),
        phrase("Load the second file first, as those who left."),
    ]
    data = {"service": name, "agree": len(agree), "withdrawn": len(left), "files": [first.name, second.name]}
    return Outcome(said=said, data=data)


def sorted_out(connection: Connection, day: Day) -> tuple[list[Subscriber], list[Subscriber]]:
    """Who agrees and can be reached, once for an address; and every address with which somebody has withdrawn."""
    consents, born = dict(consents_of_many(connection)), birthdays(connection)
    agree: dict[str, Subscriber] = {}
    left: dict[str, Subscriber] = {}
    for reach in reach_of_many(connection):
        if not reach.email or reach.member not in consents:
            continue
        answer = may(consents[reach.member], EMAIL, ADVERTISING, day)
        one = subscriber(reach, born.get(reach.member, ""))
        if answer.state == "withdrawn":
            left.setdefault(reach.email.casefold(), one)
        elif answer.allowed and reach.at(EMAIL):
            agree.setdefault(reach.email.casefold(), one)
    return [one for address, one in agree.items() if address not in left], list(left.values())


def subscriber(reach: Reach, birthday: str) -> Subscriber:
    """A member as mailing services know one; the first word of a name is the first name."""
    first, _, last = reach.name.partition(" ")
    return Subscriber(reach.email, first, last, reach.language, birthday)
