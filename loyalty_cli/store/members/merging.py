"""Two members become one: whatever one has goes to the other, and each change is kept so that it can be undone by hand."""

from __future__ import annotations

from contextlib import contextmanager
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.store.by_hand import refuse_if_erased
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.addresses import move_addresses
from loyalty_cli.store.members.consents import move_consents
from loyalty_cli.store.members.households import move_households
from loyalty_cli.store.members.members import FIELDS
from loyalty_cli.store.members.members import note
from loyalty_cli.store.members.records import first_card
from loyalty_cli.store.members.records import mentions
from loyalty_cli.store.members.records import span_said
from loyalty_cli.store.members.referrals import friends_are_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

# Facts, coupons and messages go where the card goes; the ledger stays and is put right by the next recalculation.
MOVED = (
    *("receipt", "redemption", "adjustment", "card", "coupon", "missed_coupon", "draw_result", "place", "gift_move"),
    *("feedback", "complaint", "complaint_step", "message"),
)
STAYING = (
    *("ledger", "draw_entrant", "draw_rank", "draw_winner", "grant_given", "member_change", "till_told", "by_hand"),
    "closed_standing",
)
# A name stays beside what closed draws say of somebody; everything else of a record is only the other's now.
LEFT_BEHIND = ("number", "phone", "email", "address", "language", "birthday", "name_day", "joined", "referred_by")
# The key of a coupon for bringing a friend names the friend's first card, which may be another one now.
COUPON_FOR_FRIEND = f"""
UPDATE coupon SET cause_id = :new, key = replace(key,
  '|{int(Cause.MEMBER)}|' || (SELECT number FROM card WHERE member_id = :old ORDER BY id LIMIT 1) || '|',
  '|{int(Cause.MEMBER)}|' || (SELECT number FROM card WHERE member_id IN (:old, :new) ORDER BY id LIMIT 1) || '|')
WHERE cause_kind = {int(Cause.MEMBER)} AND cause_id = :old
"""
# Where a member is looked for in tables that go by something else: for each of many members all of such a table would be read.
GONE_THROUGH = (
    *("member (merged_into)", "missed_coupon (member_id)", "draw_result (member_id)", "draw_entrant (member_id)"),
    *("draw_rank (member_id)", "draw_winner (member_id)", "grant_given (member_id)"),
    *("member_change (member_id)", "complaint_step (member_id)"),
    *(f"{table} (cause_id) WHERE {kind} = {int(Cause.MEMBER)}" for table, kind in (("coupon", "cause_kind"), ("place", "cause"))),
)
GROUP_OF = "SELECT id, until_day, ended FROM member_group WHERE member_id = ? AND name = ? AND from_day = ?"
BLOCK_OF = "SELECT id, until_day FROM block WHERE member_id = ? AND from_day = ?"


class GivenUp(NamedTuple):
    """A field in which the two differed: what holds now, and what does not."""

    field: str
    kept: str
    other: str


class Merged(NamedTuple):
    """What a merge moved, and what it had to choose."""

    receipts: int
    cards: tuple[str, ...]
    given_up: tuple[GivenUp, ...]


def take_over(connection: Connection, old: int, new: int, hand: Hand) -> int:
    """Bring everything of a member known by card only to the card's owner; how many receipts came along."""
    return move_facts(connection, old, new, hand).receipts


@contextmanager
def many_at_once(connection: Connection) -> Iterator[None]:
    """Many members are brought to others: for as long as it takes, they are found in every table at once."""
    names = [f"taking_over_{number}" for number, _ in enumerate(GONE_THROUGH)]
    for name, columns in zip(names, GONE_THROUGH, strict=True):
        connection.execute(f"CREATE INDEX {name} ON {columns}")
    yield
    for name in names:
        connection.execute(f"DROP INDEX {name}")


def merge(connection: Connection, old: int, new: int, hand: Hand) -> Merged:
    """Bring everything of a member to another one; where both say something, who joined first is right."""
    follow_number(connection, old, new)
    given_up = merge_records(connection, old, new, hand)
    move_groups(connection, old, new, hand)
    move_consents(connection, old, new, hand)
    move_addresses(connection, old, new)
    move_blocks(connection, old, new, hand)
    note(connection, old, "merged", (None, new), hand)
    moved = move_facts(connection, old, new, hand)
    return moved._replace(given_up=(*given_up, *moved.given_up))


def follow_number(connection: Connection, old: int, new: int) -> None:
    """Friends who named a member by a number name a card of the one who stays."""
    connection.execute(
        "UPDATE member SET referred_by = coalesce((SELECT min(number) FROM card WHERE member_id IN (:old, :new)), '') "
        "WHERE referred_by <> '' AND referred_by = (SELECT number FROM member WHERE id = :old)",
        {"old": old, "new": new},
    )


def move_facts(connection: Connection, old: int, new: int, hand: Hand) -> Merged:
    """Facts, coupons, cards and households; who then is in no book at all is not kept."""
    refuse_if_erased(connection, (old, new))
    values = {"old": old, "new": new}
    cards = connection.execute("SELECT number FROM card WHERE member_id = :old", values).fetchall()
    move_hand_overs(connection, old, new)
    accounts = move_households(connection, old, new)
    given_up = [GivenUp("household", first_card(connection, kept), first_card(connection, other)) for kept, other in accounts]
    moved = [connection.execute(f"UPDATE {table} SET member_id = :new WHERE member_id = :old", values).rowcount for table in MOVED]
    for (card,) in cards:
        note(connection, new, "card", (None, card), hand)
    mark_due(connection, [(new, 0), (old, 0)])
    if any(mentions(connection, table, old) for table in STAYING):
        connection.execute("UPDATE member SET merged_into = :new WHERE id = :old OR merged_into = :old", values)
    else:
        for table in ("standing", "due"):
            connection.execute(f"DELETE FROM {table} WHERE member_id = ?", (old,))
        connection.execute("DELETE FROM member WHERE id = ?", (old,))
    return Merged(moved[0], tuple(card for (card,) in cards), tuple(given_up))


def move_hand_overs(connection: Connection, old: int, new: int) -> None:
    """What was handed over by and to a member is the other's; whom it came from is found again by the next recalculation.

    Whoever brought the member gets the same for the same cause, so that a coupon keeps its code.
    """
    values = {"old": old, "new": new}
    receivers = connection.execute("SELECT DISTINCT to_id FROM hand_over WHERE from_id = :old AND to_id IS NOT NULL", values)
    mark_due(connection, [(member, 0) for (member,) in receivers.fetchall()])
    for column in ("from_id", "to_id"):
        connection.execute(f"UPDATE hand_over SET {column} = :new WHERE {column} = :old", values)
    connection.execute(COUPON_FOR_FRIEND, values)
    connection.execute(f"UPDATE place SET cause_id = :new WHERE cause = {int(Cause.MEMBER)} AND cause_id = :old", values)
    connection.execute("DELETE FROM referral WHERE member_id = :old", values)
    connection.execute("UPDATE referral SET by_id = :new WHERE by_id = :old", values)
    friends_are_due(connection, new)


def merge_records(connection: Connection, old: int, new: int, hand: Hand) -> list[GivenUp]:
    """Name, ways to reach somebody, birthday, number; the day of joining is the earlier one. What was given up."""
    select = f"SELECT {', '.join(FIELDS)} FROM member WHERE id = ?"
    from_old = dict(zip(FIELDS, connection.execute(select, (old,)).fetchone(), strict=True))
    from_new = dict(zip(FIELDS, connection.execute(select, (new,)).fetchone(), strict=True))
    days = [day for day in (from_old["joined"], from_new["joined"]) if day is not None]
    joined = min(days, default=None)
    old_is_first = from_old["joined"] is not None and from_old["joined"] == joined != from_new["joined"]
    first, second = (from_old, from_new) if old_is_first else (from_new, from_old)
    for field in LEFT_BEHIND:
        if from_old[field] not in (None, ""):
            empty = None if field in ("number", "joined") else ""
            connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (empty, old))
            note(connection, old, field, (from_old[field], empty), hand)
    given_up = []
    for field in FIELDS:
        becomes = joined if field == "joined" else first[field] or second[field]
        if becomes != from_new[field]:
            connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (becomes, new))
            note(connection, new, field, (from_new[field], becomes), hand)
        if field != "joined" and first[field] and second[field] and first[field] != second[field]:
            given_up.append(GivenUp(field, str(first[field]), str(second[field])))
    return given_up


def move_groups(connection: Connection, old: int, new: int, hand: Hand) -> None:
    """Groups with their days; of two that begin on one day the longer one holds."""
    rows = connection.execute("SELECT id, name, from_day, until_day FROM member_group WHERE member_id = ? AND ended = 0", (old,)).fetchall()
    for id_, name, first, last in rows:
        kept = connection.execute(GROUP_OF, (new, name, first)).fetchone()
        if kept is None:
            connection.execute("UPDATE member_group SET member_id = ? WHERE id = ?", (new, id_))
        else:
            until = last if kept[2] else later(kept[1], last)
            connection.execute("UPDATE member_group SET until_day = ?, ended = 0 WHERE id = ?", (until, kept[0]))
            connection.execute("DELETE FROM member_group WHERE id = ?", (id_,))
        said = span_said(connection, first, last)
        note(connection, old, f"group {name}", (said, None), hand)
        note(connection, new, f"group {name}", (None, said), hand)
    connection.execute("DELETE FROM member_group WHERE member_id = ?", (old,))


def move_blocks(connection: Connection, old: int, new: int, hand: Hand) -> None:
    """Blocks with their days; of two that begin on one day the longer one holds."""
    rows = connection.execute("SELECT id, from_day, until_day FROM block WHERE member_id = ?", (old,)).fetchall()
    for id_, first, last in rows:
        kept = connection.execute(BLOCK_OF, (new, first)).fetchone()
        if kept is None:
            connection.execute("UPDATE block SET member_id = ? WHERE id = ?", (new, id_))
        else:
            connection.execute("UPDATE block SET until_day = ? WHERE id = ?", (later(kept[1], last), kept[0]))
            connection.execute("DELETE FROM block WHERE id = ?", (id_,))
        said = span_said(connection, first, last)
        note(connection, old, "blocked", (said, None), hand)
        note(connection, new, "blocked", (None, said), hand)


def later(one: int | None, other: int | None) -> int | None:
    """The later of two last days; None is no end."""
    return None if one is None or other is None else max(one, other)
