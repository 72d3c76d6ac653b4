"""How a shop's accountant wants points in the books, as the program says it and as a closed month keeps it."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from collections.abc import Sequence

Policy = Literal["memo", "deferral", "provision"]
Dated = tuple[tuple[Day, int], ...]
"""A percent with the days from which it holds, in order: day and basis points."""

# What the journal calls its accounts where the program says nothing else.
ACCOUNTS = {
    "points": "Liabilities:Points",
    "sales": "Income:Sales",
    "points_used": "Income:Points:Used",
    "points_lapsed": "Income:Points:Lapsed",
    "estimate": "Income:Points:Estimate",
    "points_given": "Expenses:Points",
    "opening": "Equity:Opening",
}


class Posted(NamedTuple):
    """A ledger entry of points as the books see it, in the order it was booked.

    `cause` is the entry's cause (kind and number), `sale` the sale that a return names, `sold` the money of the receipt
    that earned the points; 0 for points that no sale gave.
    """

    member: int
    day: Day
    quantity: int
    kind: str
    cause: tuple[int, int]
    sale: int | None
    store: str
    sold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookkeeping:
    """A policy and what it needs; `expected_use` without anything is estimated from the shop's own history."""

    policy: Policy = "memo"
    expected_use: Dated = ()
    stated_by: str = ""
    accounts: dict[str, str] = field(default_factory=lambda: dict(ACCOUNTS))
    vat: dict[str, Dated] = field(default_factory=dict)

    def kept(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def bookkeeping_from(kept: str) -> Bookkeeping:
    """What was kept; a shop that has said nothing keeps points as a memo."""
    if not kept:
        return Bookkeeping()
    said = json.loads(kept)
    return Bookkeeping(
        policy=said["policy"],
        expected_use=dated(said["expected_use"]),
        stated_by=said["stated_by"],
        accounts={**ACCOUNTS, **said["accounts"]},
        vat={letter: dated(rates) for letter, rates in said["vat"].items()},
    )


def dated(pairs: Sequence[Sequence[int]]) -> Dated:
    """Days with percents, as JSON has them."""
    return tuple((day, percent) for day, percent in pairs)


def in_force(percents: Dated, day: Day) -> int | None:
    """The percent that holds on a day; None before the first one."""
    return next((percent for since, percent in reversed(percents) if since <= day), None)
