"""The `points:` block: how points are earned and capped, when they can be used, when they lapse, what they are worth."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import currency_of
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.fields import ValidationInfo


def read_worth(value: object, info: ValidationInfo) -> int:
    """The money one point stands for, in thousandths of a minor unit."""
    worth = decimal_of(value, "0.01") * 1000 * 10 ** currency_of(info).digits
    if worth < 0 or worth.denominator != 1:
        raise refuse(
            "{text} is not what a point can be worth.",
            "Write an amount such as {example}.",
            text=str(value),
            example="0.01",
        )
    return int(worth)


Worth = Annotated[int, Unit("worth"), PlainValidator(read_worth), as_text(r"^\d+(\.\d+)?$", "money for one point, such as 0.01")]


class PointsAtMost(Settings):
    """The most points that purchases bring; what goes beyond is not given."""

    receipt: Whole | None = Field(None, description="on one receipt")
    day: Whole | None = Field(None, description="on one day")
    month: Whole | None = Field(None, description="in one calendar month")

    def announced(self) -> Iterator[Phrase]:
        """Each cap in the sentence that a poster would have."""
        if self.receipt is not None:
            yield phrase("At most {count} point for one receipt.", "At most {count} points for one receipt.", count=self.receipt)
        if self.day is not None:
            yield phrase(
                "At most {count} point for the purchases of one day.",
                "At most {count} points for the purchases of one day.",
                count=self.day,
            )
        if self.month is not None:
            yield phrase(
                "At most {count} point for the purchases of one month.",
                "At most {count} points for the purchases of one month.",
                count=self.month,
            )


class PointTerms:
    """How long points live and what they pay: what the program's own and those of a wallet say in the same words."""

    usable_after: Length | None
    lapse_after: Length | None
    lapse_at: str = "that day"
    one_point_pays: Worth
    pays_up_to: Percent
    use_at_least: Whole | None
    use_in_steps_of: Whole | None

    @property
    def wait(self) -> bool:
        """Whether points can be used on a later day only than that on which they were earned."""
        return self.usable_after is not None and self.usable_after.count > 0

    @property
    def each_has_its_day(self) -> bool:
        """Whether points have a last day once they are earned."""
        return self.lapse_after is not None

    def usable_on(self, earned: Day) -> Day:
        """The day on which points earned on a day become usable."""
        return self.usable_after.after(earned) if self.usable_after else earned

    def last_day(self, earned: Day) -> Day:
        """The last day on which points earned on a day can be used, moved to the end of its month or year where that is said."""
        if self.lapse_after is None:
            return NEVER
        day = self.lapse_after.after(earned)
        if self.lapse_at == "end of month":
            return add_months(start_of_month(day), 1) - 1
        if self.lapse_at == "end of year":
            return add_months(start_of_year(day), 12) - 1
        return day

    @property
    def pays(self) -> bool:
        """Whether points are money at the till."""
        return self.one_point_pays > 0

    @property
    def asks_the_basket(self) -> bool:
        """Whether how many may pay depends on the basket."""
        return self.pays_up_to < WHOLE

    def pay(self, points: int) -> int:
        """The money that so many points pay."""
        return points * self.one_point_pays // 1000

    def for_money(self, amount: int) -> int:
        """How many points an amount takes, or a little less of it."""
        return amount * 1000 // self.one_point_pays

    def most_of(self, price: int) -> int:
        """As much of a price as points may pay."""
        return price * self.pays_up_to // WHOLE

    def in_steps(self, points: int) -> int:
        """As many of some points as can be used at once: whole steps."""
        return points - points % (self.use_in_steps_of or 1)

    def why_not(self, points: int) -> Phrase | None:
        """Why just so many points can not be used at once."""
        if self.use_at_least is not None and points < self.use_at_least:
            return phrase("Points can be used from {least} on, not {points}.", least=self.use_at_least, points=points)
        if points != self.in_steps(points):
            return phrase("Points are used in steps of {step}, not {points}.", step=self.use_in_steps_of, points=points)
        return None


class Wallet(PointTerms, Settings):
    """Another kind of points, with a life and a worth of its own."""

    usable_after: Length | None = Field(None, description="how long points wait before they can be used")
    lapse_after: Length | None = Field(None, description="how long points can be used, from the day they were earned")
    one_point_pays: Worth = Field(0, description="the money one point pays")
    pays_up_to: Percent = Field(WHOLE, description="the largest part of a purchase that points pay")
    use_at_least: Whole | None = Field(None, description="the smallest number of points that can be used at once")
    use_in_steps_of: Whole | None = Field(None, description="points are used by so many: 100, 200, 300 with 100")


PAY_NOTHING = phrase("Points do not pay in this program: it has no one_point_pays.")
MONTHS_END = phrase("They lapse together at the end of that month.")
YEARS_END = phrase("They lapse together at the end of that year.")


def pays_said(points: PointTerms, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """What points pay; of so few that they come to whole money."""
    if points.pays:
        many = next((few for few in (1, 10, 100, 1000) if points.one_point_pays * few % 1000 == 0), 1000)
        amount = money(points.pay(many))
        yield phrase("{count} point pays {amount}.", "{count} points pay {amount}.", count=many, amount=amount)
        if points.asks_the_basket:
            yield phrase("Points pay up to {percent} of a purchase.", percent=Share(points.pays_up_to))


class Points(PointTerms, Settings):
    """How points are earned, when they can be used, when they lapse, what they are worth."""

    later: ClassVar[tuple[str, ...]] = (
        "given_back_for", "use_at_least", "together", "at_most", "lapse_without_purchase", "use_in_steps_of",
        "wallets", "gifts", "called",
    )  # fmt: skip

    earn: dict[str, Any] = Field(description="the earn rules by name; later ones multiply what stands above them")
    together: Literal["add", "best"] = Field(
        "add", description="what happens when several earn rules fit the same goods: all count, or the one that gives most"
    )
    at_most: PointsAtMost = Field(PointsAtMost(), description="the most points that purchases bring")
    round: Literal["down", "half up", "up"] = Field("down", description="how a receipt's points are made whole, once")
    usable_after: Length | None = Field(None, description="how long points wait before they can be used")
    lapse_after: Length | None = Field(None, description="how long points can be used, from the day they were earned")
    lapse_at: Literal["that day", "end of month", "end of year"] = Field(
        "that day", description="whether points of a month or year lapse together at its end"
    )
    lapse_without_purchase: Length | None = Field(
        None, description="after how long without a purchase all points lapse; each purchase begins that time anew"
    )
    given_back_for: Length | None = Field(
        None, description="how long used points can be used at least when they come back with returned goods"
    )
    use_at_least: Whole | None = Field(None, description="the smallest number of points that can be used at once")
    use_in_steps_of: Whole | None = Field(None, description="points are used by so many: 100, 200, 300 with 100")
    one_point_pays: Worth = Field(0, description="the money one point pays")
    pays_up_to: Percent = Field(WHOLE, description="the largest part of a purchase that points pay")
    called: str = Field("", description="what the shop calls its points, such as credit: they are then shown as money")
    gifts: dict[str, Whole] = Field({}, description="the catalogue: how many points a gift costs")
    wallets: dict[str, Wallet] = Field({}, description="other kinds of points by name; earn rules say into: NAME")

    @property
    def each_has_its_day(self) -> bool:
        """Whether points have a last day once they are earned, which no purchase moves."""
        return super().each_has_its_day and self.lapse_without_purchase is None

    def used(self, money: Callable[[int], Money]) -> Iterator[Phrase]:
        """When points can be used, for what, and when they lapse, in the sentences that a poster would have."""
        if self.usable_after:
            yield phrase("New points can be used after {span}.", span=self.usable_after)
        yield from pays_said(self, money)
        if self.use_at_least:
            yield phrase("No fewer than {count} point at once.", "No fewer than {count} points at once.", count=self.use_at_least)
        if self.lapse_after:
            yield phrase("Points can be used for {span} from the day they were earned; then they lapse.", span=self.lapse_after)
            if self.lapse_at != "that day":
                yield MONTHS_END if self.lapse_at == "end of month" else YEARS_END
        elif self.lapse_without_purchase is None:
            yield phrase("Points do not lapse.")
        if self.given_back_for:
            yield phrase("Used points that come back with returned goods can be used for {span} at least.", span=self.given_back_for)

    def announced(self) -> Iterator[Phrase]:
        """What holds for all earn rules, in the sentences that a poster would have."""
        if self.together == "best":
            yield phrase("Where several of these fit the same goods, the one that gives most counts.")
        yield from self.at_most.announced()
        if self.lapse_without_purchase is not None:
            yield phrase("All points lapse after {span} without a purchase.", span=self.lapse_without_purchase)
        if self.use_in_steps_of is not None:
            yield phrase("Points are used in steps of {step}.", step=self.use_in_steps_of)
        for gift, points in self.gifts.items():
            yield phrase("{gift} for {count} point.", "{gift} for {count} points.", gift=gift, count=points)
        for name, wallet in self.wallets.items():
            if wallet.lapse_after is not None:
                yield phrase("Points of {wallet} can be used for {span}.", wallet=name, span=wallet.lapse_after)

    @field_validator("use_in_steps_of")
    @classmethod
    def not_nothing(cls, points: int | None) -> int | None:
        """Steps of no points lead nowhere."""
        if points == 0:
            raise refuse("0 points are not used.", "Write a number such as {example}.", example="100")
        return points
