"""What each of several rights of one sale takes of its money.

The goods and every right take their part of the price by what each costs alone (IFRS 15 76; ASC 606-10-32-31): of a sale of S whose
rights cost P together, one of the price p takes S p / (S + P).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.books.owed import EXACT
from loyalty_cli.books.owed import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.books.flows import Right
    from loyalty_cli.books.owed import Estimates


def share_out(rights: Iterable[tuple[Right, int]]) -> None:
    """Give each right of one sale its part of the sale's money, by what each costs alone; a single one is reckoned with its cohort."""
    priced = [(right, price) for right, price in rights if price > 0]
    if len(priced) < 2:
        return
    both = priced[0][0].money * EXACT + sum(price for _, price in priced)
    for right, price in priced:
        part = half_up(right.money * price * EXACT, both)
        for flow, amount, times in right.places:
            flow.sold -= times * right.money
            flow.apart += amount
            flow.part += half_up(part * amount, right.amount)


def price_of(right: Right, estimates: Estimates, now: str) -> int:
    """What a right costs alone (x 10,000,000), as far as it will be used; nothing where the books never deferred it, nor do now."""
    cohort = right.cohort
    if cohort is None or "deferral" not in {estimates.policy(month, cohort) for month in (cohort.month, now)}:
        return 0
    return right.amount * estimates.worth(cohort.month) * estimates.share(cohort.month, cohort)
