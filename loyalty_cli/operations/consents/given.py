"""`loyalty consent give, withdraw, list`: what a member says to a channel and a purpose, and everything that was said."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import consent_said
from loyalty_cli.model.consent import may
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.consents.meant import consent_meant
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.consents import consent_rows
from loyalty_cli.store.members.consents import consents_of
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop

AGREED = {"given": "yes", "withdrawn": "no", "asked": "asked"}
COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="number", heading="No.", kind="code"),
    Column(name="date", heading="Date", kind="day"),
    Column(name="channel", heading="Channel", kind="word"),
    Column(name="purpose", heading="Purpose", kind="word"),
    Column(name="agreed", heading="Agreed", kind="word"),
    Column(name="wording", heading="Wording"),
    Column(name="version", heading="Version", kind="code"),
    Column(name="source", heading="Source"),
    Column(name="proof", heading="Proof"),
    Column(name="taken_by", heading="Taken by"),
)


class Answer(NamedTuple):
    """What was said: `agreed` is None where the member is still to confirm. `day` None is today."""

    agreed: bool | None
    day: Day | None = None
    wording: str = ""
    version: str = ""
    source: str = ""
    proof: str = ""


def consent_set(shop: Shop, card: str, about: str, answer: Answer, *, by: str = "", dry_run: bool = False) -> Outcome:
    """Keep an answer beside those of before. `about` is a channel, or a channel and a purpose: `sms:survey`."""
    with shop.changing(dry_run=dry_run) as connection:
        if not by.strip():
            raise LoyaltyError("A consent needs somebody who took it.", hint=phrase("Say who with --by."))
        now = today(shop, connection)
        day = now if answer.day is None else answer.day
        if day > now:
            raise Refused("{day} has not come yet.", day=OnDay(day))
        member, number = member_and_card(connection, card)
        channel, purpose = consent_meant(about, beside={one.channel for one in consents_of(connection, member)})
        said = answer._replace(day=day)
        consent = Consent(channel, purpose, said.agreed, day, 0, *said[2:], by=by)
        new = add_consent(connection, member, consent, Hand(at=shop.moment, today=now, by=by))
        # Where nothing is new, what holds is of another day, and may say more.
        holds = may(consents_of(connection, member), channel, purpose, day)
    what = consent_said(channel, purpose)
    since = OnDay(day if holds.since is None else holds.since)
    line = phrase("{card}, {what}: {agreed} from {day} on.", card=number, what=what, agreed=word(holds.state), day=since)
    known = [] if new else [phrase("That is known already; nothing was changed.")]
    data = {"card": number, "channel": channel, "purpose": purpose, "agreed": AGREED[holds.state], "new": new, "dry_run": dry_run}
    return Outcome(said=[line, *known], data=data)


def word(state: str) -> object:
    """An answer in the reader's language."""
    return {"given": phrase("yes"), "withdrawn": phrase("no"), "asked": phrase("asked, not confirmed yet")}[state]


def consent_list(shop: Shop, card: str | None) -> Outcome:
    """Every answer that was kept, of one member or of all; written to a CSV it can be imported again."""
    with shop.reading() as connection:
        member = None if card is None else member_of_card(connection, card)
        rows = list(consent_rows(connection, member))
        currency = kept_facts(connection).currency.code
    table = Table(
        name="consents",
        title=phrase("Consents"),
        columns=COLUMNS,
        rows=[row_of(*row) for row in rows],
        currency=currency,
        empty=phrase("Nobody has said anything to messages yet."),
    )
    return Outcome(tables=[table], data={"answers": len(rows)})


def row_of(card: str, number: str, one: Consent) -> tuple[str | int, ...]:
    """An answer as a row of the table."""
    return (card, number, one.day, one.channel, one.purpose, AGREED[one.state], one.wording, one.version, one.source, one.proof, one.by)
