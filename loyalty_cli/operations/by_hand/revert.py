"""`loyalty revert NUMBER`: what was done by hand, or redeemed, is undone by a fact of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.hand_out import AtTheCounter
from loyalty_cli.operations.by_hand.hand_out import bring_back
from loyalty_cli.operations.by_hand.household import undo_household
from loyalty_cli.operations.by_hand.records import ADDED
from loyalty_cli.operations.by_hand.records import CHANGED
from loyalty_cli.operations.by_hand.records import MERGED
from loyalty_cli.operations.by_hand.records import undo_record
from loyalty_cli.store import by_hand
from loyalty_cli.store.gifts import gifts_owed
from loyalty_cli.store.gifts import save_gift_move
from loyalty_cli.store.imports.imports import revert_import
from loyalty_cli.store.members import records
from loyalty_cli.store.members.members import Hand

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection

Changed = list[tuple[int, "Day"]]


def revert(shop: Shop, number: int, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Undo one thing; a second time is refused."""
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "revert", undoes=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        what = by_hand.done_numbered(connection, number)
        if what is None:
            hint = phrase("They are listed by: loyalty report by-hand")
            raise Refused("Nothing that was done by hand has the number {number}.", number=number, hint=hint)
        undone = by_hand.undone_by(connection, number)
        if undone is not None:
            raise Refused("No. {number} was undone on {day}.", number=number, day=OnDay(undone.day))
        changed = undo(connection, what, done, shop.moment)
        by_hand.refuse_if_erased(connection, {what.member or 0, *(member for member, _ in changed)})
        # Whoever was only added by it is nobody any more.
        whose = by_hand.done_numbered(connection, number) or what
        id_ = keep(connection, done._replace(member=whose.member, reverts=number))
        bring(shop, connection, changed)
    line = phrase("No. {number} ({what}) is undone: no. {other}.", number=number, what=phrase(what.what), other=id_)
    data = {"number": id_, "undone": number, "what": what.what, "dry_run": dry_run}
    return Outcome(said=[line], data=data)


def undo(connection: Connection, what: Done, done: Done, moment: str) -> Changed:
    """Undo it; whose books change, from which day."""
    detail, member = what.detail, what.member or 0
    if "adjustments" in detail:
        return by_hand.take_back_adjustments(connection, detail["adjustments"])
    if what.what == "assign":
        had = by_hand.assign_receipt(connection, detail["row"], detail["was"])
        return [(one, detail["of_day"]) for one in (had, detail["was"]) if one is not None]
    if what.what == "receipt":
        revert_import(connection, detail["imported"], moment)
        return [(member, what.day)]
    if what.what == "redeem":
        by_hand.undo_bearer_use(connection, detail["key"])
        return by_hand.undo_redemption(connection, detail["key"], done)
    if what.what in {"hand out", "choose"}:
        where = AtTheCounter(member=member, gift=detail["gift"], day=done.day, at=done.at, key=done.key, by=done.by, reason=done.reason)
        if what.what == "hand out":
            bring_back(connection, where)
        else:
            unchoose(connection, where, detail["due_as"])
        return []
    # A sale of coupons is told by what was done by hand alone.
    return [] if what.what == "sell" else undo_member(connection, what, done)


def unchoose(connection: Connection, where: AtTheCounter, due_as: str) -> None:
    """A gift is chosen no longer, unless it has been handed out."""
    owed = next((one for one in gifts_owed(connection, where.member) if one.due_as == due_as), None)
    if owed is None or not owed.waiting(where.gift):
        raise Refused("{gift} has been handed out: undo that first.", gift=where.gift)
    save_gift_move(connection, where.move(due_as, "no longer chosen"))


def undo_member(connection: Connection, what: Done, done: Done) -> Changed:
    """A card is found again; a block or a household ends as if it had never been; what is known of somebody is as it was."""
    member = what.member or 0
    if what.what in {ADDED, CHANGED, MERGED}:
        by_hand.refuse_if_erased(connection, {member})
        return undo_record(connection, what, done)
    if what.what in {"household", "leave"}:
        return undo_household(connection, what)
    if what.what == "lost":
        by_hand.find_card(connection, what.detail["card"])
        rows = by_hand.receipts_of_card(connection, what.detail["card"], what.day)
        for receipt, _ in rows:
            by_hand.assign_receipt(connection, receipt, member)
        return [(member, min([what.day, *(day for _, day in rows)]))]
    if what.what == "block":
        hand = Hand(at=done.at, today=what.day, by=done.by, reason=done.reason)
        records.unblock(connection, member, hand)
        return [(member, what.day)]
    raise Refused("{what} can not be undone; the opposite can be done by hand.", what=phrase(what.what))
