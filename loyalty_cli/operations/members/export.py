"""`loyalty member export`: everything that is kept of one member, for whoever asks what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.operations.engine_room import only_of
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.members.page import page_of
from loyalty_cli.store.members.everything import everything_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.operations.open_shop import Shop


def member_export(shop: Shop, card: str) -> tuple[Outcome, Document]:
    """Every row about the member, table by table, as data; and the page for people."""
    number = card_said(card)
    with shop.reading() as connection:
        member = member_of_card(connection, number)
        only_of(connection, [member])
        kept = everything_of(connection, member)
        document = page_of(connection, member, kept, day=today(shop, connection))
    return Outcome(data={"of": number, **kept}), document
