"""Percents by an amount or a number reached, as `{2000: 5%, 10000: 8%}`."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import currency_of
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import percent_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of
from loyalty_cli.rules.discounts.offer import Offer
from loyalty_cli.rules.discounts.offer import OTHER_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.reading.fields import ValidationInfo
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.discounts.offer import Said


def read_steps(value: object, info: ValidationInfo) -> tuple[tuple[int, int], ...]:
    """The steps as (amount in minor units, basis points), lowest amount first."""
    return steps_of(value, lambda key: amount_of(key, currency_of(info)), "{2000: 5%, 10000: 8%}")


def read_count_steps(value: object) -> tuple[tuple[int, int], ...]:
    """The steps as (number, basis points), lowest number first."""
    return steps_of(value, whole_of, "{10: 3%, 50: 5%}")


def steps_of(value: object, read: Callable[[object], int], example: str) -> tuple[tuple[int, int], ...]:
    """Steps whose keys are read in one way."""
    if not isinstance(value, dict) or not value:
        raise refuse("Steps belong here.", "Write amounts with their percents: {example}.", example=example)
    steps = [(read(key), percent_of(percent)) for key, percent in cast("dict[str, Any]", value).items()]
    if len({amount for amount, _ in steps}) < len(steps):
        raise refuse("One amount stands here twice.", "Write each amount once.")
    return tuple(sorted(steps))


SCHEMA = WithJsonSchema({"type": "object", "additionalProperties": {"type": "string", "pattern": r"%$"}})
AS_LISTS = PlainSerializer(lambda steps: [list(step) for step in steps])
Steps = Annotated[tuple[tuple[int, int], ...], Unit("steps"), PlainValidator(read_steps), AS_LISTS, SCHEMA]
CountSteps = Annotated[tuple[tuple[int, int], ...], Unit("count steps"), PlainValidator(read_count_steps), AS_LISTS, SCHEMA]


def reached(steps: tuple[tuple[int, int], ...], amount: int) -> int:
    """The percent of the highest step that an amount has reached, in basis points; a step holds at its very amount.

    That of 0 is everybody's, also of who brought back more than the shop knows them to have bought.
    """
    return next((percent for threshold, percent in reversed(steps) if max(amount, 0) >= threshold), 0)


class Stepped(Offer):
    """A discount whose percent goes by steps, which mostly rise and may fall."""

    # Why it takes nothing off where the steps have fallen to nothing.
    too_much: ClassVar[Phrase] = phrase("Too much has been bought for it.")

    if TYPE_CHECKING:
        discount: tuple[tuple[int, int], ...]

    def looked_at(self, buyer: Buyer) -> int | None:
        """What the steps are steps of; None where nothing is known before there is a basket."""
        raise NotImplementedError

    def percent(self, buyer: Buyer) -> int:
        """Basis points off."""
        amount = self.looked_at(buyer)
        if buyer.nobody and not self.asks_the_basket:
            # Nobody's are the first purchase and the hundredth: whatever it was, so much is off at least.
            return min(reached(self.discount, threshold) for threshold in (0, *dict(self.discount)))
        return 0 if amount is None else reached(self.discount, amount)

    def why_nothing(self, buyer: Buyer) -> Phrase:
        """Too little, or too much for steps that end with nothing."""
        if not reached(self.discount, amount := self.looked_at(buyer) or 0):
            return self.too_much if any(percent for threshold, percent in self.discount if amount >= threshold) else self.too_little
        return OTHER_MEMBERS

    @property
    def rises(self) -> bool:
        """Whether no step has less than the one before it."""
        percents = [percent for _, percent in self.discount]
        return percents == sorted(percents)


def said_of(steps: tuple[tuple[int, int], ...], money: Said) -> list[Phrase]:
    """The steps in few words."""
    return [phrase("{amount}: {percent}%", amount=money(amount), percent=Percent(percent)) for amount, percent in steps]


def counts_said(steps: tuple[tuple[int, int], ...]) -> str:
    """The same of numbers."""
    return ", ".join(f"{count}: {percent / 100:g}%" for count, percent in steps)
