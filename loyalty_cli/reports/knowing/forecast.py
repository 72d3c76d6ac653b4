"""What the next three and twelve months will probably bring, with a range, checked against months that are over."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.seasonal import Forecast
from loyalty_cli.knowing.seasonal import of_level
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import Asked
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.knowing.lapsing_ahead import lapsing_until
from loyalty_cli.reports.knowing.last_days import flow_through
from loyalty_cli.reports.knowing.last_days import last_days
from loyalty_cli.reports.knowing.last_days import month_ahead
from loyalty_cli.reports.knowing.last_days import NOTHING
from loyalty_cli.reports.knowing.last_days import what_is_left
from loyalty_cli.reports.ledger.roll_forward import months as months_of_points
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.visits import month_of_number
from loyalty_cli.reports.visits import number_of
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.knowing.lapsing_ahead import Ahead
    from loyalty_cli.reports.knowing.last_days import LastDays
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
AHEAD = (3, 12)
# A month that began later in the month is no whole month.
EARLY = 4
COLUMNS = (
    Column(name="what", heading="What", kind="word"),
    Column(name="until", heading="Through", kind="month"),
    Column(name="expected", heading="Expected", kind="count"),
    Column(name="low", heading="At least", kind="count"),
    Column(name="high", heading="At most", kind="count"),
    Column(name="expected_money", heading="Expected", kind="money"),
    Column(name="low_money", heading="At least", kind="money"),
    Column(name="high_money", heading="At most", kind="money"),
    Column(name="checks", heading="Checks", kind="count"),
    Column(name="error", heading="Usual error", kind="percent"),
)
EARNED, USED, LAPSING, OWED = "points earned", "points used", "points lapsing", "points owed at the end"
TURNOVER = "SELECT substr(date(day), 1, 7), sum(total), min(day) FROM receipt WHERE gone = 0 AND day <= :last GROUP BY 1 ORDER BY 1"
COUPONS = "SELECT substr(date(day), 1, 7), count(*) FROM coupon_event WHERE what = 'used' AND day <= :last GROUP BY 1"


class Course(NamedTuple):
    """What is foretold: its word, whether it is money or stands at the end of a month, what it was month by month, its last day.

    What stands at the end of a month can have more `waiting` beside it.
    """

    what: str
    money: bool
    level: bool
    past: Sequence[int]
    last: Day = NEVER
    waiting: int = 0

    def ahead(self, whole: str, ahead: int) -> Forecast | None:
        """What is expected of so many months after the last one that is whole."""
        if not any(self.past):
            return None
        if not self.level:
            return flow_through(self.past, whole, ahead, self.last)
        return NOTHING if self.last < span_of_month(month_ahead(whole, ahead))[1] else of_level(self.past, ahead)


class Kind(NamedTuple):
    """The courses of one kind of points (with the shop's own all that are of none), and what is known to lapse in so many months."""

    purse: Purse
    courses: Sequence[Course]
    lapsing: Mapping[int, Ahead]


def table(connection: Connection, question: Question) -> Table:
    """A row for each course and each of the two times ahead; courses that were never anything are left out."""
    last = last_known(connection, question)
    whole = Asked(question, last).whole if last is not None else ""
    days = last_days(connection, question)
    kinds = kinds_of(connection, question, whole, days) if whole else []
    purses = [kind.purse for kind in kinds]
    rows = [
        (row[0], *marked(purses, kind.purse), *row[1:])
        for kind in kinds
        for course in kind.courses
        for ahead in AHEAD
        if (row := foretold(course, kind, whole, ahead)) is not None
    ]
    page = Page(
        name="forecast",
        title=phrase("What the next months will bring"),
        basis=basis(whole),
        empty=phrase("A forecast needs a whole month with purchases."),
        notes=[
            *said(rows, question),
            *(note for kind in kinds for note in lapsing_said(kind, whole)),
            *(days.said(span_of_month(month_ahead(whole, max(AHEAD)))[1]) if rows else ()),
            phrase(
                "Eight in ten should lie in the range. It comes from forecasts for months that are over, made only from what was known "
                "before them; the usual error is theirs. Without such a check, or with less than a year of months, there is no range."
            ),
        ],
    )
    return tabled(question, page, (*with_wallet(COLUMNS[:1], purses), *COLUMNS[1:]), rows)


def basis(whole: str) -> Phrase:
    """Which months the forecast knows, through the last one that is whole."""
    text = "From the whole months through {month}; what comes late changes closed months, too."
    return phrase(text, month=InMonth(whole)) if whole else phrase("all days")


def said(rows: Sequence[tuple[Cell, ...]], question: Question) -> list[Phrase]:
    """The turnover in words."""
    sums = [row for row in rows if row[0] == "turnover" and row[-4] is not None]
    return [
        phrase(
            "Through {month} a turnover of {low} to {high} can be expected.",
            month=InMonth(str(row[-9])),
            low=question.shop.currency.money(int(row[-4] or 0)),
            high=question.shop.currency.money(int(row[-3] or 0)),
        )
        for row in sums[:1]
    ]


def kinds_of(connection: Connection, question: Question, whole: str, days: LastDays) -> list[Kind]:
    """Everything that is foretold, from the first whole month on; what is of no wallet stands first."""
    end = {"last": span_of_month(whole)[1]}
    found = rows_of(connection, TURNOVER, end)
    if not found:
        return []
    turnover = {str(month): int(money or 0) for month, money, _ in found}
    first = number_of(str(found[0][0])) + (date_of(int(found[0][2] or 0)).day > EARLY)
    months = [month_of_number(number) for number in range(first, number_of(whole) + 1)]
    coupons = {str(month): int(count or 0) for month, count in rows_of(connection, COUPONS, end)}
    own, *wallets = [
        Kind(purse, courses_of(connection, purse, months, days), lapsing_ahead(connection, purse, whole))
        for purse in purses(connection, question)
    ]
    sold = Course("turnover", True, False, [turnover.get(month, 0) for month in months])
    used = Course("coupons used", False, False, [coupons.get(month, 0) for month in months], days.using)
    return [own._replace(courses=[sold, *own.courses, used]), *wallets]


def courses_of(connection: Connection, purse: Purse, months: Sequence[str], days: LastDays) -> list[Course]:
    """What is foretold of the points of a purse."""
    points = {each.month: each for each in months_of_points(connection, purse)}
    waiting = points[months[-1]].pending if months and months[-1] in points else 0

    def over(values: Mapping[str, int]) -> list[int]:
        return [values.get(month, 0) for month in months]

    return [
        Course(EARNED, False, False, over({month: each.earned for month, each in points.items()}), days.giving),
        Course(USED, False, False, over({month: each.redeemed for month, each in points.items()}), days.using),
        Course(LAPSING, False, False, over({month: each.lapsed for month, each in points.items()}), days.using),
        Course(OWED, False, True, over({month: each.closing for month, each in points.items()}), days.using, waiting),
        Course("liability at the end", True, True, over({month: each.closing_worth for month, each in points.items()}), days.using),
    ]


def lapsing_ahead(connection: Connection, purse: Purse, whole: str) -> dict[int, Ahead]:
    """What is known to lapse of the points that members hold, by how many months ahead."""
    ends = {ahead: span_of_month(month_ahead(whole, ahead))[1] for ahead in AHEAD}
    found = {ahead: lapsing_until(connection, purse, span_of_month(whole)[1], end) for ahead, end in ends.items()}
    return {ahead: known for ahead, known in found.items() if known}


def lapsing_said(kind: Kind, whole: str) -> list[Phrase]:
    """What is known to lapse, in words."""
    return [
        phrase(
            "Of the points in the wallet {wallet}, {count} lapses through {month} unless it is used before.",
            "Of the points in the wallet {wallet}, {count} lapse through {month} unless they are used before.",
            count=known.points,
            month=InMonth(month_ahead(whole, ahead)),
            wallet=kind.purse.name,
        )
        if kind.purse.name
        else phrase(
            "Of the points that members hold, {count} lapses through {month} unless it is used before.",
            "Of the points that members hold, {count} lapse through {month} unless they are used before.",
            count=known.points,
            month=InMonth(month_ahead(whole, ahead)),
        )
        for ahead, known in kind.lapsing.items()
        if known.points
    ]


def foretold(course: Course, kind: Kind, whole: str, ahead: int) -> tuple[Cell, ...] | None:
    """A course so many months ahead, with what is known of it; None of what never was anything."""
    by_name, end = {each.what: each for each in kind.courses}, span_of_month(month_ahead(whole, ahead))[1]
    known = kind.lapsing.get(ahead) if course.what == LAPSING else None
    if course.what == LAPSING and course.last < end:
        found, known = left_in_the_end(by_name, whole, ahead), None
    elif course.level and by_name[EARNED].last < end <= course.last and any(course.past):
        found = rolled_on(course, by_name, whole, ahead)
    else:
        found = course.ahead(whole, ahead)
    if found is None and not (known and known.points and known.all_of_them):
        return None
    figures: tuple[Cell, ...] = known.of(found) if known else (found.expected, found.low, found.high) if found else ()
    nothing: tuple[Cell, ...] = (None, None, None)
    error = None if found is None or found.error is None else round(found.error * WHOLE)
    cells = nothing + figures if course.money else figures + nothing
    return (course.what, month_ahead(whole, ahead), *cells, found.checks if found else 0, error)


def left_in_the_end(courses: Mapping[str, Course], whole: str, ahead: int) -> Forecast | None:
    """What of the points will not be used before their last day of all; None where there never were any."""
    if not any(courses[EARNED].past):
        return None
    held = courses[OWED].past[-1] + courses[OWED].waiting
    return what_is_left(held, courses[EARNED].ahead(whole, ahead), courses[USED].ahead(whole, ahead))


def rolled_on(level: Course, courses: Mapping[str, Course], whole: str, ahead: int) -> Forecast:
    """What stands at a month's end after the last points were given: what stood, and what comes and goes until then."""
    earned, used, lapsed = ((courses[name].ahead(whole, ahead) or NOTHING).expected for name in (EARNED, USED, LAPSING))
    stood = courses[OWED].past[-1]
    stands = max(0, stood + earned - used - lapsed)
    return Forecast(stands * level.past[-1] // stood if stood else 0, None, None, 0, None)
