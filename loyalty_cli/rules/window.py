"""`counted_over:`, the stretch of days whose purchases count, and the days on which it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import Annotated
from typing import get_args
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import Span
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.meant_days import span_meant
from loyalty_cli.reading.owners_words import in_english
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import span_of
from loyalty_cli.reading.values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Phrase

CalendarKind = Literal[
    "lifetime", "since joining", "calendar week", "calendar month", "calendar quarter", "calendar year", "membership year"
]
Kind = CalendarKind | Literal["rolling"]
CALENDAR_KINDS: tuple[CalendarKind, ...] = get_args(CalendarKind)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A stretch of days that ends today: all of them, this calendar period, this membership year, or the last N months."""

    kind: Kind
    span: Span | None = None
    # What was found by day, and by anchor where that matters: asked for with every purchase, and there are only so many days.
    periods: dict[Day | tuple[Day, Day], tuple[Day, Day]] = field(default_factory=dict, init=False, repr=False, compare=False)
    first_days: dict[tuple[Day, Day], Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    last_days: dict[tuple[Day, Day], Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    leavings: dict[tuple[Day, Day], Day] = field(default_factory=dict, init=False, repr=False, compare=False)

    def first_day(self, day: Day, anchor: Day) -> Day:
        """The first day that counts on a day; `anchor` is the member's joining day."""
        known = self.first_days.get((day, anchor))
        if known is None:
            known = self.first_days[day, anchor] = first_day(self, day, anchor)
        return known

    def period(self, day: Day, anchor: Day) -> tuple[Day, Day]:
        """The first day that counts on a day, and the last day through which that stays so: never of endless windows."""
        key = (day, anchor) if self.anchored else day
        known = self.periods.get(key)
        if known is None:
            last = NEVER if self.endless else self.last_day(day, anchor)
            known = self.periods[key] = self.first_day(day, anchor), last
        return known

    def last_day(self, day: Day, anchor: Day) -> Day:
        """The last day of the period a day lies in: when it is reviewed; a month's end for windows without an end of their own."""
        known = self.last_days.get((day, anchor))
        if known is None:
            known = self.last_days[day, anchor] = last_day(self, day, anchor)
        return known

    @cached_property
    def endless(self) -> bool:
        """Whether what was counted once always counts."""
        return self.kind in ("lifetime", "since joining")

    def review_without(self, gone: Day, day: Day, anchor: Day) -> Day:
        """The first review from a day on whose window no longer holds another day."""
        leaves = self.leaves(gone, anchor)
        if leaves <= day:
            return self.last_day(day, anchor)
        return leaves if leaves >= NEVER else self.last_day(leaves, anchor)

    def leaves(self, counted: Day, anchor: Day) -> Day:
        """The first day on which what was counted on a day no longer counts, or NEVER."""
        if self.span is None:
            return NEVER if self.endless else self.last_day(counted, anchor) + 1
        known = self.leavings.get((counted, anchor))
        if known is None:
            known = self.span.after(counted)
            while self.first_day(known, anchor) <= counted:  # 31 January and a month: the end of February still counts it
                known += 1
            self.leavings[counted, anchor] = known
        return known

    @cached_property
    def anchored(self) -> bool:
        """Whether the joining day matters."""
        return self.kind in ("since joining", "membership year")

    def __str__(self) -> str:
        return str(self.span) if self.span else self.kind


def first_day(window: Window, day: Day, anchor: Day) -> Day:
    """See Window.first_day."""
    if window.kind == "rolling":
        return whole_months(window.span, day) if window.span else 0
    return FIRST_DAYS[window.kind](day, anchor)


def whole_months(span: Span, day: Day) -> Day:
    """The first day of a span that ends on a day: at the end of a month it begins with a month, however long months are."""
    begins = span.before(day)
    if span.unit in {"months", "years"} and start_of_month(day + 1) == day + 1:
        begins = add_months(start_of_month(begins), 1) - 1
    return begins + 1


def last_day(window: Window, day: Day, anchor: Day) -> Day:
    """See Window.last_day."""
    match window.kind:
        case "lifetime" | "since joining" | "calendar month" | "rolling":
            return add_months(start_of_month(day), 1) - 1
        case "calendar week":
            return day - date_of(day).weekday() + 6
        case "calendar quarter":
            return add_months(first_day(window, day, anchor), 3) - 1
        case "calendar year":
            return add_months(start_of_year(day), 12) - 1
        case "membership year":
            return anniversary(day, anchor, years=1) - 1


def anniversary(day: Day, anchor: Day, *, years: int = 0) -> Day:
    """The last anniversary of the anchor on or before a day, or one some years after it; 29 February becomes the 28th."""
    whole_years = date_of(day).year - date_of(anchor).year
    if add_months(anchor, 12 * whole_years) > day:
        whole_years -= 1
    return add_months(anchor, 12 * (whole_years + years))


# The first day of the period a day lies in, by the day and the member's joining day.
FIRST_DAYS: dict[CalendarKind, Callable[[Day, Day], Day]] = {
    "lifetime": lambda _, __: 0,
    "since joining": lambda _, joined: joined,
    "calendar week": lambda day, _: day - date_of(day).weekday(),
    "calendar month": lambda day, _: start_of_month(day),
    "calendar quarter": lambda day, _: add_months(start_of_month(day), -((date_of(day).month - 1) % 3)),
    "calendar year": lambda day, _: start_of_year(day),
    "membership year": anniversary,
}


def read_window(value: object) -> Window:
    """An owner's words as a window."""
    text = text_of(value, "12 months")
    for kind in CALENDAR_KINDS:
        if text.casefold() == kind:
            return Window(kind=kind)
    if text[0].isdigit():
        return Window(kind="rolling", span=span_of(text))
    if better := in_english(text, CALENDAR_KINDS) or span_meant(text):
        raise refuse("{text} is not a stretch of time.", "Did you mean {name}?", text=text, name=better)
    raise refuse(
        "{text} is not a stretch of time.",
        "Write a length such as 12 months, or one of: {names}.",
        names=", ".join(CALENDAR_KINDS),
        text=text,
    )


CountedOver = Annotated[
    Window,
    PlainValidator(read_window),
    PlainSerializer(str),
    as_text(
        rf"^({'|'.join(CALENDAR_KINDS)}|\d+ (days?|weeks?|months?|years?))$",
        f"{', '.join(CALENDAR_KINDS)}, or a length such as 12 months",
    ),
]


def in_its_window(what: Phrase, window: Window) -> Phrase:
    """A sentence with the window it means; for ever needs no words."""
    if window.kind == "rolling":
        return phrase("{what} within {length}", what=what, length=window.span)
    text = IN_A_WINDOW.get(window.kind)
    return phrase(text, what=what) if text else what


IN_A_WINDOW = {
    "calendar week": "{what} in a calendar week",
    "calendar month": "{what} in a calendar month",
    "calendar quarter": "{what} in a calendar quarter",
    "calendar year": "{what} in a calendar year",
    "membership year": "{what} in a year of membership",
}
