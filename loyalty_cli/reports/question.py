"""What the reader of a report asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import end_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.shop_facts import NOTHING_KNOWN
from loyalty_cli.model.shop_facts import ShopFacts
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column

# 1 January 1900: no day of a shop lies before it.
EARLIEST = 2_415_021


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which days, stores and how many rows; a wish that was not given is None."""

    today: Day
    first: Day | None = None
    last: Day | None = None
    as_of: Day | None = None
    stores: Sequence[str] = ()
    limit: int | None = None
    within: int = 20
    days: int = 30
    draw: str | None = None
    about: str = ""
    # The day at whose end the standings are, where it is another than that of the last recalculation.
    standing_on: Day | None = None
    # When the month that this day ends was closed, if the standings are those with which it was.
    closed_at: str = ""
    # Whether something may have come late of closed months: not where the month before these days has just been closed with it.
    may_be_late: bool = True
    shop: ShopFacts = NOTHING_KNOWN

    @property
    def households_on(self) -> Day:
        """The day on which it is asked who shares an account: that of the standings."""
        return self.today if self.standing_on is None else self.standing_on

    @property
    def span(self) -> dict[str, int]:
        """The first and last day as a SELECT takes them."""
        return {
            "first": self.first if self.first is not None else 0,
            "last": self.last if self.last is not None else (self.as_of if self.as_of is not None else NEVER),
        }

    @property
    def day(self) -> Day | None:
        """The day at whose end things are asked for; None is now."""
        return self.as_of if self.as_of is not None else self.last

    @property
    def ahead(self) -> Dates:
        """The days that a look ahead is of: those that were said, or so many from the day asked for, or today, on."""
        first = self.first if self.first is not None else self.today if self.as_of is None else self.as_of
        return Dates(first=first, last=self.last if self.last is not None else first + self.days)

    def begin_of(self, day: Day) -> Day:
        """The first day of the month in which a day is counted; the first day asked for begins a month anew."""
        start = start_of_month(day)
        return max(start, self.first) if self.first is not None and self.first <= day else start

    def months_through(self, first: Day, last: Day) -> Iterator[Day]:
        """The months from that of a day through another, by the first day of each."""
        start = self.begin_of(first)
        while start <= last:
            yield start
            following = add_months(start_of_month(start), 1)
            anew = self.begin_of(following - 1)
            start = anew if anew > start else following

    @property
    def moments(self) -> dict[str, str]:
        """The days as moments in the form the database keeps: from `since` until before `before`.

        What happened from `by` on was not known yet at the end of the day asked for.
        """
        span = self.span
        return {
            "since": ended(span["first"] - 1, self.shop.timezone),
            "before": ended(span["last"], self.shop.timezone),
            "by": ended(NEVER if self.as_of is None else self.as_of, self.shop.timezone),
        }

    @property
    def stores_as_json(self) -> str:
        """The stores as one value that a SELECT unfolds with json_each; `[]` is every store."""
        if not self.stores:
            return "[]"
        import json

        return json.dumps(list(self.stores), ensure_ascii=False)

    @property
    def dates(self) -> Phrase | Dates:
        """The days that are counted, in words."""
        last = self.last if self.last is not None else self.as_of
        match self.first, last:
            case None, None:
                return phrase("all days")
            case int(first), int(day):
                return Dates(first=first, last=day)
            case int(first), _:
                return phrase("from {day}", day=OnDay(first))
            case _:
                return phrase("until {day}", day=OnDay(last or 0))


def ended(day: Day, timezone: str) -> str:
    """The moment a day ends, as the database keeps moments; the ends of all days lie before and after everything."""
    if not EARLIEST < day < NEVER:
        return "" if day <= EARLIEST else "~"
    return end_of(day, timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A report's words: its name, title, basis, what is said when there is nothing, and notes."""

    name: str
    title: Phrase
    basis: Phrase
    empty: Phrase
    notes: Sequence[Phrase] = ()
    short: Phrase | None = None


def tabled(question: Question, page: Page, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """The table of a report, cut to the number of rows that was asked for."""
    notes = list(page.notes)
    shown = rows
    if question.limit is not None and len(rows) > question.limit:
        shown = rows[: question.limit]
        notes.append(
            phrase(
                "The first {shown} of {all} rows; a total counts the rows shown.",
                shown=len(shown),
                all=len(rows),
            )
        )
    return Table(
        name=page.name,
        title=page.title,
        columns=columns,
        rows=shown,
        currency=question.shop.currency.code,
        digits=question.shop.currency.digits,
        basis=page.basis,
        notes=notes,
        empty=page.empty,
        timezone=question.shop.timezone,
        short=page.short,
    )


def basis_happened(question: Question) -> Phrase:
    """The basis of every report but the accountant's."""
    return happened(question.dates)


def happened(dates: Phrase | Dates) -> Phrase:
    """The same of some days."""
    return phrase("Days: {dates}, by the day it happened; what comes late changes closed months, too.", dates=dates)


def basis_of_days(question: Question) -> Phrase:
    """The basis of what comes late nowhere, or is kept with its month."""
    return phrase("Days: {dates}, by the day it happened.", dates=question.dates)


def basis_booked(question: Question) -> Phrase:
    """The basis of the accountant's reports."""
    return phrase("Days: {dates}, by the day it was booked; closed months do not change.", dates=question.dates)
