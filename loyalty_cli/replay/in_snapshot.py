"""What a saved state tells without being restored: for reports, which need nothing else of replay or of the program."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.replay.memories import Memory

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day

# The form of the text, for states that are kept across releases: those of another form are of no use.
FORM = 2
# Where in it the lots stand, and the points that wait.
LOTS, PENDING = 8, 9
WITHOUT_EXTRAS = 15


def lots_of(state: str, wallet: str = "") -> list[tuple[Day, int]] | None:
    """The points of a saved state, or of a wallet in it, by their last day, those still waiting too; None if its form is another."""
    kept = json.loads(state) if state else None
    if not isinstance(kept, list) or kept[0] != FORM:
        return None
    lots, pending = kept[LOTS], kept[PENDING]
    if wallet:
        extras = kept[-1] if len(kept) > WITHOUT_EXTRAS else {}
        lots, pending, *_ = extras.get("wallets", {}).get(wallet, ((), ()))
    by_day: Counter[Day] = Counter()
    for last, left in [*((lot[LAST], lot[LEFT]) for lot in lots), *((wait[5], wait[4]) for wait in pending)]:
        by_day[last] += left
    return sorted(by_day.items())


def wallet_balance(state: str, wallet: str) -> int:
    """The points of a wallet in a saved state that can be used."""
    kept = json.loads(state) if state else None
    if not isinstance(kept, list) or kept[0] != FORM or len(kept) <= WITHOUT_EXTRAS:
        return 0
    lots, _, debt, _ = kept[-1].get("wallets", {}).get(wallet, ((), (), 0, 0))
    return int(sum(lot[LEFT] for lot in lots) - debt)


def counted_in(state: str, kind: str, first: Day) -> int:
    """What a saved state counts for a period of a kind that begins on a day."""
    kept = json.loads(state)
    extras = kept[-1] if len(kept) > WITHOUT_EXTRAS else {}
    return sum(measure for name, day, measure in extras.get("periods", ()) if (name, day) == (kind, first))


def segments_in(state: str) -> frozenset[str]:
    """The segments of a saved state; nothing of another release's form."""
    kept = json.loads(state) if state else None
    if not isinstance(kept, list) or kept[0] != FORM or len(kept) <= WITHOUT_EXTRAS:
        return frozenset()
    return frozenset(kept[-1].get("segments", ((),))[0])


def memories_in(state: str) -> dict[str, Memory]:
    """What a saved state remembers for each reward; nothing of another release's form."""
    kept = json.loads(state) if state else None
    if not isinstance(kept, list) or kept[0] != FORM:
        return {}
    extras = kept[-1] if len(kept) > WITHOUT_EXTRAS else {}
    return {name: Memory(*kept) for name, kept in extras.get("rewards", {}).items()}
