"""What an earn rule adds to a receipt's points; every kind of earn rule gives one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.rules.control import CONTROL
from loyalty_cli.rules.control import Share
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Exact points, and a factor on what stands above the rule.

    Points are for each minor unit paid, for each thousandth of a piece, for the receipt as a whole.
    `step` counts only whole steps of so much money or so many thousandths (0: every one); below `basket_at_least` and
    from `basket_below` on the rule gives nothing.
    """

    per_unit: Fraction = Fraction(0)
    per_piece: Fraction = Fraction(0)
    per_receipt: Fraction = Fraction(0)
    factor: Fraction = Fraction(1)
    step: int = 0
    basket_at_least: int = 0
    basket_below: int | None = None
    counts_for_tier: bool = True

    @property
    def multiplies(self) -> bool:
        """Whether it gives nothing itself."""
        return not (self.per_unit or self.per_piece or self.per_receipt)


class EarnRule(Settings):
    """The base of all kinds of earn rule: on which receipts they count, and where their points go."""

    later: ClassVar[tuple[str, ...]] = ("control",)

    basket_at_least: Amount = Field(0, description="the smallest receipt that counts")
    basket_below: Amount | None = Field(None, description="receipts of this amount or more do not count")
    counts_for_tier: YesNo = Field(True, description="whether these points count for tiers by points; those of a wallet never do")
    into: str = Field("", description="another wallet of `wallets:` that it is about")
    only: Only = Field(EVERYTHING, description="where it applies")
    control: Share | None = CONTROL

    def contribution(self) -> Contribution:
        """What it adds."""
        raise NotImplementedError

    def adding(self, **points: Any) -> Contribution:
        """So many points, or a factor, on the receipts that count."""
        return Contribution(
            basket_at_least=self.basket_at_least, basket_below=self.basket_below, counts_for_tier=self.counts_for_tier, **points
        )

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        raise NotImplementedError


def completed(said: Phrase, rule: EarnRule, money: Callable[[int], Money]) -> Phrase:
    """A rule's sentence with the receipts that count, and with where its points go."""
    part = rule.contribution()
    said = for_baskets(said, part.basket_at_least, part.basket_below, money)
    if not part.counts_for_tier:
        said = phrase("{what} These points do not count for the tier.", what=said)
    return phrase("{what} They go into {wallet}.", what=said, wallet=rule.into) if rule.into else said


def for_baskets(said: Phrase, least: int, below: int | None, money: Callable[[int], Money]) -> Phrase:
    """A rule's sentence with the receipts that count."""
    if least > 1 and below is not None:
        return phrase("{what} On receipts from {least} on, below {below}.", what=said, least=money(least), below=money(below))
    if least > 1:
        return phrase("{what} On receipts from {least} on.", what=said, least=money(least))
    return said if below is None else phrase("{what} On receipts below {below}.", what=said, below=money(below))
