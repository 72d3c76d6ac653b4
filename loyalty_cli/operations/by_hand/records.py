"""`loyalty revert` of a member who was added, changed, or made one with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.members import undoing
from loyalty_cli.store.members import unmerging
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.records import first_card
from loyalty_cli.store.members.unsubscribing import living

if TYPE_CHECKING:
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection

ADDED, CHANGED, MERGED = "new member", "member changed", "merge"


def undo_record(connection: Connection, what: Done, done: Done) -> list[tuple[int, int]]:
    """Whoever was added goes while there is nothing else; what was changed is as it was; who was made one is two."""
    member, hand = what.member or 0, Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)
    if living(connection, member) != member:
        raise Refused("The member of no. {number} was made one with another since; nothing is undone.", number=what.id)
    if what.what == MERGED:
        return undo_merge(connection, what, hand)
    card = first_card(connection, member)
    if what.what == ADDED:
        besides = undoing.has_besides(connection, member, what)
        if besides:
            hint = phrase("To forget who it is: loyalty member erase {card}", card=card)
            names = [phrase(name) for name in besides]
            raise Refused("Card {card} stays: it has {names} by now.", card=card, names=names, hint=hint)
        undoing.never_added(connection, member)
        return []
    again = undoing.changed_again(connection, member, what.detail)
    if again:
        hint = phrase("Say how it should be: loyalty member set {card} …", card=card)
        names = [phrase(name) for name in again]
        raise Refused("Card {card}: {names} changed again or is in use since; nothing is undone.", card=card, names=names, hint=hint)
    undoing.put_back(connection, member, what.detail, hand)
    return [(member, 0)]


def undo_merge(connection: Connection, what: Done, hand: Hand) -> list[tuple[int, int]]:
    """Two who were made one are two again."""
    if "old" not in what.detail:
        hint = phrase("Restore the backup of before (loyalty restore), or give the person a new card and assign the receipts to it.")
        raise Refused("This merge can not be undone: the release that made it did not keep what was whose.", hint=hint)
    old, new = what.detail["old"], what.member or 0
    unmerging.part(connection, what.id, (old, new), what.at, hand)
    return [(old, 0), (new, 0)]
