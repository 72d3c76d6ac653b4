"""One member's tickets by draw: what each purchase brings, what a return takes off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.rules.draws.block import DrawBlock

RECEIPT = int(Cause.RECEIPT)


class Tickets:
    """What is added up for each draw, and the tickets that were posted for it."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}
        self.held: dict[str, int] = {}
        # What each receipt brought to a draw, so that its return takes it off again.
        self.brought: dict[tuple[str, int], int] = {}
        # The visit that a receipt belongs to, and the money of each visit; a day is replayed as a whole or not at all.
        self.visit: dict[int, str] = {}
        self.visits: dict[tuple[str, str], int] = {}

    def count(
        self, draw: DrawBlock, name: str, amount: int, *, day: Day, receipt: int, store: str = ""
    ) -> list[Entry]:
        """Money comes to a draw, or goes; whole tickets follow what the draw adds up."""
        if not amount:
            return []
        before = self.brought.get((name, receipt), 0)
        self.brought[name, receipt] = before + amount
        counting = draw.counting
        key = name
        if counting == "money":
            change = amount
        elif counting == "receipts":
            key = f"{name}/receipts"
            change = draw.counted(before + amount) - (draw.counted(before) if before else 0)
        else:
            key = f"{name}/visits"
            change = self.visited(draw, name, amount, visit=self.visit.setdefault(receipt, f"{day} {store}"))
        self.spent[key] = self.spent.get(key, 0) + change
        return self.follow(draw, name, self.spent[key], day=day, receipt=receipt)

    def visited(self, draw: DrawBlock, name: str, amount: int, *, visit: str) -> int:
        """How many visits more or fewer there are when money comes to one of them, or goes."""
        before = self.visits.get((name, visit), 0)
        self.visits[name, visit] = before + amount
        return draw.counted(before + amount) - (draw.counted(before) if before else 0)

    def follow(self, draw: DrawBlock, name: str, summed: int, *, day: Day, receipt: int) -> list[Entry]:
        """The entry that brings the tickets to what the sum gives."""
        tickets = draw.tickets(summed)
        change = tickets - self.held.get(name, 0)
        if not change:
            return []
        self.held[name] = tickets
        return [Entry(f"draws.{name}", RECEIPT, receipt, f"{draw.asset}:{name}", day, change)]
