"""What a plan is asked, and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.costs import Cost
from loyalty_cli.model.costs import Costs
from loyalty_cli.model.money import Currency
from loyalty_cli.model.money import currency_named

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.operations.plan.trading import Said
    from loyalty_cli.operations.shop.template import Answers
    from loyalty_cli.paying.planned import Planned
    from loyalty_cli.paying.trade import Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """What was asked: how the shop trades, money in minor units; `budget` is for a month, None where nothing is said."""

    said: Said
    answers: Answers
    from_history: bool = False
    budget: int | None = None
    set_up: int = 0
    monthly: int = 0

    @property
    def currency(self) -> Currency:
        """The shop's currency."""
        return currency_named(self.answers.currency)

    def money(self, amount: int) -> Money:
        """An amount of it."""
        return self.currency.money(amount)

    def costs(self, margin: int) -> Costs:
        """What the program costs besides its rewards, as `costs:` has it."""
        starts = self.answers.starts
        set_up = (Cost("start", self.set_up, starts),) if self.set_up else ()
        monthly = (Cost("monthly", self.monthly, starts),) if self.monthly else ()
        return Costs(set_up=set_up, each_month=monthly, margin=margin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the shop trades, and the sizes that fit it."""

    trade: Trade
    sizes: tuple[Planned, ...]
    planning: Planning

    def size(self, name: str) -> Planned:
        """One of them."""
        return next(each for each in self.sizes if each.proposal.size == name)
