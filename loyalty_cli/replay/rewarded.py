"""What rewards and debits may know of a member, and do with one."""

from __future__ import annotations

from typing import Protocol
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.model.facts import Return
    from loyalty_cli.replay.lots import Lots
    from loyalty_cli.replay.memories import Memories
    from loyalty_cli.replay.purchases import Purchases
    from loyalty_cli.replay.qualifying import Climb
    from loyalty_cli.replay.segmented import Segmented
    from loyalty_cli.replay.version import Version
    from loyalty_cli.replay.version import Versions
    from loyalty_cli.rules.only import Moment


class Rewarded(Protocol):
    """A member while the facts pass by."""

    known: MemberFacts
    version: Version
    versions: Versions
    lots: Lots
    purchases: Purchases
    memories: Memories
    climb: Climb | None
    segmented: Segmented | None
    begun: bool
    remembers: bool
    wake: Day
    heard_to: int

    @property
    def anchor(self) -> Day:
        """The day on which years of membership begin."""

    @property
    def tier(self) -> str:
        """The tier's name, or ''."""

    def moment(self, fact: Purchase | Return) -> Moment:
        """What filters may look at when a receipt comes."""

    def moment_of(self, day: Day) -> Moment:
        """What filters may look at on a day without a receipt."""

    def moved(self, moves: list[Entry], entries: list[Entry]) -> None:
        """The tier has changed: rewards that feed on it hear of it."""

    def credit(self, cause: tuple[int, int], shares: list[tuple[str, int]], day: Day, entries: list[Entry]) -> int:
        """Points of one cause come in as one lot; how many they are."""
