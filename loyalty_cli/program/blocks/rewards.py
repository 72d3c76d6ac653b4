"""One of the `rewards:` block: what holds for it whatever starts it and whatever it gives."""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import Literal

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.at_most import Times
from loyalty_cli.rules.budget import Budget
from loyalty_cli.rules.control import CONTROL
from loyalty_cli.rules.control import Share

OF_WHEN = phrase("It belongs to what must happen: {example}.", example="when: {visits: 3, counted_over: calendar month}")
OF_GIVE = phrase("It belongs to what is given: {example}.", example="give: {points: 300, to_friend: {points: 100}}")


class RewardBlock(Settings):
    """When something happens, give something."""

    instead: ClassVar[Any] = {
        **dict.fromkeys(("only", "counted_over", "times", "within", "settled_after", "at_least", "basket_at_least"), OF_WHEN),
        "to_friend": OF_GIVE,
    }

    when: dict[str, Any] = Field(description="what must happen")
    give: dict[str, Any] = Field(description="what the member gets")
    at_most: Times | None = Field(None, description="how often a member gets it: once, 3, once in 90 days")
    in_all: Whole | None = Field(None, description="how often it is given to all members together: 100 for the first 100")
    budget: Budget | None = Field(None, description="how much it may cost in all: 5000.00, or {amount: 5000.00, warn_at: 90%}")
    on_return: Literal["take back", "keep"] = Field("take back", description="whether returned goods take back what is no longer reached")
    surprise: YesNo = Field(False, description="whether it is not shown before it happens")
    control: Share | None = CONTROL

    @field_validator("in_all")
    @classmethod
    def somebody(cls, in_all: int | None) -> int | None:
        """A reward for nobody is none."""
        if in_all == 0:
            raise refuse("in_all: 0 would give it to nobody.", "Write how often it is given: {example}.", example="in_all: 100")
        return in_all

    @property
    def said(self) -> dict[str, Any]:
        """What goes for all kinds, where it is not as usual."""
        beside = self.model_dump(exclude={"when", "give"})
        return {name: value for name, value in beside.items() if getattr(self, name) != self.model_fields[name].default}
