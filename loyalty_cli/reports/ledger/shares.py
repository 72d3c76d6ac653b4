"""The share of points and coupons that is expected to be used: as a closed month kept it, as it was stated, or as estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.bookkeeping import Dated
    from loyalty_cli.reports.ledger.use import Use


class Shares:
    """What each month takes for true of each cohort; `estimated` gathers what was not stated: month, coupon, month of earning."""

    def __init__(self, books: Mapping[str, Bookkeeping]) -> None:
        self.books = books
        self.estimated: dict[str, dict[str, dict[str, int]]] = {}

    def of(self, use: Use, said: Dated, month: str, cohort: Cohort) -> int:
        """The share in basis points. What a month was closed with stays, whatever a later release would estimate."""
        if said:
            return use.share(said, month, cohort.month)
        kept = self.books[month].estimated.get(cohort.coupon, {}).get(cohort.month) if month in self.books else None
        found = use.share(said, month, cohort.month) if kept is None else kept
        self.estimated.setdefault(month, {}).setdefault(cohort.coupon, {})[cohort.month] = found
        return found
