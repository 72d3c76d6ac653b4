"""Receipts of many members as purchases: rows made into facts, in the one order of events, less what was not paid with money."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from itertools import count
from itertools import groupby
from itertools import islice
from itertools import repeat
from operator import eq
from operator import itemgetter
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import Payment
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.money import shared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Paying

SOLD = itemgetter(1)
# Of so many classes looking for what was not sold costs more than it saves.
FEW = 2
Row = tuple[Any, ...]
"""Member, day, clock, receipt, store, and the money of each class of products."""
DAY, MOMENT, RECEIPT = itemgetter(1), itemgetter(0, 1, 2), 3


def by_member(rows: Sequence[Row], classes: Sequence[int], counted: Sequence[int], stores: Mapping[int, str]) -> dict[int, list[Purchase]]:
    """Rows as purchases, by member. What a row has beyond the money of each class are the units of those that are counted.

    A first load makes a million of them, so this works by columns: zip and map then do the whole loop in C.
    """
    if not rows:
        return {}
    members, days, clocks, ids, in_stores, *amounts = zip(*rows)
    amounts, quantities = amounts[: len(classes)], amounts[len(classes) :]
    totals = list(map(sum, zip(*amounts)))
    parts = sold(zip(*(zip(repeat(class_), column) for class_, column in zip(classes, amounts, strict=True))), len(classes))
    by_class = (zip(repeat(class_), column) for class_, column in zip(counted, quantities, strict=True))
    units = sold(zip(*by_class), len(counted)) if counted else repeat(())
    names = map(stores.__getitem__, in_stores)
    values = zip(days, clocks, repeat(PURCHASE), ids, names, totals, parts, repeat(()), repeat(()), units, repeat(0))
    purchases = map(tuple.__new__, repeat(Purchase), values)
    found = {member: list(islice(purchases, many)) for member, many in Counter(members).items()}
    if min(totals) < 0:  # discounts larger than what they are taken from: nothing was paid, and nothing is owed
        found = {member: [not_below_zero(purchase) for purchase in own] for member, own in found.items()}
    return found


def sold(parts: Iterable[tuple[tuple[int, int], ...]], classes: int) -> Iterable[tuple[tuple[int, int], ...]]:
    """The classes of each receipt that it has something of: most of many classes are on few receipts."""
    return parts if classes <= FEW else [tuple(filter(SOLD, each)) for each in parts]


def not_below_zero(purchase: Purchase) -> Purchase:
    """The purchase, or one of nothing where its lines come to less than nothing."""
    return purchase if purchase.amount >= 0 else purchase._replace(amount=0, parts=((purchase.parts[0][0], 0),), units=())


def of_one_second(rows: Sequence[Row]) -> list[int]:
    """The receipts of which a member has several in the same second: their numbers decide which comes first.

    Tills without times make every receipt of a day one of the same second.
    """
    days = list(map(DAY, rows))
    of_one_day = compress(count(), map(eq, days, islice(days, 1, None)))
    same = [place for place in of_one_day if MOMENT(rows[place]) == MOMENT(rows[place + 1])]
    return sorted({rows[place][RECEIPT] for first in same for place in (first, first + 1)})


def in_order(purchases: list[Purchase], numbers: Mapping[int, str]) -> list[Purchase]:
    """Purchases of the same second by store and receipt number: never by the order in which they were imported.

    Numbers that go up grow longer: 9 comes before 10.
    """
    if numbers.keys().isdisjoint(purchase.id for purchase in purchases):
        return purchases
    return sorted(
        purchases,
        key=lambda each: (each.day, each.clock, each.store, len(numbers.get(each.id, "")), numbers.get(each.id, "")),
    )


def items_of(lines: Sequence[Row]) -> tuple[set[int], dict[int, tuple[Item, ...]]]:
    """Lines as items, by receipt, and whose they are; a third of the members may have returned something."""
    if not lines:
        return set(), {}
    members, receipts, *values = zip(*lines)
    items = zip(receipts, map(tuple.__new__, repeat(Item), zip(*values)))
    return set(members), {receipt: tuple(item for _, item in own) for receipt, own in groupby(items, key=itemgetter(0))}


def with_items(purchase: Purchase, items: Sequence[Item]) -> Purchase:
    """The purchase with its items; one whose rows come to less than nothing has none. What was used may have paid all of it."""
    known = purchase.amount or sum(item.money for item in items) >= 0
    return Purchase(*purchase[:7], items, *purchase[8:]) if known else purchase


def paid_with(
    purchases: Sequence[Purchase], payings: Sequence[Paying], known: Mapping[int, int], excluded: Mapping[int, int]
) -> list[Purchase]:
    """Purchases less the part that redemptions paid; `known` is what the till's own column has taken off already.

    A part of it paid for what the product list excludes.
    """
    paid: dict[int, list[Payment]] = {}
    for paying in payings:
        receipt = next_receipt(purchases, paying) if paying.receipt is None else paying.receipt
        if receipt is not None:
            paid.setdefault(receipt, []).append(Payment(paying.redemption, paying.points, paying.amount, paying.voucher))
    for receipt, amount in known.items():
        paid.setdefault(receipt, []).append(Payment(0, 0, amount))
    return [
        less(purchase._replace(excluded=excluded.get(purchase.id, 0)), paid[purchase.id], known.get(purchase.id, 0))
        if purchase.id in paid
        else purchase
        for purchase in purchases
    ]


def next_receipt(purchases: Sequence[Purchase], paying: Paying) -> int | None:
    """The next receipt in the redemption's store on its day."""
    for purchase in purchases:
        same_store = not paying.store or purchase.store == paying.store
        if purchase.day == paying.day and purchase.clock >= paying.clock and same_store:
            return purchase.id
    return None


def less(purchase: Purchase, payments: Sequence[Payment], known: int) -> Purchase:
    """A purchase without the money that was paid otherwise, taken from its classes, and from their items, in proportion."""
    redeemed = sum(payment.amount for payment in payments if payment.redemption)
    off = min(max(0, redeemed - known), purchase.amount + purchase.excluded)
    off, _ = shared(off, [purchase.amount, purchase.excluded])
    purchase = purchase._replace(payments=tuple(payments))
    if not off:
        return purchase
    offs = shared(off, [amount for _, amount in purchase.parts])
    parts = tuple((class_, amount - share) for (class_, amount), share in zip(purchase.parts, offs, strict=True))
    items = list(purchase.items)
    for (class_, _), share in zip(purchase.parts, offs, strict=True):
        own = [place for place, item in enumerate(items) if item.class_ == class_]
        for place, part in zip(own, shared(share, [items[place].money for place in own]), strict=True):
            items[place] = items[place]._replace(money=items[place].money - part)
    return purchase._replace(amount=purchase.amount - off, parts=parts, items=tuple(items))
