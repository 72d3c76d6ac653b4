"""On which days members bought, and in which months: what the flow, the cohorts and the stages are counted from."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.store.members.households import accounts_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.reading import Connection

# Three whole months without a purchase lie between two months of which one is four after the other.
PAUSE = 4
# All receipts are looked at: the way over each member's own takes longer.
SELECT = """
SELECT member_id, day, total > 0 FROM receipt NOT INDEXED
 WHERE gone = 0 AND member_id IS NOT NULL AND day <= :last AND total + returned > 0
"""


class Purchases(NamedTuple):
    """Each member's days with a purchase, a day for each receipt, in no order; who shares an account bought for that.

    `kept` are those on which more was bought than the same receipt took back; `accounts` are those of who shares one.
    """

    days: Mapping[int, Sequence[Day]]
    kept: Mapping[int, Sequence[Day]]
    accounts: Mapping[int, int]


class Visits(NamedTuple):
    """Of the members of one month of first purchase, those who bought in a month.

    `again` bought after a shorter pause, `back` after three whole months or more; for `second` it is the first month after
    that of the first purchase.
    """

    first: int
    month: int
    members: int
    again: int
    back: int
    second: int


def purchases(connection: Connection, last: Day) -> Purchases:
    """All purchases of members through a day."""
    days: defaultdict[int, list[Day]] = defaultdict(list)
    kept: defaultdict[int, list[Day]] = defaultdict(list)
    for member, day, keeps in connection.execute(SELECT, {"last": last}):
        days[member].append(day)
        if keeps:
            kept[member].append(day)
    accounts = accounts_on(connection, last)
    for member, account in accounts.items():
        for each in (days, kept):
            if member in each:
                each[account] += each.pop(member)
    return Purchases(days, kept, accounts)


def visits(members: Iterable[Iterable[Day]]) -> list[Visits]:
    """The visits of members who bought on some days each, by months as numbers; a month in which a member bought twice counts once."""
    found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for days in members:
        course = sorted(set(map(month_number, days)))
        first = before = course[0]
        found[first, first][0] += 1
        for month in course[1:]:
            counts = found[first, month]
            counts[0] += 1
            counts[1 if month - before < PAUSE else 2] += 1
            counts[3] += before == first
            before = month
    return [Visits(*key, *counts) for key, counts in sorted(found.items())]


@lru_cache(maxsize=10_000)
def month_number(day: Day) -> int:
    """A month as one number that can be counted on: twelve times the year and the month from 0."""
    return number_of(month_of(day))


def number_of(month: str) -> int:
    """The number of `2026-11`."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_of_number(number: int) -> str:
    """The month of a number.

    >>> month_of_number(number_of("2026-01"))
    '2026-01'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
