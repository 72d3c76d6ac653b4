"""Who belongs to the best tenth, or any other share, of all who bought: by what was spent over whole months.

    segments:
      best tenth: {best: 10%}
      best of the season: {best: {share: 5%, counted_over: 3 months}}

On the first morning of each month all members are put in order by what they spent, less what they brought back, in the months
before; the best stay in through that month. So many are in as the share of those who spent something, rounded up; all who spent
as much as the last of them are in, too. What comes in later does not change an order that was told.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Span
from loyalty_cli.model.entry import RANKED
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State

MONTHS = {"months": 1, "years": 12}


class Best(Condition):
    """A share of all members. The state is the last day of the latest month for which the member was among them."""

    short: ClassVar[str] = "share"

    share: Percent = Field(description="how many of those who bought, the best of them: 10%")
    counted_over: Length = Field(Span(count=12, unit="months"), description="over how many whole months they are compared: 12 months")

    @field_validator("share")
    @classmethod
    def some(cls, share: int) -> int:
        """Neither nobody nor everybody."""
        if not 0 < share < WHOLE:
            raise refuse("That is nobody, or everybody.", "Write {example}.", example="10%")
        return share

    @field_validator("counted_over")
    @classmethod
    def whole_months(cls, span: Span) -> Span:
        """A month is over or not."""
        if span.unit not in MONTHS:
            raise refuse("The best are found over whole months.", "Write {example}.", example="12 months")
        return span

    @property
    def months(self) -> int:
        """Over how many."""
        return self.counted_over.count * MONTHS[self.counted_over.unit]

    @property
    def ranking(self) -> str:
        """The asset by which a member hears of being among them; the same question has the same in every version."""
        return f"{RANKED}{self.share / 100:g}% of {self.months} months"

    def best_of(self, spent: Mapping[int, int]) -> dict[int, int]:
        """Those of all members who spent most, with what they spent."""
        in_order = sorted((amount for amount in spent.values() if amount > 0), reverse=True)
        if not in_order:
            return {}
        least = in_order[-(-len(in_order) * self.share // WHOLE) - 1]
        return {member: amount for member, amount in spent.items() if amount >= least}

    def ranked(self, state: State, until: Day) -> None:
        """The member is among them through a day."""
        state[:] = [until]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the month for which the member was among them goes on."""
        return Stands(True, state[0] + 1) if state and at.day <= state[0] else Stands(holds=False)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        text = "among the {share} of all buyers who spent most in {span}"
        return phrase(text, share=Share(self.share), span=self.counted_over)


RULE = Best
