"""What every picture and every goal knows: the question, the last day that counts, and the months it is about."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Table
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

# A year and the month of the year before that it is compared with.
MONTHS = 13
# Four weeks have the same days of the week, so they can be compared; thirteen of them are a year.
PERIOD = 28
PERIODS = 13
LAST = "SELECT max(day) FROM receipt WHERE gone = 0 AND day <= :until"


class Asked(NamedTuple):
    """A question with the last day that counts: the last one with a receipt, today not yet."""

    question: Question
    last: Day

    @property
    def months(self) -> list[str]:
        """The months of the pictures, the oldest first; the last one may be running."""
        start = start_of_month(self.last)
        return [month_of(add_months(start, back)) for back in range(1 - MONTHS, 1)]

    @property
    def first(self) -> Day:
        """The first day of the first of these months."""
        return add_months(start_of_month(self.last), 1 - MONTHS)

    @property
    def span(self) -> dict[str, int]:
        """The days of these months as a SELECT takes them."""
        return {"first": self.first, "last": self.last}

    @property
    def whole(self) -> str:
        """The last month of which every day has passed."""
        return month_of(self.last + 1 - date_of(self.last + 1).day)

    def money(self, amount: int) -> Money:
        """An amount of the shop's currency."""
        return self.question.shop.currency.money(amount)

    def about(self, amount: int) -> Money:
        """An amount where there is little room: in whole units of the currency, rounded half up."""
        currency = self.question.shop.currency
        unit = 10**currency.digits
        return Money((2 * amount + unit) // (2 * unit), currency.code, 0)

    def table(self, name: str, title: Phrase, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> Table:
        """The table behind a picture."""
        shop = self.question.shop
        money, timezone = shop.currency, shop.timezone
        return Table(name=name, title=title, columns=columns, rows=rows, currency=money.code, digits=money.digits, timezone=timezone)


def last_known(connection: Connection, question: Question) -> Day | None:
    """The last day with a receipt before today, or through the day asked for; None in a shop without receipts."""
    (row,) = rows_of(connection, LAST, {"until": known_until(question)})
    return int(row[0]) if row[0] is not None else None


def known_until(question: Question) -> Day:
    """The day until which receipts count: the one asked for, else yesterday."""
    return question.as_of if question.as_of is not None else question.today - 1


def basis_until(last: Day | None) -> Phrase:
    """Which days are counted."""
    if last is None:
        return phrase("all days")
    text = "Until {day}, by the day it happened; what comes late changes closed months, too. What is owed is as booked."
    return phrase(text, day=OnDay(last))


def share_of(part: int, whole: int) -> int:
    """A part of a whole in basis points, rounded half up; 0 of nothing.

    >>> share_of(1, 3), share_of(1, 2), share_of(0, 0)
    (3333, 5000, 0)
    """
    return (2 * WHOLE * part + whole) // (2 * whole) if whole else 0


def in_percent(basis_points: int) -> Share:
    """Basis points as people say them, to the whole percent."""
    return Share((basis_points + 50) // 100 * 100)


def tenths(basis_points: int) -> Share:
    """A share to a tenth of a percent."""
    return Share((basis_points + 5) // 10 * 10)


def months_said(months: Sequence[str]) -> list[InMonth]:
    """Months as labels."""
    return [InMonth(month) for month in months]
