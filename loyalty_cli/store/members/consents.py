"""Answers to channels and purposes as they are kept: added one by one, asked for one member or for many at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import consent_said
from loyalty_cli.model.consent import may
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.members import note

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

COLUMNS = "channel, purpose, given, from_day, id, wording, version, source, proof, by, at"
OF_MEMBER = f"SELECT {COLUMNS} FROM consent WHERE member_id = ? AND gone = 0 ORDER BY from_day, id"
OF_SOME = f"""
SELECT member_id, {COLUMNS} FROM consent WHERE gone = 0 AND member_id IN (SELECT value FROM json_each(?))
ORDER BY member_id, from_day, id"""
OF_ALL = f"SELECT member_id, {COLUMNS} FROM consent WHERE gone = 0 ORDER BY member_id, from_day, id"
ADD = """
INSERT INTO consent (member_id, channel, purpose, given, from_day, wording, version, source, proof, by, at, import_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
TAKE_BACK = "UPDATE consent SET gone = 1 WHERE import_id = ? AND gone = 0 RETURNING member_id, from_day"
KNOWN = """
SELECT coalesce((SELECT min(number) FROM card WHERE member_id = m.id), ''), coalesce(m.number, '') FROM member m WHERE m.id = ?"""
WORDS = {"given": "yes", "withdrawn": "no", "asked": "asked", "never": None}


def consents_of(connection: Connection, member: int) -> list[Consent]:
    """Everything that a member answered, oldest first."""
    return [consent_from(row) for row in connection.execute(OF_MEMBER, (member,))]


def consents_of_many(connection: Connection, members: Collection[int] | None = None) -> Iterator[tuple[int, list[Consent]]]:
    """The answers of some members, or of all (None), member by member in the order of their numbers; who has none is left out.

    With `may(consents, channel, purpose, day)` it says who gets what: `dict(consents_of_many(connection, chunk))`.
    """
    rows = connection.execute(OF_ALL) if members is None else connection.execute(OF_SOME, (json.dumps(list(members)),))
    whose, own = 0, list[Consent]()
    for member, *row in rows:
        if member != whose:
            if own:
                yield whose, own
            whose, own = member, []
        own.append(consent_from(row))
    if own:
        yield whose, own


def consent_from(row: Collection[object]) -> Consent:
    """A row in the order of COLUMNS."""
    channel, purpose, given, *rest = row
    return Consent(channel, purpose, None if given is None else bool(given), *rest)  # type: ignore[arg-type]


def add_consent(connection: Connection, member: int, consent: Consent, hand: Hand) -> bool:
    """Keep an answer; False if it is so already on its day. The change stands among those of the member."""
    own = consents_of(connection, member)
    if hand.import_id is not None and any(told(one) == told(consent) for one in own):
        return False
    was = may(own, consent.channel, consent.purpose, consent.day)
    if was.state == consent.state or (was.state == "given" and consent.given is None):
        return False
    head = (member, consent.channel, consent.purpose, None if consent.given is None else int(consent.given), consent.day)
    rest = (consent.wording, consent.version, consent.source, consent.proof, consent.by or hand.by, hand.at, hand.import_id)
    connection.execute(ADD, (*head, *rest))
    if hand.import_id is None:
        field = f"consent {consent_said(consent.channel, consent.purpose)}"
        note(connection, member, field, (WORDS[was.state], WORDS[consent.state]), hand)
    return True


def told(consent: Consent) -> tuple[object, ...]:
    """By what a list that comes again is known, also where somebody said yes and no on one day."""
    return (*consent[:4], consent.wording, consent.version, consent.proof)


def move_consents(connection: Connection, old: int, new: int, hand: Hand) -> None:
    """Two members are one: each answer from its day; of two answers of one day the no holds."""
    before, moved = consents_of(connection, new), consents_of(connection, old)
    connection.execute("UPDATE consent SET member_id = ? WHERE member_id = ?", (new, old))
    for one in moved:
        same = [each for each in (*before, *moved) if each[:2] == one[:2] and each.day == one.day]
        if any(each.given is False for each in same) and max(same, key=lambda each: each.number).given is not False:
            no = one._replace(given=False, source="merged")
            add_consent(connection, new, no, hand)
        field, said = f"consent {consent_said(one.channel, one.purpose)}", WORDS[one.state]
        note(connection, old, field, (said, None), hand)
        note(connection, new, field, (None, said), hand)


def take_back_consents(connection: Connection, import_id: int) -> int:
    """Answers that an import brought are as if they had never come; of how many members they were."""
    rows = connection.execute(TAKE_BACK, (import_id,)).fetchall()
    mark_due(connection, rows)
    return len({member for member, _ in rows})


def consent_rows(connection: Connection, member: int | None = None) -> Iterator[tuple[str, str, Consent]]:
    """A card, the member's number, and each answer, as lists bring them: of one member or of all."""
    for whose, own in consents_of_many(connection, None if member is None else [member]):
        card, number = connection.execute(KNOWN, (whose,)).fetchone()
        yield from ((card, number, one) for one in own)
