"""On a member's name day, or some days before or after it.

    rewards:
      name day: {when: {name_day: on the day}, give: {points: 50}}

The day stands in the member's record (`loyalty member set --name-day 06-24`, or a column of a list of members): the calendar of
names is the member's own. Once a year, whenever the nights run. Whose name day is not known gets none.
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


class NameDay(Yearly):
    """The name day."""

    of_the_person: ClassVar[bool] = True

    def first(self, known: MemberFacts) -> tuple[int, int, int] | None:
        """The name day, in any year."""
        return (*known.name_day, 0) if known.name_day else None

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return self.said_of(phrase("On your name day"))


RULE = NameDay
