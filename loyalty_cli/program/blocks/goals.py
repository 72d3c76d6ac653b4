"""The `goals:` block: what the owner wants the program to reach. No rule: members have the same whatever it says."""

from __future__ import annotations

from typing import get_args

from loyalty_cli.model.days import Span
from loyalty_cli.model.goal import Goal
from loyalty_cli.model.goal import Measure
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse

# What is compared over four weeks is said in days; a month has now more, now fewer of them.
DAYS_IN = {"days": 1, "weeks": 7}


class GoalBlock(Settings):
    """One goal: one measure with the percent that it shall reach, or stay below."""

    turnover_with_card: Percent | None = Field(None, description="the share of the turnover that comes with a card: 60%")
    receipts_with_card: Percent | None = Field(None, description="the share of the receipts with a card: 50%")
    come_back: Percent | None = Field(None, description="the share of new members who buy again in time: 40%")
    active: Percent | None = Field(None, description="the share of all members who bought in the last twelve weeks: 30%")
    cost_below: Percent | None = Field(None, description="what rewards may cost of members' turnover: 3%")
    within: Length = Field(Span(count=60, unit="days"), description="come_back: in which time they shall buy again")

    @model_validator(mode="after")
    def one_measure(self) -> GoalBlock:
        """A goal measures one thing."""
        said = [measure for measure in get_args(Measure) if getattr(self, measure) is not None]
        if len(said) != 1:
            raise refuse(
                "A goal has one of {names}.",
                "Write one of them: {example}.",
                names=", ".join(get_args(Measure)),
                example="come_back: 40%",
            )
        if self.within.unit not in DAYS_IN:
            hint = "Say it in days or weeks: {example}."
            raise refuse("{span} is now longer, now shorter.", hint, span=str(self.within), example="60 days")
        return self

    def goal(self, name: str) -> Goal:
        """As reports keep it."""
        measure: Measure = next(each for each in get_args(Measure) if getattr(self, each) is not None)
        days = self.within.count * DAYS_IN[self.within.unit]
        return Goal(name=name, measure=measure, target=getattr(self, measure), within=days)
