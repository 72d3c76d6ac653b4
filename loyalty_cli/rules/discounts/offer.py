"""What every discount shares: where it applies, its group, what it never goes with, its ceilings; and what it may look at."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import Any
from typing import ClassVar
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.control import CONTROL
from loyalty_cli.rules.control import Share
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from loyalty_cli.model.days import Day
    from loyalty_cli.rules.window import Window

OTHER_MEMBERS = phrase("It is for other members.")
Said = Callable[[int], Money]


class Buyer(NamedTuple):
    """What a discount may know of who buys: turnover and visits before this basket, and the basket before discounts.

    `basket` is None where there is none yet; `by_day` is the turnover by day, where a discount counts over a window; `quantity`
    is that of the goods in thousandths, where it counts units. Of `nobody` whom the shop knows it can not tell the turnover.
    """

    spent: int = 0
    visits: int = 0
    basket: int | None = None
    day: Day = 0
    joined: Day = 0
    by_day: Sequence[tuple[Day, int]] = ()
    quantity: int = 0
    nobody: bool = False

    def spent_over(self, window: Window) -> int:
        """The turnover of a window that ends today."""
        if window.kind == "lifetime":
            return self.spent
        first = window.first_day(self.day, self.joined or self.day)
        return sum(amount for day, amount in self.by_day if first <= day <= self.day)


class Unit(NamedTuple):
    """One piece of goods: its line, what it still costs, its product and category."""

    line: int
    price: Fraction | int
    product: str
    category: str


class Taking(NamedTuple):
    """What an offer takes off single units, and the units it used up, by their places among those it was shown."""

    off: Mapping[int, Fraction | int]
    used: frozenset[int]


NOTHING_TAKEN = Taking({}, frozenset())


class AtMost(Settings):
    """Ceilings in money."""

    line: Amount | None = Field(None, description="no more than this off one line")
    receipt: Amount | None = Field(None, description="no more than this off one receipt")
    month: Amount | None = Field(None, description="no more than this off in a calendar month for one member")

    def used_up(self, taken: int) -> bool:
        """Whether what was taken off in a calendar month leaves nothing for its rest."""
        return self.month is not None and taken >= self.month


class Offer(Settings):
    """What every discount may say."""

    later: ClassVar[tuple[str, ...]] = ("group", "never_with", "at_most", "control")
    # Whether it looks at single units of goods, or takes a percent or an amount off what is left.
    takes: ClassVar[Literal["units", "percent", "amount"]] = "percent"
    # Why it takes nothing off where nothing else stands in its way.
    too_little: ClassVar[Phrase] = phrase("Too little has been bought for it.")
    # Whether its percent is known only with a basket.
    asks_the_basket: ClassVar[bool] = False
    # Whether it asks how many units there are, which the sum of a basket does not say.
    counts_units: ClassVar[bool] = False
    # What a till takes off is known only at the till: no sum over all members can stop it in time.
    instead: ClassVar[Any] = {
        "budget": phrase(
            "A discount has ceilings: {ceilings}, and {all} for all percents together. What has a budget is a reward, "
            "or a coupon: {coupon}.",
            ceilings="at_most: {line: 5.00, receipt: 20.00, month: 100.00}",
            all="never_above: 20%",
            coupon="{discount: 10%, valid_for: 14 days, pays_at_most: 20.00, budget: 5000.00}",
        )
    }

    only: Only = Field(EVERYTHING, description="where it applies")
    group: str = Field("", description="the group of discounts it belongs to, one of groups:")
    never_with: Names = Field((), description="discounts that never go together with it; the better one holds")
    at_most: AtMost | None = Field(None, description="ceilings in money: {line: 5.00, receipt: 20.00, month: 100.00}")
    control: Share | None = CONTROL

    def percent(self, _: Buyer) -> int:
        """The percent off, in basis points; 0 for what is no percent."""
        return 0

    def amount(self, _: Buyer) -> int:
        """The money off, in minor units; 0 for what is no amount."""
        return 0

    def why_nothing(self, _: Buyer) -> Phrase:
        """Why it takes nothing off this buyer's goods where it is neither a percent nor an amount for them."""
        return self.too_little

    def on_units(self, _: Sequence[Unit]) -> Taking:
        """What it takes off single units."""
        return NOTHING_TAKEN

    def announced(self, _: Said) -> Phrase:
        """The sentence that a poster would have; every kind has its own."""
        raise NotImplementedError
