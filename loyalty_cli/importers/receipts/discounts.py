"""The discount of a row: money or a percent, taken off the row's amount already or still to be taken off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.forms.numbers import money_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.reading.forms.numbers import NumberForm

DIGITS_OF_PERCENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounts:
    """How discounts of one layout are meant; money that is off already is what most tills write."""

    percent: bool = False
    to_take_off: bool = False

    @property
    def change(self) -> bool:
        """Whether amounts or discounts have to be worked out."""
        return self.percent or self.to_take_off

    def settle(self, amounts: Sequence[int], discounts: Sequence[int]) -> tuple[list[int], list[int]]:
        """What was paid for each row, and the discount in money; what came back has both below zero."""
        pairs = [self.settled(amount, abs(discount)) for amount, discount in zip(amounts, discounts, strict=True)]
        return [paid for paid, _ in pairs], [off for _, off in pairs]

    def settled(self, amount: int, discount: int) -> tuple[int, int]:
        """One row.

        >>> Discounts(percent=True, to_take_off=True).settled(8000, 1000), Discounts(percent=True).settled(7200, 1000)
        ((7200, 800), (7200, 800))
        >>> Discounts(to_take_off=True).settled(-8000, 800)
        (-7200, 800)
        """
        size, sign = abs(amount), -1 if amount < 0 else 1
        off = discount
        if self.percent:
            rest = WHOLE if self.to_take_off else WHOLE - discount
            off = rounded(size * discount, rest, "half up") if rest > 0 else 0
        return (sign * (size - off) if self.to_take_off else amount), off


def percent_or_nothing(form: NumberForm) -> Callable[[str], int | None]:
    """Reads percents with a % or without, as hundredths of one; an empty cell is none."""
    read = money_reader(form, DIGITS_OF_PERCENT)

    def percent(text: str) -> int | None:
        bare = text.strip().removesuffix("%").strip()
        value = read(bare) if bare else 0
        return value if value is not None and abs(value) <= WHOLE else None

    return percent
