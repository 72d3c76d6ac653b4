"""One member's tickets by draw: what each purchase brings, what a return takes off again."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from fractions import Fraction
from math import floor
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.version import Version
    from loyalty_cli.replay.version import Versions
    from loyalty_cli.rules.draws.block import DrawBlock

RECEIPT = int(Cause.RECEIPT)
SINCE = itemgetter(0)


class Tickets:
    """What is added up for each draw, and the tickets that were posted for it."""

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.spent: dict[str, int] = {}
        self.held: dict[str, int] = {}
        # What each receipt brought to a draw, so that its return takes it off again.
        self.brought: dict[tuple[str, int], int] = {}
        # The visit that a receipt belongs to, and the money of each visit; a day is replayed as a whole or not at all.
        self.visit: dict[int, str] = {}
        self.visits: dict[tuple[str, str], int] = {}

    def count(self, version: Version, name: str, amount: int, *, day: Day, receipt: int, store: str = "") -> list[Entry]:
        """Money comes to a draw, or goes, under one version of the program; whole tickets follow what the draw adds up."""
        if not amount:
            return []
        draw, _ = version.rewarding.draws[name]
        before = self.brought.get((name, receipt), 0)
        self.brought[name, receipt] = before + amount
        if draw.counting == "money":
            change = amount
        elif draw.counting == "receipts":
            change = draw.counted(before + amount) - (draw.counted(before) if before else 0)
        else:
            change = self.visited(draw, name, amount, visit=self.visit.setdefault(receipt, f"{day} {store}"))
        rules = self.versions.draw_rules[name]
        key = key_of(bisect_right(rules, version.index, key=SINCE) - 1, name, draw)
        self.spent[key] = self.spent.get(key, 0) + change
        tickets = draw.tickets(self.spent[key]) if len(rules) == 1 else self.of_each_rule(rules, name, draw.asset)
        return self.follow(draw, name, tickets, day=day, receipt=receipt)

    def visited(self, draw: DrawBlock, name: str, amount: int, *, visit: str) -> int:
        """How many visits more or fewer there are when money comes to one of them, or goes."""
        before = self.visits.get((name, visit), 0)
        self.visits[name, visit] = before + amount
        return draw.counted(before + amount) - (draw.counted(before) if before else 0)

    def of_each_rule(self, rules: Sequence[tuple[int, DrawBlock]], name: str, asset: str) -> int:
        """The tickets where the rule has changed: for what came in under each by itself, and by its own cap.

        What the whole sum reached under a rule that looks at that stays reached under the next one; in a ranking the last one counts.
        """
        exact, tickets, reached, summed = Fraction(0), 0, 0, Counter[str]()
        for place, (_, each) in enumerate(rules):
            spent = self.spent.get(key_of(place, name, each), 0)
            if not spent or each.asset != asset:
                continue
            summed[each.counting] += spent
            worth = each.worth(spent)
            if worth is None:
                so_far = each.tickets(summed[each.counting])
                reached = so_far if each.ranked_by else max(reached, so_far)
                continue
            exact += worth
            whole = max(0, floor(exact))
            tickets = min(whole, max(tickets, each.capped(whole)))
        return max(tickets, reached)

    def follow(self, draw: DrawBlock, name: str, tickets: int, *, day: Day, receipt: int) -> list[Entry]:
        """The entry that brings the tickets to what there should be."""
        asset = f"{draw.asset}:{name}"
        change = tickets - self.held.get(asset, 0)
        if not change:
            return []
        self.held[asset] = tickets
        return [Entry(f"draws.{name}", RECEIPT, receipt, asset, day, change)]


def key_of(place: int, name: str, draw: DrawBlock) -> str:
    """Under what is added up for the rule of a draw, apart from its earlier ones."""
    key = name if draw.counting == "money" else f"{name}/{draw.counting}"
    return f"{key}/{place}" if place else key
