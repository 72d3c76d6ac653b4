"""Points that a return takes back: from the lot of their cause, and what is no longer there as a debt."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.lots import Lots

RECEIPT = int(Cause.RECEIPT)


class Taking(NamedTuple):
    """What takes something back, and when: a return's receipt, or the friend for whom it was given."""

    day: Day
    id: int
    kind: int = RECEIPT


def debit(
    lots: Lots, cause: tuple[int, int], shares: Sequence[tuple[str, int]], by: Taking, entries: list[Entry], last: Day = 0
) -> None:
    """Take points of a cause back: pending ones, their own lot, what lapsed of it, other lots, then as a debt.

    A rule that took points away (a multiplier below one) gets its share the other way round. `last` is the last day of
    points that an earlier return took too much, as a row that undoes its discount now shows: they are points again.
    """
    points = sum(share for _, share in shares)
    if points < 0:
        give_again(lots, cause, -points, by, entries, last)
    pending, lapsed = lots.take_back(cause, points) if points > 0 else (0, 0)
    all_pending, rest = pending == points > 0, pending
    for rule, share in shares:
        waiting = share if all_pending else min(rest, max(0, share))
        rest -= waiting
        if waiting:
            entries.append(Entry(rule, by.kind, by.id, lots.waiting, by.day, -waiting))
        if share - waiting:
            entries.append(Entry(rule, by.kind, by.id, lots.asset, by.day, waiting - share))
    if lapsed:
        # They were gone already: the lapse is undone, so that they are not taken twice.
        entries.append(Entry(LAPSE, by.kind, by.id, lots.asset, by.day, lapsed))


def give_again(
    lots: Lots, cause: tuple[int, int], points: int, by: Taking, entries: list[Entry], last: Day
) -> None:
    """Points come back to their cause, usable through a last day; if that is over they lapse at once."""
    if last < by.day:
        entries.append(Entry(LAPSE, by.kind, by.id, lots.asset, by.day, -points))
    else:
        lots.credit(cause, points, by.day, last)
