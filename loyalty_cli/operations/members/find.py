"""`loyalty member find`: the members a name, a telephone number, an e-mail address or a part of a card fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.ledger.standings import points_used_since
from loyalty_cli.store.ledger.standings import standing_of_member
from loyalty_cli.store.members.finding import members_like

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="phone", heading="Telephone", kind="code"),
    Column(name="email", heading="E-mail"),
    Column(name="tier", heading="Tier"),
    Column(name="points", heading="Points", kind="points"),
    Column(name="last_visit", heading="Last visit", kind="day"),
)


def member_find(shop: Shop, text: str) -> Outcome:
    """Everybody who fits, by name."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        rows = []
        for person in members_like(connection, text):
            standing = standing_of_member(connection, person.id)
            points = standing.points - points_used_since(connection, person.id) if standing else None
            tier, last = (standing.tier, standing.last_on) if standing else ("", None)
            rows.append((person.cards.replace(" ", ", "), person.name, person.phone, person.email, tier, points, last))
    table = Table(
        name="members",
        title=phrase("Members who fit: {text}", text=text),
        columns=COLUMNS,
        rows=rows,
        currency=facts.currency.code,
        digits=facts.currency.digits,
        notes=[phrase("All about one: loyalty explain CARD")] if rows else [],
        empty=phrase("Nobody fits. All members: loyalty report members"),
    )
    return Outcome(tables=[table], language=facts.language)
