"""`only:`, the one filter that every rule may have: when, where, what and who."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated
from typing import cast
from typing import ClassVar
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import yearly_day
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.meant_days import dates_meant
from loyalty_cli.reading.settings import Hours
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import dates_from
from loyalty_cli.reading.values import more_than_one
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.card_ranges import CardRanges
from loyalty_cli.rules.weekdays import EveryWeeks
from loyalty_cli.rules.weekdays import is_one_of
from loyalty_cli.rules.weekdays import Weekdays

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.model.chance import KeptOut

    Question = Callable[["Only", "Moment"], bool]


MOST_DAYS = 31


class Moment(NamedTuple):
    """What a filter may look at when a receipt comes: the day, seconds since midnight, and the member as they stand.

    `points_used` says that a part of the receipt was paid with points, or otherwise by what the till calls loyalty,
    `coupon_used` that a coupon was used on it; `cards` are the numbers of the member's cards, `chance` is what decides who is in
    a control group, `recommender_chance` that of who brought the member; `segments` are those of the day.
    """

    day: Day
    clock: int
    store: str
    tier: str
    groups: frozenset[str]
    birthday: tuple[int, int] | None
    points_used: bool = False
    coupon_used: bool = False
    cards: tuple[str, ...] = ()
    chance: str = ""
    segments: frozenset[str] = frozenset()
    recommender_chance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """Which lines of a receipt a rule looks at, by product code (the name where there is none) or category."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    except_products: frozenset[str] = frozenset()
    full_price: bool | None = None

    def take(self, code: str, category: str, *, reduced: bool = False) -> bool:
        """Whether a line of this product, reduced or not, counts."""
        if self.full_price is reduced:
            return False
        if code in self.except_products or category in self.except_categories:
            return False
        return not (self.products or self.categories) or code in self.products or category in self.categories


def read_dates(value: object) -> tuple[Dates, ...]:
    """One period or a list of periods."""
    if isinstance(value, str) and len(several := re.split(r"\s*[,;]\s*", value.strip(" ,;"))) > 1:
        meant = [dates_meant(each) for each in several]
        if all(meant):
            raise NotUnderstood(*more_than_one(value, f"[{', '.join(map(str, meant))}]"))
    return tuple(dates_from(item) for item in cast("list[object]", value if isinstance(value, list) else [value]))


Periods = Annotated[
    tuple[Dates, ...],
    PlainValidator(read_dates),
    PlainSerializer(lambda periods: [str(period) for period in periods]),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Only(Settings):
    """Where all the given conditions hold: dates, weekdays, hours, stores, products, groups, tiers, birthday, payment."""

    later: ClassVar[tuple[str, ...]] = (
        "points_used", "coupon_used", "full_price", "cards", "every", "first_days_of_month", "segments"
    )  # fmt: skip

    dates: Periods = Field((), description="only on these days: 2026-12-01 to 2026-12-24, or a list of periods")
    weekdays: Weekdays = Field((), description="only on these days of the week: saturday, [monday, first saturday, last friday]")
    every: EveryWeeks | None = Field(None, description="only in every so many weeks: 2 weeks from 2026-12-07")
    first_days_of_month: Whole | None = Field(None, description="only on so many first days of each month")
    hours: Hours | None = Field(None, description="only at this time of day: 10:00 to 12:00")
    stores: Names = Field((), description="only in these stores")
    categories: Names = Field((), description="only for lines of these categories")
    products: Names = Field((), description="only for lines of these product codes, or names where the till has no codes")
    except_categories: Names = Field((), description="not for lines of these categories")
    except_products: Names = Field((), description="not for lines of these product codes, or names where the till has no codes")
    full_price: YesNo | None = Field(None, description="only for lines sold at full price, or (no) for reduced ones")
    groups: Names = Field((), description="only for members of one of these groups")
    tiers: Names = Field((), description="only for members of one of these tiers")
    segments: Names = Field((), description="only for members of one of these segments")
    cards: CardRanges = Field((), description="only for members with such a card: 29010000 to 29019999, or a list")
    birthday_within: Whole | None = Field(None, description="only this many days before or after the birthday")

    points_used: YesNo | None = Field(None, description="only for receipts partly paid with points, or (no) for the others")
    coupon_used: YesNo | None = Field(None, description="only for receipts with a coupon, or (no) for the others")

    @field_validator("first_days_of_month")
    @classmethod
    def some_days(cls, days: int | None) -> int | None:
        """No first day is no day at all, and no month has more than 31."""
        if days is not None and not 0 < days <= MOST_DAYS:
            raise refuse("This is no number of days of a month.", "Write one from 1 to 31: {example}.", example="first_days_of_month: 3")
        return days

    @property
    def control(self) -> KeptOut | None:
        """Whom chance keeps out, where it does; see `OnlyByChance`."""
        return None

    @cached_property
    def filter(self) -> Products | None:
        """The part that looks at products, or None where every line counts."""
        filter_ = Products(
            categories=frozenset(self.categories),
            products=frozenset(self.products),
            except_categories=frozenset(self.except_categories),
            except_products=frozenset(self.except_products),
            full_price=self.full_price,
        )
        return None if filter_ == Products() else filter_

    @cached_property
    def conditional(self) -> bool:
        """Whether anything besides products is asked."""
        return bool(self.questions)

    @property
    def of_the_moment(self) -> bool:
        """Whether the time or the place is asked."""
        return bool(self.of_when)

    @property
    def asks_payments(self) -> bool:
        """Whether it is asked how a receipt was paid."""
        return self.points_used is not None or self.coupon_used is not None

    @property
    def asks_a_purchase(self) -> bool:
        """Whether anything is asked that only a receipt has."""
        return bool(self.filter or self.hours or self.stores or self.asks_payments)

    @property
    def of_the_member(self) -> bool:
        """Whether the member's groups, tier, segments or cards are asked."""
        return bool(self.of_who)

    @property
    def asks_who(self) -> bool:
        """Whether two members of the same tier and groups may be told apart."""
        return bool(self.cards or self.control)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Everything that is asked besides the products."""
        return (*self.of_when, *self.of_who)

    @cached_property
    def of_when(self) -> tuple[Question, ...]:
        """What is asked of the time, the place and the payment."""
        return (*self.of_the_day, *self.asked(OF_A_PURCHASE))

    @cached_property
    def of_the_day(self) -> tuple[Question, ...]:
        """What is asked of the day alone."""
        return self.asked(OF_THE_CALENDAR)

    @cached_property
    def of_who(self) -> tuple[Question, ...]:
        """What is asked of the member."""
        return self.asked(OF_THE_MEMBER)

    def asked(self, questions: Mapping[str, Question]) -> tuple[Question, ...]:
        """Those of some questions that this filter says; what is not said is not asked."""
        return tuple(ask for name, ask in questions.items() if getattr(self, name) != self.model_fields[name].default)

    def holds(self, moment: Moment) -> bool:
        """Whether everything but the products fits."""
        for asks in self.questions:  # noqa: SIM110 -- all() costs twice as much, and this runs for every receipt and rule
            if not asks(self, moment):
                return False
        return True

    def fits_the_time(self, moment: Moment) -> bool:
        """Dates, weekdays, hours, stores, payment and birthday."""
        for asks in self.of_when:  # noqa: SIM110 -- as in `holds`
            if not asks(self, moment):
                return False
        return True

    def fits_the_calendar(self, day: Day) -> bool:
        """Dates, weekdays, every so many weeks, the first days of a month."""
        return all(asks(self, Moment(day, 0, "", "", frozenset(), None)) for asks in self.of_the_day)

    @property
    def without_calendar(self) -> Only:
        """What else is asked besides the day."""
        return self.model_copy(update={name: self.model_fields[name].default for name in OF_THE_CALENDAR})

    def fits_the_member(self, moment: Moment) -> bool:
        """Groups, tiers, segments and cards."""
        for asks in self.of_who:  # noqa: SIM110 -- as in `holds`
            if not asks(self, moment):
                return False
        return True


def in_dates(only: Only, moment: Moment) -> bool:
    """Whether the day lies in one of the periods."""
    return any(moment.day in period for period in only.dates)


def near_birthday(only: Only, moment: Moment) -> bool:
    """Whether a birthday lies within some days of the moment; 29 February is kept on the 28th."""
    if moment.birthday is None or only.birthday_within is None:
        return False
    year = date_of(moment.day).year
    days = (yearly_day(year + shift, *moment.birthday) for shift in (-1, 0, 1))
    return any(abs(moment.day - day) <= only.birthday_within for day in days)


def has_such_a_card(only: Only, moment: Moment) -> bool:
    """Whether one of the member's cards lies in one of the ranges."""
    return any(card in range_ for card in moment.cards for range_ in only.cards)


# The question that each setting asks.
OF_THE_CALENDAR: dict[str, Question] = {
    "dates": in_dates,
    "weekdays": lambda only, moment: is_one_of(moment.day, only.weekdays),
    "every": lambda only, moment: moment.day in (only.every or ()),
    "first_days_of_month": lambda only, moment: date_of(moment.day).day <= (only.first_days_of_month or 0),
}
OF_A_PURCHASE: dict[str, Question] = {
    "hours": lambda only, moment: only.hours is not None and only.hours[0] <= moment.clock < only.hours[1],
    "stores": lambda only, moment: moment.store in only.stores,
    "points_used": lambda only, moment: moment.points_used is only.points_used,
    "coupon_used": lambda only, moment: moment.coupon_used is only.coupon_used,
    "birthday_within": near_birthday,
}
OF_THE_MEMBER: dict[str, Question] = {
    "cards": has_such_a_card,
    "tiers": lambda only, moment: moment.tier in only.tiers,
    "segments": lambda only, moment: not moment.segments.isdisjoint(only.segments),
    "groups": lambda only, moment: not moment.groups.isdisjoint(only.groups),
}
EVERYTHING = Only()
