"""Which sale each return names: in its own store, else in another store of the program that fits it better."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# There are few returns, and they have an index.
NAMED = """
SELECT b.id, b.store_id, b.original, b.day, b.member_id, coalesce(h.account_id, c.member_id), f.sale_id, o.id, o.member_id, o.day
FROM receipt b LEFT JOIN receipt o ON o.store_id = b.store_id AND o.number = b.original AND o.gone = 0 AND o.id <> b.id
LEFT JOIN card c ON c.id = b.card_id AND NOT EXISTS (SELECT 1 FROM lost_card l WHERE l.card_id = c.id AND l.from_day <= b.day)
LEFT JOIN household h ON h.member_id = c.member_id AND h.from_day <= b.day AND (h.until_day IS NULL OR h.until_day >= b.day)
LEFT JOIN return_of f ON f.return_id = b.id
WHERE b.returned > 0 AND b.original IS NOT NULL AND b.gone = 0"""
# Whether a receipt holds what came back: each product of it.
HOLDS = """NOT EXISTS (
  SELECT 1 FROM line b JOIN article a ON a.id = b.article_id
  WHERE b.id BETWEEN :back << 12 AND (:back << 12) + 4095 AND b.quantity < 0 AND NOT EXISTS (
    SELECT 1 FROM line l JOIN article t ON t.id = l.article_id
    WHERE l.id BETWEEN o.id << 12 AND (o.id << 12) + 4095 AND l.quantity >= 0
    AND t.code = a.code AND (a.code <> '' OR t.name = a.name)))"""
# Numbers repeat from till to till, so a receipt of another store must be this card's, or hold what came back.
ELSEWHERE = f"""
SELECT o.id, o.member_id, o.day, {HOLDS} AS fits
FROM store s CROSS JOIN receipt o ON o.store_id = s.id AND o.number = :number AND o.gone = 0
WHERE s.id <> :store AND o.day <= :day AND (o.member_id = :owner OR {HOLDS})
ORDER BY o.member_id IS NOT :owner, fits DESC, o.day DESC LIMIT 2"""
# Named by a return and not found in its own store, or there on another card.
SOLD_ELSEWHERE = """
SELECT DISTINCT b.original FROM temp.receipt b WHERE b.returned > 0 AND b.original IS NOT NULL AND b.gone = 0
AND NOT EXISTS (SELECT 1 FROM return_of f LEFT JOIN temp.receipt o ON o.id = f.sale_id
  WHERE f.return_id = b.id AND o.store_id IS NOT b.store_id) AND NOT EXISTS (SELECT 1 FROM temp.receipt o
  WHERE o.store_id = b.store_id AND o.number = b.original AND o.gone = 0 AND o.card_id IS b.card_id)"""
LINK = "INSERT INTO return_of (return_id, sale_id) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sale_id = excluded.sale_id"


NEW = """
SELECT r.id, s.name, r.number, EXISTS (SELECT 1 FROM return_of f WHERE f.return_id = r.id)
FROM receipt r JOIN store s ON s.id = r.store_id
WHERE r.id IN (SELECT value FROM json_each(?)) AND r.import_id > ?"""
TOLD_THROUGH = "returns told through import"
# A chain looks again at returns that name the number of a later receipt, for this may be the one they mean.
JOINED_THROUGH = "returns joined through receipt"


class Told(NamedTuple):
    """A return as people find it, and whether it names a sale that is known."""

    store: str
    number: str
    names_its_sale: bool


class Sale(NamedTuple):
    """The receipt that a return names; `fits` says that it is known to hold what came back."""

    id: int
    member: int | None
    day: Day
    fits: int = 0


def join_named_returns(connection: Connection) -> None:
    """A return that names its receipt belongs to it and to the member who bought it, as long as that receipt counts."""
    changed: list[tuple[int, Day]] = []
    for back, store, number, day, was, owner, kept, *own in connection.execute(NAMED).fetchall():
        sale = Sale(*own) if own[0] is not None else None
        if sale is None or sale.member != owner:
            sale = meant(connection, back, sale, elsewhere(connection, back, store, number, day, owner), owner)
        becomes = sale.member if sale is not None else owner
        same_sale = kept == (sale.id if sale is not None else None)
        if was == becomes and same_sale:
            continue
        connection.execute("UPDATE receipt SET member_id = ? WHERE id = ?", (becomes, back))
        if sale is None:
            connection.execute("DELETE FROM return_of WHERE return_id = ?", (back,))
        else:
            connection.execute(LINK, (back, sale.id))
        since = min(day, sale.day if sale is not None else day)
        changed += [(member, since) for member in {was, becomes} if member is not None]
    mark_due(connection, changed)
    through = connection.execute("SELECT coalesce(max(id), 0) FROM receipt").fetchone()[0]
    save_settings(connection, {JOINED_THROUGH: str(through)})


def new_returns(connection: Connection, receipts: Sequence[int]) -> dict[int, Told]:
    """Those of some returns that came in since this was asked last: each is told once."""
    after = int(settings(connection).get(TOLD_THROUGH, 0))
    latest = connection.execute("SELECT coalesce(max(id), 0) FROM import").fetchone()[0]
    save_settings(connection, {TOLD_THROUGH: str(latest)})
    rows = connection.execute(NEW, (json.dumps(receipts), after))
    return {receipt: Told(store, number, bool(named)) for receipt, store, number, named in rows}


def holds(connection: Connection, back: int, sale: int) -> bool:
    """Whether a receipt holds what came back."""
    found = connection.execute(f"SELECT 1 FROM receipt o WHERE o.id = :sale AND {HOLDS}", {"back": back, "sale": sale})
    return found.fetchone() is not None


def meant(connection: Connection, back: int, here: Sale | None, other: Sale | None, owner: int | None) -> Sale | None:
    """Which receipt a return means that its store has on another card, or not at all.

    The card's own in another store, if that holds the goods: its store has the number by chance. Else the one that holds them.
    """
    if here is None or other is None:
        return here or other
    own = owner is not None and other.member == owner and other.fits
    return here if not own and holds(connection, back, here.id) else other


def elsewhere(connection: Connection, back: int, store: int, number: str, day: Day, owner: int | None) -> Sale | None:
    """The receipt of that number in another store: the card's own, else the only one that holds what came back."""
    values = {"back": back, "store": store, "number": number, "day": day, "owner": owner}
    found = [Sale(*row) for row in connection.execute(ELSEWHERE, values)]
    if not found or (len(found) > 1 and found[0].member != owner):
        return None
    return found[0]
