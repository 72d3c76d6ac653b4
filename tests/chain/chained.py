"""Shops as chains of a few buckets, replayed in this very process, and all that two shops should have alike."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.store.chain.control_book import Place

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

BUCKETS = 3
# Causes that are receipts by their keys: a chain gives numbers in the order of its files, as a shop does.
LEDGER = """
SELECT e.member_id, u.name, e.cause_kind, e.cause_id, a.name, e.quantity, e.effective_on, e.booked_on FROM ledger e
JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"""
STANDINGS = "SELECT * FROM standing ORDER BY member_id"
RECEIPTS = """
SELECT s.name, r.number, r.gone = 0, r.member_id, c.number, r.at, r.total, r.returned, r.content, (SELECT group_concat(
  l.article_id || ' ' || l.quantity || ' ' || l.amount || ' ' || l.discount)
  FROM line l WHERE l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095)
FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id ORDER BY 1, 2, 3, 4, 9"""
SET_ASIDE = "SELECT import_id, line, row, reason FROM set_aside ORDER BY 1, 2"
CONFLICTS = "SELECT import_id, receipt_id, line, incoming, decision FROM conflict ORDER BY id"
IMPORTS = "SELECT file, sha256, rows_read, imported, lines, known, set_aside, conflicts, total FROM import ORDER BY id"
COUPONS = "SELECT c.code, c.member_id, v.what, v.day FROM coupon c JOIN coupon_event v ON v.coupon_id = c.id ORDER BY c.code, v.id"
DRAWS = """
SELECT d.name, d.tickets, d.entries_sha256, w.place, w.member_id, w.ticket
FROM draw d JOIN draw_winner w ON w.draw_id = d.id ORDER BY d.name, w.place"""
MONTHS = "SELECT month, entries, sha256 FROM month ORDER BY month"
EVERYTHING = (LEDGER, STANDINGS, RECEIPTS, SET_ASIDE, CONFLICTS, IMPORTS, COUPONS, DRAWS, MONTHS)


def chained(shop: Shop) -> Shop:
    """The shop, whose purchases lie in files from now on."""
    make_chain(shop.database, Place("here", "tables", BUCKETS), at=shop.moment)
    return shop


def all_of(shop: Shop) -> dict[str, list[Any]]:
    """What a shop holds, by the question."""
    with shop.reading() as connection:
        return {select: connection.execute(select).fetchall() for select in EVERYTHING}
