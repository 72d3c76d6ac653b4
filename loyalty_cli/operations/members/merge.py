"""Make one member of two: the same person was registered twice, or has two cards with a record each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.hand import NOBODY
from loyalty_cli.operations.by_hand.hand import print_of
from loyalty_cli.operations.by_hand.records import MERGED
from loyalty_cli.operations.how_many import receipts_said
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.operations.members.wishes import birthday_shown
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.merging import merge
from loyalty_cli.store.members.unmerging import keep_steps
from loyalty_cli.store.members.unmerging import noting

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.members.merging import GivenUp


def member_merge(shop: Shop, from_card: str, into_card: str, asked: Asked = NOBODY, *, dry_run: bool = False) -> Outcome:
    """Everything of the first card's member goes to the second one's; closed draws stay as they are."""
    with shop.changing(dry_run=dry_run) as connection:
        # By their names two members would be found no more once they are one.
        done = asked.noted(shop, connection, MERGED, said=print_of(card_said(from_card), card_said(into_card)))
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        hand = Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)
        (old, leaving), (new, staying) = member_and_card(connection, from_card), member_and_card(connection, into_card)
        if old == new:
            raise Refused("The cards {card} and {other} belong to one member already.", card=leaving, other=staying)
        with noting(connection) as steps:
            merged = merge(connection, old, new, hand)
        name = member_records.name_of(connection, new)
        id_ = keep(connection, done._replace(member=new), card=staying, number=leaving, old=old)
        keep_steps(connection, id_, steps)
    said = [
        phrase(
            "{name} ({card}) now has everything of card {other}: {cards}, {receipts}; no. {number}.",
            name=name or "-",
            card=staying,
            other=leaving,
            cards=phrase("{count} card", "{count} cards", count=len(merged.cards)),
            receipts=receipts_said(merged.receipts),
            number=id_,
        )
    ]
    said += [given_up_said(each) for each in merged.given_up]
    said.append(phrase("Points and tier are put right by the next: loyalty recalc"))
    data = {
        "number": id_,
        "member": new,
        "card": staying,
        "name": name,
        "cards": list(merged.cards),
        "receipts": merged.receipts,
        "given_up": [each._asdict() for each in merged.given_up],
        "dry_run": dry_run,
    }
    return Outcome(said=said, data=data)


# A member's number is not what elsewhere is called a number: how many. Others are no words.
CALLED = {
    "number": phrase("Member no."),
    "name_day": phrase("name day"),
    "email": phrase("e-mail"),
    "referred_by": phrase("Brought by"),
}


def given_up_said(one: GivenUp) -> Phrase:
    """A field in which the two differed."""
    kept, other = (birthday_shown(text) if one.field == "birthday" else text for text in (one.kept, one.other))
    field = CALLED.get(one.field) or phrase(one.field)
    return phrase("They differ in {field}: {kept} stays, {other} is given up.", field=field, kept=kept, other=other)
