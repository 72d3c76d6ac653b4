"""`loyalty messages list` and `resolve`: what became of messages, and what a person knows of the doubtful ones."""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.messages.messages import Event
from loyalty_cli.store.messages.messages import keys_in_doubt
from loyalty_cli.store.messages.messages import message_at
from loyalty_cli.store.messages.messages import messages_kept
from loyalty_cli.store.messages.messages import note_answer
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="message", heading="Message"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="state", heading="State", kind="word"),
    Column(name="channel", heading="Way", kind="word"),
    Column(name="purpose", heading="Purpose", kind="word"),
    Column(name="said", heading="Answer", kind="word"),
    Column(name="key", heading="Key", kind="code"),
)
WHY = (
    Column(name="due_on", heading="Due since", kind="day"),
    Column(name="reason", heading="What for", kind="posted"),
)
Known = Literal["sent", "again"]
ALL = "all"


def list_messages(shop: Shop, *, first: Day, last: Day, doubtful: bool, card: str = "", why: bool = False) -> Outcome:
    """The last that became of each message on some days."""
    with shop.reading() as connection:
        facts = kept_facts(connection)
        member = member_of_card(connection, card) if card else 0
        found = list(messages_kept(connection, first=first, last=last, doubtful=doubtful, member=member))
    rows = [
        (
            *(each.event.day, each.name, each.card or None, each.member_name, each.event.what, each.event.channel or None),
            *(each.purpose, each.event.said, each.key[:10]),
            *((each.due_on, each.reason) if why else ()),
        )
        for each in found
    ]
    table = Table(
        name="messages",
        title=phrase("Messages sent and given up"),
        columns=(*COLUMNS, *(WHY if why else ())),
        rows=rows,
        currency=facts.currency.code,
        digits=facts.currency.digits,
        empty=phrase("No message is doubtful.") if doubtful else phrase("No message went out or was given up on these days."),
    )
    return Outcome(tables=[table], language=facts.language)


def resolve_message(shop: Shop, key: str, known: Known, *, by: str, reason: str) -> Outcome:
    """A person says whether a doubtful message went, or all of them; one that did not is due again."""
    with shop.changing() as connection:
        event = Event(known, "", today(shop, connection), shop.moment, by, reason)
        keys = keys_in_doubt(connection) if key == ALL else [key]
        resolved = [resolve_one(connection, each, event) for each in keys]
    if key == ALL:
        said = phrase("{count} message was resolved.", "{count} messages were resolved.", count=len(resolved))
    else:
        said = phrase("{key} has been sent.", key=key) if known == "sent" else phrase("{key} is due again.", key=key)
    return Outcome(said=[said], data={"keys": resolved, "state": known})


def resolve_one(connection: Connection, key: str, event: Event) -> str:
    """Note of one doubtful message what became of it; its whole key."""
    message = message_at(connection, key)
    if message is None:
        raise LoyaltyError("There is no message {key}.", key=key, hint=phrase("See: loyalty messages list --doubtful"))
    if message.event.what not in {"begun", "doubtful"}:
        raise Refused("Nothing is doubtful about the message {key}: it was {what}.", key=key, what=message.event.what)
    note_answer(connection, message.key, event._replace(channel=message.event.channel))
    return message.key
