"""Who is in one of some groups of the members list.

    segments:
      young regulars: {groups: [student], visits: {at_least: 4, counted_over: calendar month}}

A group holds from its first day through its last.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Names
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class Groups(Condition):
    """One of these groups."""

    short: ClassVar[str] = "groups"

    groups: Names = Field(description="the groups: [student], or several")

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the member is in one of them on that day, and the next day on which they enter a group or have left one."""
        return Stands(not at.groups.isdisjoint(self.groups), at.known.regrouped_after(at.day))

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("one of the groups: {names}", names=self.groups)


RULE = Groups
