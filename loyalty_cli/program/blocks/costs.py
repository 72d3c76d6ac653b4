"""The `costs:` block: what the program costs besides its rewards, and what is left of a sale.

No rule: members have the same whatever it says.
"""

from __future__ import annotations

from typing import Annotated

from loyalty_cli.model.costs import Cost
from loyalty_cli.model.costs import Costs
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Name
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse


class SetUpCost(Settings):
    """What is paid once."""

    amount: Amount = Field(description="how much it is")
    on: OnDay | None = Field(None, description="on which day; else on the day the program starts")
    words: Name = Field("", description="what for, in your own words")


class MonthlyCost(Settings):
    """What is paid each month."""

    amount: Amount = Field(description="how much it is each month")
    since: OnDay | None = Field(None, description="from the month of this day on; else from the month the program starts in")
    until: OnDay | None = Field(None, description="through the month of this day")
    words: Name = Field("", description="what for, in your own words")

    @model_validator(mode="after")
    def in_order(self) -> MonthlyCost:
        """It begins before it ends."""
        if self.since is not None and self.until is not None and self.until < self.since:
            example = "since: 2026-01-01, until: 2026-06-30"
            raise refuse("It ends before it begins.", "Write the earlier day first: {example}.", example=example)
        return self


def as_a_block(value: object) -> object:
    """`cards: 1200.00` is short for `cards: {amount: 1200.00}`."""
    return value if isinstance(value, dict) else {"amount": value}


class CostsBlock(Settings):
    """What the program costs besides its rewards, what is left of a sale, and what is supposed of the program."""

    set_up: dict[str, Annotated[SetUpCost, BeforeValidator(as_a_block)]] = Field(
        {}, description="what setting up cost, by name: {cards: 1200.00, printing: {amount: 300.00, on: 2026-01-05}}"
    )
    each_month: dict[str, Annotated[MonthlyCost, BeforeValidator(as_a_block)]] = Field(
        {}, description="what each month costs, by name: {tool: 49.00, messages: {amount: 20.00, since: 2026-03-01}}"
    )
    margin: Percent | None = Field(
        None, description="what is left of a sale before the program's cost: 30%; else it comes from the list of products"
    )
    uplift: Percent | None = Field(None, description="by how much more members buy because there is a program, as you suppose: 5%")

    @field_validator("margin")
    @classmethod
    def a_share(cls, margin: int | None) -> int | None:
        """A part of the sale."""
        if margin is not None and not 0 < margin <= WHOLE:
            raise refuse("A margin is a part of the sale.", "Write a percent up to 100%: {example}.", example="margin: 30%")
        return margin

    def costs(self, starts: Day) -> Costs:
        """As reports keep it; what names no day is of the day on which the program starts."""
        set_up = [Cost(name, each.amount, starts if each.on is None else each.on, words=each.words) for name, each in self.set_up.items()]
        monthly = [
            Cost(
                name,
                each.amount,
                starts if each.since is None else each.since,
                NEVER if each.until is None else each.until,
                each.words,
            )
            for name, each in self.each_month.items()
        ]
        return Costs(set_up=tuple(set_up), each_month=tuple(monthly), margin=self.margin, uplift=self.uplift)
