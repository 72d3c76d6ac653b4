"""What a member thinks of the shop, by the last survey with a score: promoter, passive or detractor.

    segments:
      fans: {opinion: promoter}
      unhappy: {opinion: detractor, not: {not_here_for: 90 days}}

A promoter answered 9 or 10 (5 of 5), a detractor 0 to 6 (1 to 3 of 5), the others are passive.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.feedback import DETRACTOR
from loyalty_cli.model.feedback import PASSIVE
from loyalty_cli.model.feedback import PROMOTER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State

SAID = {
    PROMOTER: phrase("the last answer was 9 or 10 (5 of 5)"),
    PASSIVE: phrase("the last answer was 7 or 8 (4 of 5)"),
    DETRACTOR: phrase("the last answer was 6 or less (3 of 5 or less)"),
}


class Opinion(Condition):
    """The last answer. The state is what it makes the member."""

    short: ClassVar[str] = "opinion"

    opinion: Literal["promoter", "passive", "detractor"] = Field(description="promoter, passive or detractor")

    def answered(self, state: State, day: Day, opinion: str) -> None:
        """The last answer with a score counts."""
        if opinion:
            state[:] = [opinion]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the last answer says so."""
        return Stands(state == [self.opinion])

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return SAID[self.opinion]


RULE = Opinion
