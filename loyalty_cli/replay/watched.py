"""The same replay with somebody looking on: told of each purchase before it counts, and of each member whose replay is over.

Who looks on changes nothing. A member that is replayed anew, since another handed something over, begins anew here, too.
"""

from __future__ import annotations

from typing import Protocol
from typing import TYPE_CHECKING

from loyalty_cli.replay.member import Member
from loyalty_cli.replay.replayer import Replayer

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.version import Versions


class Onlooker(Protocol):
    """Who looks on while one member after the other is replayed from their start."""

    def begins(self, member: Member) -> None:
        """A member of whom nothing has happened yet."""

    def buys(self, member: Member, purchase: Purchase) -> None:
        """The member as they stand before a purchase."""

    def ends(self, member: Member) -> None:
        """The last day is over, and all returns are known."""


class WatchedMember(Member):
    """A member who is looked at."""

    def __init__(self, facts: MemberFacts, versions: Versions, onlooker: Onlooker) -> None:
        super().__init__(facts, versions)
        self.onlooker = onlooker
        onlooker.begins(self)

    def buy(self, fact: Purchase, entries: list[Entry]) -> None:
        """Tell of the purchase, then let it count."""
        self.onlooker.buys(self, fact)
        super().buy(fact, entries)

    def settle(self, until: Day) -> None:
        """The last day is over."""
        self.onlooker.ends(self)
        super().settle(until)


class WatchedReplayer(Replayer):
    """A program ready to replay any number of members, with an onlooker."""

    def __init__(self, plan: Plan, onlooker: Onlooker) -> None:
        super().__init__(plan)
        self.onlooker = onlooker

    def member(self, facts: MemberFacts) -> Member:
        """A member before anything."""
        return WatchedMember(facts, self.versions, self.onlooker)
