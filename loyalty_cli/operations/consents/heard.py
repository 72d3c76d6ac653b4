"""`loyalty consent replies` and `consent unsubscribed`: what came back by e-mail, and lists of who left elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.importers.mailboxes.heard import heard_in
from loyalty_cli.importers.mailboxes.opened import mails_in
from loyalty_cli.model.consent import ADVERTISING
from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import EMAIL
from loyalty_cli.model.consent import SMS
from loyalty_cli.model.consent import SURVEY
from loyalty_cli.model.consent import WITH_CONSENT
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.feedback.add import terms_of
from loyalty_cli.operations.feedback.replies import keep_reply
from loyalty_cli.operations.local_day import today
from loyalty_cli.store.members.addresses import members_at
from loyalty_cli.store.members.addresses import members_called
from loyalty_cli.store.members.addresses import note_address
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.consents import consents_of
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.unsubscribing import member_of_token
from loyalty_cli.store.messages.answered import written_by_key
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.mailboxes.heard import Heard
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.blocks.feedback import FeedbackTerms
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.messages.answered import Written

# What stands between two blanks or marks; a search for the whole address would cost the square of a long line.
WORD = re.compile(r"[^\s<>;,\"']+")
PHONE = re.compile(r"\+?\d[\d ()\-]{6,}\d")
LONGEST_LINE = 1 << 20


def heard(paths: Sequence[Path]) -> Iterator[Heard]:
    """What each mail of mailboxes says."""
    for path in paths:
        for mail in mails_in(path):
            yield from heard_in(mail)


def consent_replies(shop: Shop, paths: Sequence[Path], *, by: str = "", dry_run: bool = False) -> Outcome:
    """Who leaves is left in peace, who confirms has agreed, who answers a survey is heard, dead addresses get nothing more."""
    counts: Counter[str] = Counter()
    terms: FeedbackTerms | None = None
    with shop.changing(dry_run=dry_run) as connection:
        hand = Hand(at=shop.moment, today=today(shop, connection), by=by, reason="mailbox")
        for one in heard(paths):
            counts["mails"] += 1
            written = written_by_key(connection, one.keys)
            if written is not None and written.purpose == SURVEY and one.what in {"reply", "confirm"}:
                terms = terms or terms_of(shop)
                mail = (one, day_of(connection, one, hand.today))
                counts["answers"] += keep_reply(shop, connection, terms, mail, written, by=by)
                continue
            counts[one.what] += 1
            whose = members_of(connection, one, written)
            counts["unknown"] += not whose and one.what != "machine"
            for member in whose:
                counts[f"{one.what} kept"] += keep(connection, member, one, hand)
    said = [
        phrase("{count} mail was read.", "{count} mails were read.", count=counts["mails"]),
        phrase("Withdrawn: {left}. Confirmed: {confirmed}. Addresses that do not exist: {dead}.", **figures(counts)),
        phrase("Answers to surveys: {answers}. Other replies: {replies}. Not known by their address: {unknown}.", **figures(counts)),
    ]
    return Outcome(said=said, data={**figures(counts), "dry_run": dry_run})


def figures(counts: Counter[str]) -> dict[str, int]:
    """The counts by the names that scripts read."""
    names = {"mails": "mails", "left": "leave kept", "confirmed": "confirm kept", "dead": "bounce kept", "answers": "answers"}
    return {**{name: counts[key] for name, key in names.items()}, "replies": counts["reply"], "unknown": counts["unknown"]}


def members_of(connection: Connection, one: Heard, written: Written | None) -> list[int]:
    """Whom a mail is from, or a bounce is about.

    By the token, by the message that it answers, else by the address, which several may share.
    """
    if one.what in {"leave", "confirm"}:
        known = member_of_token(connection, f"{one.subject} {one.text}")
        known = written.member if known is None and written is not None else known
        if known is not None:
            return [known]
    return members_at(connection, one.address)


def keep(connection: Connection, member: int, one: Heard, hand: Hand) -> bool:
    """Keep what a mail says of a member; False if that is known."""
    if one.what == "bounce":
        (reach,) = reach_of_many(connection, [member])
        return one.dead and note_address(connection, member, (EMAIL, reach.email), hand, works=False, source=one.text)
    own = consents_of(connection, member)
    if one.what not in {"leave", "confirm"} or any(each.proof == one.id for each in own if one.id):
        return False
    day = day_of(connection, one, hand.today)
    if one.what == "leave":
        no = Consent(EMAIL, ADVERTISING, False, day, source="reply", proof=one.id)
        return withdraw(connection, member, no, hand)
    asked = {each[:2]: each for each in own if each.channel == EMAIL and each.day <= day}
    open_ones = [each for each in asked.values() if each.given is None]
    answers = (each._replace(given=True, day=day, source="reply", proof=one.id, by="") for each in open_ones)
    return sum(add_consent(connection, member, answer, hand) for answer in answers) > 0


def withdraw(connection: Connection, member: int, no: Consent, hand: Hand) -> bool:
    """Advertising and surveys on a channel are over; what the member has asked for or owns goes on."""
    noes = [no._replace(purpose=purpose) for purpose in WITH_CONSENT]
    return sum(add_consent(connection, member, each, hand) for each in noes) > 0


def day_of(connection: Connection, one: Heard, now: Day) -> Day:
    """The shop's day of a mail, never one that has not come."""
    return now if one.at is None else min(local_day(one.at, kept_facts(connection).timezone), now)


def consent_unsubscribed(
    shop: Shop, paths: Sequence[Path], channel: str, *, day: Day | None = None, by: str = "", dry_run: bool = False
) -> Outcome:
    """Lists of e-mail addresses or telephone numbers that left elsewhere, one a line or in any column."""
    if channel not in {EMAIL, SMS}:
        raise LoyaltyError("Lists of who left are of e-mail or sms.", hint=phrase("Say {example}.", example="--channel email"))
    find, whose = (addresses_in, members_at) if channel == EMAIL else (PHONE.findall, members_called)
    counts: Counter[str] = Counter()
    with shop.changing(dry_run=dry_run) as connection:
        now = today(shop, connection)
        hand = Hand(at=shop.moment, today=now, by=by, reason="unsubscribed")
        for path in paths:
            for address in (each for line in lines_of(path) for each in dict.fromkeys(find(line))):
                members = whose(connection, address)
                counts["addresses"] += 1
                counts["unknown"] += not members
                no = Consent(channel, ADVERTISING, False, day or now, source=path.name)
                counts["withdrawn"] += sum(withdraw(connection, one, no, hand) for one in members)
    said = [
        phrase("{count} address was read.", "{count} addresses were read.", count=counts["addresses"]),
        phrase("Withdrawn: {withdrawn}. Nobody's here: {unknown}.", withdrawn=counts["withdrawn"], unknown=counts["unknown"]),
    ]
    data = {"addresses": counts["addresses"], "withdrawn": counts["withdrawn"], "unknown": counts["unknown"], "dry_run": dry_run}
    return Outcome(said=said, data=data)


def addresses_in(text: str) -> Iterator[str]:
    """The e-mail addresses in a text."""
    for word in WORD.findall(text):
        name, _, host = word.strip(".:()[]").rpartition("@")
        if name and "." in host.strip("."):
            yield f"{name}@{host}"


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a list in whatever letters: addresses and numbers are the same in all of them."""
    try:
        with path.open("rb") as file:
            encoding = "utf-16" if file.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        with path.open(encoding=encoding, errors="replace") as text:
            yield from iter(lambda: text.readline(LONGEST_LINE), "")
    except OSError as error:
        raise LoyaltyError("{file} can not be read: {why}.", file=str(path), why=why_not(error)) from error
