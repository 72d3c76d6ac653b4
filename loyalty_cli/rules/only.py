"""`only:`, the one filter that every rule may have: when, where, what and who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from typing import cast
from typing import ClassVar
from typing import NamedTuple

from pydantic import Field
from pydantic import PlainSerializer
from pydantic import PlainValidator
from pydantic import WithJsonSchema

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import Day
from loyalty_cli.reading.settings import Hours
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import dates_from
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import refuse

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Moment(NamedTuple):
    """What a filter may look at when a receipt comes: the day, seconds since midnight, and the member as they stand.

    `points_used` says that a part of the receipt was paid with points, or otherwise by what the till calls loyalty.
    """

    day: Day
    clock: int
    store: str
    tier: str
    groups: frozenset[str]
    birthday: tuple[int, int] | None
    points_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """Which lines of a receipt a rule looks at, by product code (the name where there is none) or category."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    except_products: frozenset[str] = frozenset()

    def take(self, code: str, category: str) -> bool:
        """Whether a line of this product counts."""
        if code in self.except_products or category in self.except_categories:
            return False
        return not (self.products or self.categories) or code in self.products or category in self.categories


def read_dates(value: object) -> tuple[Dates, ...]:
    """One period or a list of periods."""
    return tuple(dates_from(item) for item in cast("list[object]", value if isinstance(value, list) else [value]))


def read_weekdays(value: object) -> tuple[int, ...]:
    """Names of weekdays as numbers, Monday 0."""
    names = [name.casefold() for name in names_of(value)]
    for name in names:
        if name not in WEEKDAYS:
            raise refuse(
                "{name} is not a day of the week.",
                "Write names such as {example}.",
                name=name,
                example="[monday, friday]",
            )
    return tuple(WEEKDAYS.index(name) for name in names)


Periods = Annotated[
    tuple[Dates, ...],
    PlainValidator(read_dates),
    PlainSerializer(lambda periods: [str(period) for period in periods]),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Weekdays = Annotated[
    tuple[int, ...],
    Unit("weekdays"),
    PlainValidator(read_weekdays),
    PlainSerializer(list),
    WithJsonSchema({"anyOf": [{"enum": WEEKDAYS}, {"type": "array", "items": {"enum": WEEKDAYS}}]}),
]


class Only(Settings):
    """Where all the given conditions hold: dates, weekdays, hours, stores, products, groups, tiers, birthday, payment."""

    later: ClassVar[tuple[str, ...]] = ("points_used",)

    dates: Periods = Field((), description="only on these days: 2026-12-01 to 2026-12-24, or a list of periods")
    weekdays: Weekdays = Field((), description="only on these days of the week")
    hours: Hours | None = Field(None, description="only at this time of day: 10:00 to 12:00")
    stores: Names = Field((), description="only in these stores")
    categories: Names = Field((), description="only for lines of these categories")
    products: Names = Field((), description="only for lines of these product codes, or names where the till has no codes")
    except_categories: Names = Field((), description="not for lines of these categories")
    except_products: Names = Field((), description="not for lines of these product codes, or names where the till has no codes")
    groups: Names = Field((), description="only for members of one of these groups")
    tiers: Names = Field((), description="only for members of one of these tiers")
    birthday_within: Whole | None = Field(None, description="only this many days before or after the birthday")

    points_used: YesNo | None = Field(None, description="only for receipts partly paid with points, or (no) for the others")

    @property
    def filter(self) -> Products | None:
        """The part that looks at products, or None where every line counts."""
        filter_ = Products(
            categories=frozenset(self.categories),
            products=frozenset(self.products),
            except_categories=frozenset(self.except_categories),
            except_products=frozenset(self.except_products),
        )
        return None if filter_ == Products() else filter_

    @property
    def conditional(self) -> bool:
        """Whether anything besides products is asked."""
        return bool(self.of_the_moment or self.of_the_member)

    @property
    def of_the_moment(self) -> bool:
        """Whether the time or the place is asked."""
        asked = self.dates or self.weekdays or self.hours or self.stores
        return bool(asked or self.birthday_within is not None or self.points_used is not None)

    @property
    def asks_a_purchase(self) -> bool:
        """Whether anything is asked that only a receipt has."""
        return bool(self.filter or self.hours or self.stores or self.points_used is not None)

    @property
    def of_the_member(self) -> bool:
        """Whether the member's groups or tier are asked."""
        return bool(self.groups or self.tiers)

    def holds(self, moment: Moment) -> bool:
        """Whether everything but the products fits."""
        return self.fits_the_time(moment) and self.fits_the_member(moment)

    def fits_the_time(self, moment: Moment) -> bool:
        """Dates, weekdays, hours, stores, payment and birthday."""
        if self.dates and not any(moment.day in period for period in self.dates):
            return False
        if self.weekdays and date_of(moment.day).weekday() not in self.weekdays:
            return False
        if self.hours and not self.hours[0] <= moment.clock < self.hours[1]:
            return False
        if self.stores and moment.store not in self.stores:
            return False
        if self.points_used is not None and moment.points_used is not self.points_used:
            return False
        return self.birthday_within is None or near_birthday(moment, self.birthday_within)

    def fits_the_member(self, moment: Moment) -> bool:
        """Groups and tiers."""
        if self.tiers and moment.tier not in self.tiers:
            return False
        return not self.groups or not moment.groups.isdisjoint(self.groups)


EVERYTHING = Only()


def near_birthday(moment: Moment, days: int) -> bool:
    """Whether a birthday lies within some days of the moment; 29 February is kept on the 28th."""
    if moment.birthday is None:
        return False
    month, day = moment.birthday
    year = date_of(moment.day).replace(month=1, day=1)
    for shift in (-12, 0, 12):
        first = add_months(moment.day - (date_of(moment.day) - year).days, shift + month - 1)
        kept = min(first + day - 1, add_months(first, 1) - 1)
        if abs(moment.day - kept) <= days:
            return True
    return False
