"""Points that a return takes back: from the lot of their cause, and what is no longer there as a debt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.rewarded import Rewarded

RECEIPT = int(Cause.RECEIPT)


def debit(
    member: Rewarded, cause: tuple[int, int], shares: Sequence[tuple[str, int]], fact: Return, entries: list[Entry]
) -> None:
    """Take points of a cause back: pending ones, their own lot, what lapsed of it, other lots, then as a debt.

    A rule that took points away (a multiplier below one) gets its share the other way round.
    """
    points = sum(share for _, share in shares)
    if points < 0:
        give_again(member, cause[1], -points, fact, entries)
    pending, lapsed = member.lots.take_back(cause, points) if points > 0 else (0, 0)
    all_pending, rest = pending == points > 0, pending
    for rule, share in shares:
        waiting = share if all_pending else min(rest, max(0, share))
        rest -= waiting
        if waiting:
            entries.append(Entry(rule, RECEIPT, fact.id, "pending", fact.day, -waiting))
        if share - waiting:
            entries.append(Entry(rule, RECEIPT, fact.id, "points", fact.day, waiting - share))
    if lapsed:
        # They were gone already: the lapse is undone, so that they are not taken twice.
        entries.append(Entry(LAPSE, RECEIPT, fact.id, "points", fact.day, lapsed))


def give_again(member: Rewarded, receipt: int, points: int, fact: Return, entries: list[Entry]) -> None:
    """Points that an earlier return took too much, as a row that undoes its discount now shows, are points again."""
    last = member.version.last_day(member.purchases.by_id[receipt].day)
    if last < fact.day:
        entries.append(Entry(LAPSE, RECEIPT, fact.id, "points", fact.day, -points))
    else:
        member.lots.credit((RECEIPT, receipt), points, fact.day, last)
