"""Take an import of purchases, opening balances or events back, as if its file had never come; it may be imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import NOBODY
from loyalty_cli.operations.how_many import members_said
from loyalty_cli.operations.how_many import receipts_said
from loyalty_cli.store.imports import imports
from loyalty_cli.store.imports.events import leave_events_of_others
from loyalty_cli.store.imports.opening import take_back_openings
from loyalty_cli.store.members.consents import take_back_consents
from loyalty_cli.store.settings import said_at

if TYPE_CHECKING:
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

# What of a member was taken back, where an import was no list of purchases.
OF_MEMBERS = {
    "balances": "Import {number} was taken back: opening balances of {members}.",
    "consents": "Import {number} was taken back: consents of {members}.",
    "events": "Import {number} was taken back: events of {members}.",
    "feedback": "Import {number} was taken back: feedback of {members}.",
}
REVERTED = "import reverted"
# Another list would be more uses, or the same.
GIVE_BACK = phrase(
    "What was used stays a fact. Give by hand what a wrong row took: loyalty give CARD points COUNT --by NAME --reason TEXT, "
    "or coupon NAME in place of points COUNT."
)
CAN_BE_TAKEN_BACK = frozenset({"purchases", *OF_MEMBERS})


def import_revert(shop: Shop, number: int, asked: Asked = NOBODY, *, dry_run: bool = False) -> Outcome:
    """Take one import back; by whom and why is kept where it is said."""
    with shop.changing(dry_run=dry_run) as connection:
        found = imports.import_named(connection, number)
        kind, file = kind_to_take_back(connection, number, found)
        leave_events_of_others(connection, number)
        left, stayed = imports.revert_import(connection, number, shop.moment)
        if asked.by or asked.reason:
            keep(connection, asked.noted(shop, connection, REVERTED, **{"import": number, "file": file}))
        members = take_back_openings(connection, number) + take_back_consents(connection, number)
    said = [
        phrase(OF_MEMBERS[kind], number=number, members=members_said(members))
        if kind in OF_MEMBERS
        else phrase(
            "Import {number} was taken back: {left} left; {stayed} stayed because another import saw them.",
            number=number,
            left=receipts_said(left),
            stayed=receipts_said(stayed),
        )
    ]
    return Outcome(said=said, data={"import": number, "left": left, "stayed": stayed, "members": members, "dry_run": dry_run})


def kind_to_take_back(connection: Connection, number: int, found: tuple[str, str, str | None] | None) -> tuple[str, str]:
    """Its kind and file; purchases, opening balances, consents, events and feedback that are in can be taken back."""
    if found is None:
        raise Refused(
            "There is no import {number}.",
            number=number,
            hint=phrase("See their numbers: loyalty report imports"),
        )
    kind, file, reverted_at = found
    if reverted_at is not None:
        raise Refused(
            "Import {number} of {file} was taken back already, on {at}.",
            number=number,
            file=file,
            at=said_at(connection, reverted_at),
        )
    if kind not in CAN_BE_TAKEN_BACK:
        raise Refused(
            "Import {number} is a list of {kind}; only purchases, balances, consents, events and feedback can be taken back.",
            number=number,
            kind=kind,
            hint=GIVE_BACK if kind == "redemptions" else phrase("Import a corrected list: it changes what differs."),
        )
    return kind, file
