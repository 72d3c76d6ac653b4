"""`loyalty explain`: how each number came to be, of a card entry by entry, of a receipt line by line and rule by rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.called import in_money
from loyalty_cli.operations.ledger.explain_card import explain_card
from loyalty_cli.operations.ledger.explain_receipt import explain_receipt
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.store.ledger.explaining import receipts_numbered
from loyalty_cli.store.members.records import owner_of_card

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def explain(shop: Shop, what: str, *, store: str | None = None) -> Outcome:
    """Explain a card, else the receipt of that number; `store` chooses among stores with the same number."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        outcome = in_money(explained(connection, facts, local_day(shop.now, facts.timezone), what, store=store), facts)
    tables = [replace(table, timezone=facts.timezone) for table in outcome.tables]
    return replace(outcome, tables=tables)


def explained(connection: Connection, facts: ShopFacts, today: Day, what: str, *, store: str | None) -> Outcome:
    """What there is to say of a card or a receipt, in points."""
    if not what.strip():
        takes = phrase("A card, the number of a receipt, or a member's name.")
        raise LoyaltyError("{name} is missing. {what}", name=phrase("WHAT"), what=takes)
    store = None if store is None else store_meant(connection, store)
    member = owner_of_card(connection, what) if store is None else None
    if member is not None:
        return explain_card(connection, member, what, facts, today)
    found = [receipt for receipt in receipts_numbered(connection, what) if store in (None, receipt.store)]
    live = [receipt for receipt in found if not receipt.gone]
    if len(live) > 1:
        stores = ", ".join(receipt.store for receipt in live)
        raise LoyaltyError(
            "Several stores have a receipt {number}: {stores}.",
            number=what,
            stores=stores,
            hint=phrase("Choose one with --store."),
        )
    if not found and store is None and any(sign.isalpha() for sign in what):
        member, card = member_and_card(connection, what)
        return explain_card(connection, member, card, facts, today)
    if not found:
        raise LoyaltyError(
            "There is no card and no receipt {number}.",
            number=what,
            hint=phrase("The members: loyalty report members"),
        )
    return explain_receipt(connection, (live or found)[0], facts)
