"""When a member gets a badge from another reward.

    rewards:
      regular: {when: {visits: 10}, give: {badge: regular}}
      for regulars: {when: {badge: regular}, give: {points: 50}}

A badge that is taken back takes back what it brought.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.fed import Fed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class GotBadge(Fed):
    """A badge has come."""

    short: ClassVar[str] = "badge"

    badge: str = Field(description="the badge that another reward gives")

    @property
    def asset(self) -> str:
        """The badge."""
        return f"badge:{self.badge}"

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For the badge {name}", name=self.badge)


RULE = GotBadge
