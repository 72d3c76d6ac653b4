"""Money as whole minor units (grosz, kopeck, ban, cent), and the few places where it is rounded or shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

# ISO 4217: currencies whose minor unit is not a hundredth.
DIGITS = {
    **dict.fromkeys(("JPY", "KRW", "CLP", "ISK", "VND", "XAF", "XOF", "UGX", "PYG"), 0),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3),
}
Rounding = Literal["down", "half up", "up"]
# Percents are kept in hundredths: so many are all of it.
WHOLE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency by its ISO 4217 code and the number of digits after its point (PLN 2, JPY 0)."""

    code: str
    digits: int

    def plain(self, amount: int) -> str:
        """The amount as machines read it: `-1234.50`, no grouping, no sign of the currency."""
        if not self.digits:
            return str(amount)
        whole, part = divmod(abs(amount), 10**self.digits)
        return f"{'-' if amount < 0 else ''}{whole}.{part:0{self.digits}}"

    def money(self, amount: int) -> Money:
        """The amount as a sentence has it."""
        return Money(amount, self.code, self.digits)


NO_CURRENCY = Currency(code="", digits=2)


def currency_named(code: str) -> Currency:
    """A currency with its digits."""
    return Currency(code=code, digits=DIGITS.get(code, 2))


def rounded(numerator: int | Fraction, denominator: int, how: Rounding = "down") -> int:
    """An exact fraction as a whole number, rounded once; `down` is towards minus infinity.

    >>> rounded(25, 10), rounded(25, 10, "half up"), rounded(21, 10, "up")
    (2, 3, 3)
    """
    match how:
        case "down":
            return numerator // denominator
        case "half up":
            return (2 * numerator + denominator) // (2 * denominator)
        case "up":
            return -(-numerator // denominator)


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """A total shared in proportion to the weights by largest remainder, ties to the first; the parts sum exactly.

    >>> shared(1000, [5999, 2350, 735])
    [660, 259, 81]
    """
    whole = sum(weights)
    if len(weights) <= 1 or not whole:
        return [total, *([0] * (len(weights) - 1))] if weights else []
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    missing = abs(total) - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in by_remainder[:missing]:
        parts[index] += 1
    return [sign * part for part in parts]
