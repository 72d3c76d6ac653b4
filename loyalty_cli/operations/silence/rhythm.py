"""Whether a store has been silent for longer than is usual for it, by its own history. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

# So far back a store's history is looked at, and so many days with receipts it must have to have a rhythm.
HISTORY = 26 * 7
ENOUGH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The last day with receipts, and the days since on which the store usually sells."""

    since: Day
    days: int


def silence_of(
    sold: Sequence[Day],
    came: Sequence[Day],
    until: Day,
    off: Callable[[Collection[Day]], Collection[Day]],
) -> Silence | None:
    """The silence of a store through a day, if it is longer than usual.

    `sold` are its days with receipts, `came` the days on which imports brought them, both in order. Days are counted on
    which it usually sells: weekdays on which it sold at least every other time, without the days `off` knows. Usual is
    what nine out of ten pauses between two days with receipts, or between two imports, did not exceed; silent is who
    has paused for more than twice that and one day.
    """
    recent = [day for day in sold if day > sold[-1] - HISTORY] if sold else []
    if len(recent) < ENOUGH:
        return None
    weekdays = usual_weekdays(recent)
    missed = [day for day in range(recent[-1] + 1, until + 1) if day % 7 in weekdays]
    if len(missed) < 2:
        return None
    there = set(recent)
    empty = [day for day in range(recent[0], until + 1) if day % 7 in weekdays and day not in there]
    expected = set(empty) - set(off(empty))
    silent = len(expected.intersection(missed))
    arrivals = [day for day in came if day > recent[0]]
    usual = max(usual_pause(recent, expected), usual_pause(arrivals, expected | there))
    return Silence(since=recent[-1], days=silent) if silent > 2 * usual + 1 else None


def usual_weekdays(days: Sequence[Day]) -> set[int]:
    """The weekdays (0 is Monday) of which a store sold on at least every other one; all, if there is none."""
    there = set(days)
    possible: dict[int, list[bool]] = {}
    for day in range(days[0], days[-1] + 1):
        possible.setdefault(day % 7, []).append(day in there)
    return {weekday for weekday, sold in possible.items() if 2 * sum(sold) >= len(sold)} or set(range(7))


def usual_pause(days: Iterable[Day], expected: Collection[Day]) -> int:
    """The number of expected days that nine out of ten pauses between some days did not exceed; 0 without a pause."""
    ordered = sorted(set(days))
    pauses = sorted(sum(day in expected for day in range(first + 1, second)) for first, second in pairwise(ordered))
    return pauses[-(-9 * len(pauses) // 10) - 1] if pauses else 0
