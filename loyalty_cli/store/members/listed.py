"""Members as a list from outside brings them: found by card or number, entered or changed, the same list again changes nothing."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import consent_called
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.by_hand import is_erased
from loyalty_cli.store.imports.names import owners_by_contact
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import change_fields
from loyalty_cli.store.members.members import note
from loyalty_cli.store.members.merging import many_at_once
from loyalty_cli.store.members.merging import take_over
from loyalty_cli.store.members.records import block
from loyalty_cli.store.members.records import has_record
from loyalty_cli.store.members.records import unblock
from loyalty_cli.store.members.referrals import friends_are_due

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedConsent
    from loyalty_cli.model.listed import ListedGroup
    from loyalty_cli.model.listed import ListedMember
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

CARDS = "SELECT number, member_id FROM card WHERE number = ?"
CONTACTS = "SELECT number, member_id FROM card WHERE number LIKE '%@%' OR number LIKE '+%' ORDER BY id"
# From so many on it costs less to make indexes than to go without.
MANY = 20
FIRST_RECEIPT = "SELECT min(day) FROM receipt WHERE member_id = ? AND gone = 0"
# A group is known if the member is in it without an end, or has it with this first day.
STANDING = """
SELECT id, from_day, until_day, proof FROM member_group
WHERE member_id = :member AND name = :name AND ended = 0 AND (
  :first IS NULL AND (until_day IS NULL OR until_day >= :today OR until_day IS :last) OR from_day = :first)
ORDER BY from_day DESC LIMIT 1"""
ENTER_GROUP = """
INSERT INTO member_group (member_id, name, from_day, until_day, proof) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (member_id, name, from_day)
DO UPDATE SET until_day = excluded.until_day, proof = excluded.proof, ended = 0"""
CHANGE_GROUP = "UPDATE member_group SET until_day = ?, proof = ? WHERE id = ?"


def save_member(connection: Connection, listed: ListedMember, hand: Hand) -> str | Clash:
    """Enter or change a member: `new`, `changed` or `known`; a Clash says why it can not be."""
    owner, others = owners_of(connection, listed)
    clash = clash_of(connection, listed, owner, others)
    if clash is not None:
        return clash
    new = owner is None
    member = owner if owner is not None else int(connection.execute("INSERT INTO member DEFAULT VALUES RETURNING id").fetchone()[0])
    # A member known by card only has no record yet: what the first one says holds from the joining day it gives.
    first_record = new or connection.execute("SELECT joined FROM member WHERE id = ?", (member,)).fetchone()[0] is None
    changed = len(others)
    for other in others:
        take_over(connection, other, member, hand)
    changed += change_fields(connection, member, listed, hand, new=new)
    changed += add_cards(connection, member, listed.cards, hand, new=new)
    from_day = listed.joined if first_record and listed.joined is not None else hand.today
    changed += sum(add_group(connection, member, group, hand, from_day=from_day) for group in listed.groups)
    changed += sum(add_consent(connection, member, listed_consent(consent, hand), hand) for consent in listed.consents)
    if listed.blocked is not None:
        changed += (block if listed.blocked else unblock)(connection, member, hand)
    if not changed and not new:
        return "known"
    mark_due(connection, [(member, changed_since(connection, member, listed, hand))])
    return "new" if new else "changed"


def bring_by_contact(connection: Connection, hand: Hand) -> None:
    """An e-mail address or phone number that bought before anybody wrote down whose it is goes to the one member who has it.

    So it does not matter whether members come in before their purchases.
    """
    holders: dict[str, int] = dict(connection.execute(CONTACTS).fetchall())
    owners = owners_by_contact(connection, [*holders])
    elsewhere = [(contact, owner) for contact, owner in owners.items() if owner != holders[contact]]
    with many_at_once(connection) if len(elsewhere) >= MANY else nullcontext():
        for contact, owner in elsewhere:
            # Who has two addresses may have gone to somebody by the first one.
            holder = connection.execute(CARDS, (contact,)).fetchone()[1]
            forgotten = is_erased(connection, holder) or is_erased(connection, owner)
            if holder != owner and not has_record(connection, holder) and not forgotten:
                take_over(connection, holder, owner, hand)


def owners_of(connection: Connection, listed: ListedMember) -> tuple[int | None, dict[int, str]]:
    """The member whom cards and number belong to, and other members to whom some belong, each with what is his."""
    found: dict[int, str] = {}
    for card in listed.cards:
        row = connection.execute(CARDS, (card,)).fetchone()
        if row is not None:
            found.setdefault(row[1], row[0])
    if listed.number is not None:
        row = connection.execute("SELECT id FROM member WHERE number = ?", (listed.number,)).fetchone()
        if row is not None:
            found.setdefault(row[0], listed.number)
    # A card that was used before anybody wrote down whose it is comes along with its purchases.
    recorded = [member for member in found if has_record(connection, member)]
    owner = recorded[0] if recorded else next(iter(found), None)
    return owner, {member: key for member, key in found.items() if member != owner}


def clash_of(connection: Connection, listed: ListedMember, owner: int | None, others: dict[int, str]) -> Clash | None:
    """Why the row can not be taken: its keys belong to different people, or its member has another number."""
    if owner is None:
        return None
    if any(has_record(connection, other) for other in others):
        keys = [key for key in (*listed.cards, listed.number or "") if key and is_known(connection, key)]
        return Clash(phrase("{names} belong to different members", names=", ".join(keys)))
    number = connection.execute("SELECT number FROM member WHERE id = ?", (owner,)).fetchone()[0]
    if number and listed.number and number != listed.number and listed.cards:
        text = "card {card} belongs to the member with the number {number}"
        return Clash(phrase(text, card=listed.cards[0], number=number))
    return None


def is_known(connection: Connection, key: str) -> bool:
    """Whether a card or a member's number is somebody's."""
    select = "SELECT 1 FROM card WHERE number = :key UNION ALL SELECT 1 FROM member WHERE number = :key"
    return connection.execute(select, {"key": key}).fetchone() is not None


def add_cards(connection: Connection, member: int, cards: tuple[str, ...], hand: Hand, *, new: bool) -> int:
    """Give a member the cards that nobody has; how many they were."""
    added = 0
    for card in cards:
        if connection.execute(CARDS, (card,)).fetchone() is None:
            connection.execute("INSERT INTO card (number, member_id) VALUES (?, ?)", (card, member))
            if not new:
                note(connection, member, "card", (None, card), hand)
                friends_are_due(connection, member)
            added += 1
    return added


def add_group(connection: Connection, member: int, group: ListedGroup, hand: Hand, *, from_day: Day) -> bool:
    """Put a member into a group, or change its last day or proof; False if all is known.

    A list never takes anybody out of a group but by a last day.
    """
    values = {
        "member": member,
        "name": group.name,
        "first": group.first,
        "last": group.last,
        "today": hand.today,
    }
    kept = connection.execute(STANDING, values).fetchone()
    if kept is None:
        first = group.first if group.first is not None else min(from_day, group.last or from_day)
        connection.execute(ENTER_GROUP, (member, group.name, first, group.last, group.proof or ""))
        return True
    last = kept[2] if group.last is None else group.last
    proof = kept[3] if group.proof is None else group.proof
    if (last, proof) == (kept[2], kept[3]):
        return False
    connection.execute(CHANGE_GROUP, (last, proof, kept[0]))
    return True


def listed_consent(consent: ListedConsent, hand: Hand) -> Consent:
    """What a list says of a consent, from its day or today."""
    channel, purpose = consent_called(consent.channel)
    source = consent.source or (f"import {hand.import_id}" if hand.import_id is not None else hand.by)
    day = hand.today if consent.day is None else consent.day
    return Consent(channel, purpose, consent.given, day, source=source)


def changed_since(connection: Connection, member: int, listed: ListedMember, hand: Hand) -> Day:
    """The earliest day that a change may touch: the first receipt, the day of joining, of a group, or today."""
    first: Day | None = connection.execute(FIRST_RECEIPT, (member,)).fetchone()[0]
    days = [first, listed.joined, hand.today, *(group.first for group in listed.groups)]
    return min((day for day in days if day is not None), default=hand.today)
