"""On a member's birthday, or some days before or after it.

    rewards:
      birthday: {when: {birthday: 3 days before}, give: {points: 100}}
      party: {when: {birthday: on the day, only: {tiers: [patron]}}, give: {badge: birthday}}
    tiers: {by: spend, ladder: {guest: {at_least: 0}, patron: {at_least: 5000.00}}}

Once for each birthday, whenever the nights run. 29 February is kept on the 28th in other years. Whose birthday is not known gets
none.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.yearly import Yearly

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Birthday(Yearly):
    """The birthday."""

    of_the_person: ClassVar[bool] = True

    def first(self, known: MemberFacts) -> tuple[int, int, int] | None:
        """The birthday, in any year."""
        return (*known.birthday, 0) if known.birthday else None

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return self.said_of(phrase("On your birthday"))


RULE = Birthday
