"""Whose purchases are mostly in one store: who lives or works near it.

    segments:
      market people: {usual_store: Market}
      corner people: {usual_store: {store: Corner, counted_over: 3 months}}

The store with the most receipts of the last 12 months; of several with as many the one of the latest.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import Span
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Name
from loyalty_cli.rules.condition import Counting
from loyalty_cli.rules.condition import ROW_DAY
from loyalty_cli.rules.condition import Stands
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State
    from loyalty_cli.rules.watch import Heard

STORE, RECEIPT = 2, 3


class UsualStore(Counting):
    """The store of most receipts. The state has a row for each: the day, one, the store, the receipt."""

    short: ClassVar[str] = "store"

    store: Name = Field(description="the store: Market")
    counted_over: CountedOver = Field(
        Window(kind="rolling", span=Span(count=12, unit="months")), description="which receipts count: 12 months"
    )

    def bought(self, state: State, heard: Heard) -> None:
        """One more receipt in a store, on the latest day so far."""
        state.append([heard.day, 1, heard.store, heard.id])

    def returned(self, state: State, before: Heard, left: Heard | None) -> None:
        """A receipt that came back whole is none."""
        if left is None:
            state[:] = [row for row in state if row[RECEIPT:] != [before.id]]

    def kept(self, state: State, until: Day, anchor: Day) -> State:
        """The rows that some window to come still holds; the stores are told apart, so they are not added up."""
        return [row for row in state if self.counted_over.leaves(row[ROW_DAY], anchor) > until]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether no store has more receipts, and none with as many has a later one; the oldest that leaves may change it."""
        self.let_go(state, at)
        receipts: dict[str, list[int]] = {}
        for place, (_, count, store, *_) in enumerate(state):
            tally = receipts.setdefault(store, [0, 0])
            tally[:] = tally[0] + count, place
        until = self.leaves(state[0], at) if len(receipts) > 1 or self.store in receipts else NEVER
        return Stands(bool(receipts) and max(receipts, key=lambda store: receipts[store]) == self.store, until)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return self.in_window(phrase("most purchases in the store {name}", name=self.store))


RULE = UsualStore
