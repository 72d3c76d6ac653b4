"""What is owed with closed months as they were closed: where they would be reckoned otherwise today, the next month says by how much."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.books.journal import VAT
from loyalty_cli.books.owed import Change
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day

Key = TypeVar("Key", str, tuple[str, str])


class AsClosed(NamedTuple):
    """A closed month's figures by name (a store, or a coupon): what it opened with, and what each kind moved."""

    opening: Counter[str]
    moved: Counter[tuple[str, str]]


def as_closed(changes: Mapping[Change, int], closed: Mapping[str, AsClosed], *, last: Day, coupons: bool) -> Counter[Change]:
    """The changes through a day, each closed month summing to its own figures; `coupons` says whether names are those of coupons.

    What closed months stand otherwise at is restated on the first day of the first month after them that is free to. VAT is a debt of
    its own, and what is different of it comes as VAT.
    """
    found = Counter(changes)
    for day, name, kind, amount in differences(changes, {month: kept for month, kept in closed.items() if end_of(month) <= last}):
        if day <= last:
            found[Change(day, "" if coupons else name, bool(name), kind, name if coupons else "")] += amount
    return found


def differences(changes: Mapping[Change, int], closed: Mapping[str, AsClosed]) -> Iterator[tuple[Day, str, str, int]]:
    """Day, name, kind and amount of what is to be added."""
    if not closed:
        return
    live: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for change, amount in changes.items():
        live[month_of(change.day)][change.coupon or change.store, change.kind] += amount
    # What the books are yet to take in, and what they stand at.
    behind: Counter[tuple[str, str]] = Counter()
    standing: Counter[str] = Counter()
    for month in sorted({*live, *closed, month_of(end_of(max(closed)) + 1)}):
        first, end = span_of_month(month)
        if month in closed:
            added = [(first, name, RESTATED, amount) for name, amount in apart(closed[month].opening, standing)]
            moved = apart(closed[month].moved, live[month])
            added += [(first if kind == RESTATED else end, name, kind, amount) for (name, kind), amount in moved]
        else:
            added = [(first, name, kind, amount) for (name, kind), amount in sorted(behind.items()) if amount]
        for each in added:
            behind[each[1], VAT if each[2] == VAT else RESTATED] -= each[3]
            yield each
        for name, kind, amount in (*((*key, amount) for key, amount in live[month].items()), *(each[1:] for each in added)):
            standing[name] += 0 if kind == VAT else amount


def apart(kept: Mapping[Key, int], now: Mapping[Key, int]) -> list[tuple[Key, int]]:
    """By how much what was kept is more than what is now, where it is not the same."""
    more = {key: kept.get(key, 0) - now.get(key, 0) for key in {**kept, **now}}
    return sorted((key, amount) for key, amount in more.items() if amount)


def end_of(month: str) -> Day:
    """The last day of a month."""
    return span_of_month(month)[1]
