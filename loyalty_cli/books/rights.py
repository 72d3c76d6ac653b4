"""What each of several rights of one sale is deferred from: the sale's money, shared by their stand-alone prices.

The goods and every right take their part of the price by what each costs alone (IFRS 15 76; ASC 606-10-32-31). A right of the
price p that is reckoned by itself takes S p / (S + p) of a sale of S. Of its share S p / P, where all rights cost P together, it
takes (S p / P) p / (S p / P + p) = S p / (S + P): what it has to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.books.flows import Right
    from loyalty_cli.books.owed import Estimates


def share_out(rights: Sequence[tuple[Right, int]]) -> None:
    """Leave each right of one sale its share of the sale's money, by what each costs alone."""
    money = max(right.money for right, _ in rights)
    for (right, _), part in zip(rights, shared(money, [price for _, price in rights]), strict=True):
        for flow, times in right.places:
            flow.sold -= times * (money - part)


def price_of(right: Right, estimates: Estimates, now: str) -> int:
    """What a right costs alone, as far as it will be used; nothing where the books do not defer it, neither when it came nor now."""
    cohort = right.cohort
    if cohort is None or "deferral" not in {estimates.policy(month, cohort) for month in (cohort.month, now)}:
        return 0
    return right.amount * estimates.worth(cohort.month) * estimates.share(cohort.month, cohort)
