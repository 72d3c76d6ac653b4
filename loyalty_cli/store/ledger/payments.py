"""Redemptions that paid part of a receipt: what they paid earns nothing, and is never subtracted twice.

A redemption belongs to the receipt it names, else to the next receipt of its member in its store on its day. Where
the till's export knows the paid part itself, that has been taken off already.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import shared

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

PAYMENTS = """
SELECT d.member_id, d.day, d.clock, coalesce(s.name, ''), d.amount, r.id, coalesce(r.loyalty, 0)
FROM temp.work w CROSS JOIN redemption d ON d.member_id = w.member_id LEFT JOIN store s ON s.id = d.store_id
LEFT JOIN receipt r ON d.receipt <> '' AND r.store_id = d.store_id AND r.number = d.receipt AND r.gone = 0
WHERE w.member_id BETWEEN :first AND :last AND d.amount > 0 AND d.day > w.after AND d.day <= :until
AND +d.reverts IS NULL
AND NOT EXISTS (SELECT 1 FROM redemption back WHERE back.reverts = d.id)
ORDER BY d.member_id, d.day, d.clock, d.id
"""
# What a receipt's own export says was paid by coupon or points.
KNOWN = """
SELECT r.id, r.loyalty
FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.day > w.after AND r.day <= :until
WHERE w.member_id BETWEEN :first AND :last AND r.gone = 0 AND r.loyalty > 0
"""


class Payment(NamedTuple):
    """A redemption that paid something."""

    day: int
    clock: int
    store: str
    amount: int
    receipt: int | None


def without_payments(connection: Connection, block: Block) -> dict[int, Callable[[Sequence[Purchase]], list[Purchase]]]:
    """For each member who paid with coupons or points: how their purchases look without that part."""
    payments: dict[int, list[Payment]] = {}
    for member, day, clock, store, amount, receipt, _ in connection.execute(PAYMENTS, block.span):
        payments.setdefault(member, []).append(Payment(day, clock, store, amount, receipt))
    if not payments:
        return {}
    known = dict(connection.execute(KNOWN, block.span).fetchall())
    return {member: partial(reduced, payments=own, known=known) for member, own in payments.items()}


def reduced(purchases: Sequence[Purchase], *, payments: Sequence[Payment], known: dict[int, int]) -> list[Purchase]:
    """Purchases with the paid part taken off."""
    paid: dict[int, int] = {}
    for payment in payments:
        receipt = payment.receipt or next_receipt(purchases, payment)
        if receipt is not None:
            paid[receipt] = paid.get(receipt, 0) + payment.amount
    return [less(purchase, max(0, paid.get(purchase.id, 0) - known.get(purchase.id, 0))) for purchase in purchases]


def next_receipt(purchases: Sequence[Purchase], payment: Payment) -> int | None:
    """The next receipt in the payment's store on its day."""
    for purchase in purchases:
        same_store = not payment.store or purchase.store == payment.store
        if purchase.day == payment.day and purchase.clock >= payment.clock and same_store:
            return purchase.id
    return None


def less(purchase: Purchase, paid: int) -> Purchase:
    """A purchase without a part of its money, taken from its classes in proportion."""
    off = min(paid, purchase.amount)
    if not off:
        return purchase
    shares = shared(off, [amount for _, amount in purchase.parts])
    parts = tuple((class_, amount - share) for (class_, amount), share in zip(purchase.parts, shares, strict=True))
    return purchase._replace(amount=purchase.amount - off, parts=parts)
