"""Points that a return takes back: from the lot of their cause, and what is no longer there as a debt."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.replay.lots import source_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.lots import Lots

RECEIPT = int(Cause.RECEIPT)


class Life(NamedTuple):
    """From which day points can be used, and through which."""

    usable: Day
    last: Day


OVER = Life(0, 0)


class Taking(NamedTuple):
    """What takes something back, and when: a return's receipt, or the friend for whom it was given."""

    day: Day
    id: int
    kind: int = RECEIPT


def debit(
    lots: Lots,
    cause: tuple[int, int],
    shares: Sequence[tuple[str, int]],
    by: Taking,
    entries: list[Entry],
    life: Life = OVER,
) -> None:
    """Take points that a rule gave for a cause back: pending ones, their own lot, what lapsed of it, other lots, then as a debt.

    A rule that took points away (a multiplier below one) gets its share the other way round. `life` is that of points
    which are given again: an earlier return took too many, as a row that undoes its discount now shows.
    """
    points = sum(share for _, share in shares)
    if points < 0:
        pending, lapsed = give_again(lots, cause, points, by, entries, life), 0
    elif points:
        pending, lapsed = lots.take_back(source_of(shares[0][0], *cause), points)
    else:
        pending, lapsed = 0, 0
    all_pending, rest = pending == points != 0, max(0, pending)
    for rule, share in shares:
        if cause != (by.kind, by.id):
            lots.lost.append((source_of(rule, *cause), share, source_of(rule, by.kind, by.id)))
        waiting = share if all_pending else min(rest, max(0, share))
        rest -= waiting
        if waiting:
            entries.append(Entry(rule, by.kind, by.id, lots.waiting, by.day, -waiting))
        if share - waiting:
            entries.append(Entry(rule, by.kind, by.id, lots.asset, by.day, waiting - share))
    if lapsed:
        # They were gone already: the lapse is undone, so that they are not taken twice.
        entries.append(Entry(LAPSE, by.kind, by.id, lots.asset, by.day, lapsed))


def give_again(lots: Lots, cause: tuple[int, int], points: int, by: Taking, entries: list[Entry], life: Life) -> int:
    """Points, said below zero, come back to their cause for the rest of their life: over, they lapse at once. Those that wait."""
    if life.usable > by.day:
        lots.wait(cause, -points, usable=life.usable, earned=by.day, last=max(life.last, life.usable))
        return points
    if lots.limit(life.last, life.usable) < by.day:
        lots.lapsed["", *cause] -= points
        entries.append(Entry(LAPSE, by.kind, by.id, lots.asset, by.day, points))
    else:
        lots.credit(cause, -points, life.usable, life.last)
    return 0
