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
from loyalty_cli.store.copies import BACKUPS
from loyalty_cli.store.members.erasing import erase
from loyalty_cli.store.members.erasing import targets_knowing
from loyalty_cli.store.members.scrubbing import files_naming
from loyalty_cli.store.members.scrubbing import forget_in_texts
from loyalty_cli.store.members.scrubbing import rewrite
from loyalty_cli.store.members.scrubbing import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyalty_cli.model.shown.phrase import Phrase
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
        targets, words = targets_knowing(connection, member), words_of(connection, member)
        erase(connection, member, done.day)
        forget_in_texts(connection, words)
        id_ = keep(connection, done._replace(member=member))
    line = phrase("Who card {card} belonged to is forgotten: no. {number}. Old backups still know it.", card=number, number=id_)
    if not dry_run:
        rewrite(shop.database, since=shop.moment, wait=shop.wait)
    warnings = [phrase("These still know the member, take them off there: {names}", names=", ".join(targets))] if targets else []
    if not dry_run:
        warnings += still_named(shop, words)
    data = {"number": id_, "card": number, "known_by": targets, "dry_run": dry_run}
    return Outcome(said=[line, *([NOTHING_KEPT] if dry_run else [])], warnings=warnings, data=data)


def still_named(shop: Shop, words: Collection[str]) -> list[Phrase]:
    """The shop's own files that still say who somebody was: lists, exports, rows set aside. Backups are known to."""
    backups = shop.folder / BACKUPS
    named = [path.relative_to(shop.folder).as_posix() for path in files_naming(shop.folder, words, [backups])]
    return [phrase("These files still say who it was, take it out or delete them: {names}", names=", ".join(named))] if named else []
