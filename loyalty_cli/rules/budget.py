"""`budget:`, how much money a reward may cost in all, and when the owner is told that it runs out."""

from __future__ import annotations

from typing import Annotated

from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse


class BudgetTerms(Settings):
    """So much money for all members together."""

    amount: Amount = Field(description="what it may cost in all: points what they pay, coupons what they are worth, gifts what they cost")
    warn_at: Percent = Field(8_000, description="you are told when so much of it is spent")

    @field_validator("amount")
    @classmethod
    def something(cls, amount: int) -> int:
        """A budget of nothing gives nothing."""
        if not amount:
            raise refuse("A budget of 0 would give nothing to anybody.", "Write an amount above 0: {example}.", example="budget: 5000.00")
        return amount

    @field_validator("warn_at")
    @classmethod
    def a_share(cls, share: int) -> int:
        """A share of it."""
        if not 0 < share <= WHOLE:
            raise refuse("This is no share of the budget.", "Write a percent up to 100%: {example}.", example="warn_at: 80%")
        return share

    @property
    def warned_from(self) -> int:
        """The money from which the owner is told."""
        return -(-self.amount * self.warn_at // WHOLE)


def as_a_block(value: object) -> object:
    """One amount alone is the budget."""
    return value if value is None or isinstance(value, dict) else {"amount": value}


Budget = Annotated[BudgetTerms, BeforeValidator(as_a_block)]
