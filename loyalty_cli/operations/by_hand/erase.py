"""`loyalty member erase`: forget who a member is, for good; the books stay as they are and the member is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import NOTHING_KEPT
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.members.wishes import card_said
from loyalty_cli.store.members.erasing import erase
from loyalty_cli.store.members.erasing import targets_knowing

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def member_erase(shop: Shop, card: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Names, ways to reach somebody, birthday and groups go; receipts, points and draws stay without a name."""
    number = card_said(card)
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "erase", card=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        member = member_of_card(connection, number)
        targets = targets_knowing(connection, member)
        erase(connection, member, done.day)
        id_ = keep(connection, done._replace(member=member))
    line = phrase("Who card {card} belonged to is forgotten: no. {number}. Old backups still know it.", card=number, number=id_)
    warnings = [phrase("These still know the member, take them off there: {names}", names=", ".join(targets))] if targets else []
    data = {"number": id_, "card": number, "known_by": targets, "dry_run": dry_run}
    return Outcome(said=[line, *([NOTHING_KEPT] if dry_run else [])], warnings=warnings, data=data)
