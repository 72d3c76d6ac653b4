"""Make one member of two: the same person was registered twice, or has two cards with a record each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import NOTHING_KEPT
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counted import receipts_said
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.merging import merge

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def member_merge(
    shop: Shop, from_card: str, into_card: str, *, by: str = "", reason: str = "", dry_run: bool = False
) -> Outcome:
    """Everything of the first card's member goes to the second one's; closed draws stay as they are."""
    with shop.changing(dry_run=dry_run) as connection:
        hand = Hand(at=shop.moment, today=today(shop, connection), by=by, reason=reason)
        (old, leaving), (new, staying) = member_and_card(connection, from_card), member_and_card(connection, into_card)
        if old == new:
            raise Refused("The cards {card} and {other} belong to one member already.", card=leaving, other=staying)
        merged = merge(connection, old, new, hand)
        name = member_records.name_of(connection, new)
    said = [
        phrase(
            "{name} ({card}) now has everything of card {other}: {cards}, {receipts}.",
            name=name or "-",
            card=staying,
            other=leaving,
            cards=phrase("{count} card", "{count} cards", count=len(merged.cards)),
            receipts=receipts_said(merged.receipts),
        )
    ]
    said += [
        phrase("Both had a {field}: {kept} stays, {other} is given up.", field=phrase(each.field), kept=each.kept, other=each.other)
        for each in merged.given_up
    ]
    said.append(phrase("Points and tier are put right by the next: loyalty recalc"))
    if dry_run:
        said.append(NOTHING_KEPT)
    data = {
        "member": new,
        "card": staying,
        "name": name,
        "cards": list(merged.cards),
        "receipts": merged.receipts,
        "given_up": [each._asdict() for each in merged.given_up],
        "dry_run": dry_run,
    }
    return Outcome(said=said, data=data)
