"""Receipts of before a version that counts a reward otherwise: they count, but what they reach by themselves gave nothing.

When goods of theirs come back, later receipts may be what reaches it, and it is due as if those had never been bought.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.watch import Due
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State


@dataclass(slots=True)
class Carried:
    """The receipts as the new version sees them, and what they reach by themselves, by cause."""

    watched: Watched
    receipts: dict[int, Heard] = field(default_factory=dict)
    reached: Counter[tuple[int, int]] = field(default_factory=Counter)

    def count(self, known: MemberFacts) -> State:
        """Count them from the start; the memory that is left by it."""
        state: State = self.watched.when.fresh(known, self.watched.since)
        self.reached = Counter()
        for heard in self.receipts.values():
            for due in self.watched.when.bought(state, heard):
                self.reached[int(due.cause), due.cause_id] += due.times
        return state

    def without(
        self, bought: Bought, left: Heard | None, known: MemberFacts, fewer: Iterable[Due]
    ) -> Sequence[tuple[tuple[int, int], int]]:
        """Goods of a receipt came back: what they reach no longer, and all together still do."""
        if bought.id not in self.receipts:
            return ()
        if left:
            self.receipts[bought.id] = left
        else:
            del self.receipts[bought.id]
        before = self.reached
        self.count(known)
        gone = Counter({(int(due.cause), due.cause_id): -due.times for due in fewer})
        return list((before - self.reached - gone).items())
