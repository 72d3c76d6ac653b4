"""The draft's settings of dates and times: the form that fits every one, or the question which of several it is."""

from __future__ import annotations

from itertools import islice
from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import one_or_many
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.importers.receipts.zone_names import zone_in
from loyalty_cli.model.days import iso
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.likely.dates import days_of
from loyalty_cli.reading.likely.dates import fits
from loyalty_cli.reading.likely.dates import halves_swapped

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.model.shown.phrase import Phrase

MIDNIGHT = {"HH:mm:ss": "00:00:00", "HH:mm": "00:00", "H:mm": "0:00", "H:mm:ss": "0:00:00"}
SHOWN = 3


def dates_settled(of: Inspection) -> None:
    """The date's column and form, and the time's."""
    means = of.means
    column = means.get("date")
    if means.parts_of_date:
        parts_settled(of)
        return
    if column is None:
        return
    rivals = [each for each in means.rivals.get("date", []) if each.texts and not same_days(of, column, each)]
    if rivals:
        ask = phrase("Several columns have dates, and they differ. Which is the day of the purchase?")
        of.draft.ask("columns.date", ask, [of.place_of(column), *map(of.place_of, rivals)])
    else:
        of.draft.settle("columns.date", of.place_of(column))
    form_settled(of, column)
    time_settled(of)
    zone_settled(of, column)


def same_days(of: Inspection, one: SeenColumn, other: SeenColumn) -> bool:
    """Whether two columns say the same day on every row that has both."""
    first, second = one.dates.forms, other.dates.forms
    if not first or not second:
        return False
    days = dict(zip(one.texts, days_of(first[0], one.texts), strict=True))
    others = dict(zip(other.texts, days_of(second[0], other.texts), strict=True))
    pairs = ((cell(row, one), cell(row, other)) for row in of.table.rows)
    return all(days.get(a) == others.get(b) for a, b in pairs if a and b)


def zone_settled(of: Inspection, column: SeenColumn) -> None:
    """The zone that a header names, where neither the dates nor another column do."""
    form = of.draft.value("date_form")
    if "zone" in of.means or (isinstance(form, str) and date_form(form).has_offset):
        return
    named = [column, of.means.get("time")]
    zone = next((zone for each in named if each is not None and (zone := zone_in(each.name)) is not None), None)
    if zone is not None:
        of.found("timezone", phrase("Time zone"), zone, phrase("The header says so."))
        of.draft.settle("timezone", zone)


def parts_settled(of: Inspection) -> None:
    """Year, month and day in three columns."""
    parts = of.means.parts_of_date
    short = any(len(text) == 1 for column in parts[1:] for text in column.texts)
    of.draft.settle("columns.date", tuple(of.place_of(column) for column in parts))
    of.draft.settle("date_form", "YYYY M D" if short else "YYYY MM DD")
    of.found("date_form", phrase("Dates"), phrase("year, month and day in columns of their own"))
    time_settled(of)


def form_settled(of: Inspection, column: SeenColumn) -> None:
    """The form of the dates."""
    forms, some = day_first_with_dots(column.dates.forms), column.dates.some
    title = phrase("Dates")
    if len(forms) == 1:
        form = without_midnight(of, column, forms[0])
        of.found("date_form", title, form, span(form, column))
        if not swapped_asked(of, column, form):
            of.draft.settle("date_form", form)
    elif forms:
        of.found("date_form", title, phrase("not certain"), phrase("All fit: {forms}", forms=", ".join(forms)))
        of.draft.ask("date_form", which_day(forms, column), forms)
    elif some:
        mixed_noted(of, column)
    else:
        sample = next(iter(column.texts), column.name)
        why = phrase("No form known here fits {text}.", text=repr(sample)) if column.texts else None
        of.found("date_form", title, phrase("not certain"), why)
        ask = phrase("{text}: how are dates written? No form known here fits all of them.", text=sample)
        of.draft.ask("date_form", ask, ["DD.MM.YYYY", "YYYY-MM-DD HH:mm"])


def day_first_with_dots(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Between dots nobody writes the month first, so a day that could be a month is none."""
    dotted = all("." in form for form in forms)
    return tuple(form for form in forms if form.startswith("D")) or forms if dotted else forms


def which_day(forms: tuple[str, ...], column: SeenColumn) -> Phrase:
    """The question which of several days is meant, by the first date that tells them apart."""
    days = [days_of(form, column.texts) for form in forms]
    told = [place for place, each in enumerate(zip(*days, strict=True)) if len(set(each)) > 1]
    place = told[0] if told else 0
    text = list(column.texts)[place]
    meant = ", ".join(iso(day) for each in days if (day := each[place]) is not None)
    ordered = [form for form, each in zip(forms, days, strict=True) if in_order(each)]
    if len(ordered) == 1 and len(told) > 1:
        return phrase(
            "{text}: which day is it? Possible: {days}. (Read as {form} the days run in order.) Take one line:",
            text=text,
            days=meant,
            form=ordered[0],
        )
    return phrase("{text}: which day is it? Possible: {days}. Take one line:", text=text, days=meant)


def in_order(days: list[int | None]) -> bool:
    """Whether days run up or down."""
    known = [day for day in days if day is not None]
    return all(a <= b for a, b in pairwise(known)) or all(a >= b for a, b in pairwise(known))


def without_midnight(of: Inspection, column: SeenColumn, form: str) -> str:
    """The form without its time where that is always midnight and another column has the real one."""
    if "time" not in of.means or not date_form(form).has_time:
        return form
    time = split_form(form).time
    if time.text in MIDNIGHT and all(time.seconds(text[-len(time.text) :]) == 0 for text in column.texts):
        return form.removesuffix(time.text) + MIDNIGHT[time.text]
    return form


def span(form: str, column: SeenColumn) -> Phrase:
    """The first and the last day."""
    days = [day for day in days_of(form, column.texts) if day is not None]
    return phrase("From {first} to {last}.", first=OnDay(min(days)), last=OnDay(max(days)))


def swapped_asked(of: Inspection, column: SeenColumn, form: str) -> bool:
    """Say where a spreadsheet seems to have turned day and month round, and ask whether that is so."""
    texts = halves_swapped(form, column.texts)
    if texts:
        what = phrase(
            "{texts}: day and month seem to be turned round by a spreadsheet; export the file anew.",
            texts=", ".join(texts[:SHOWN]),
        )
        of.damaged(of.line_of(column, texts[0]), what)
        ask = phrase("{texts}: these days lie far from all others. Are they right as they stand?", texts=", ".join(texts[:SHOWN]))
        of.draft.ask("date_form", ask, [form])
    return bool(texts)


def mixed_noted(of: Inspection, column: SeenColumn) -> None:
    """Dates of several forms in one column."""
    some = column.dates.some
    seen = phrase("several forms: {forms}", forms=", ".join(f"{form} ({count})" for form, count in some))
    of.found("date_form", phrase("Dates"), seen)
    best = date_form(some[0][0])
    # The day may be right and the time of day wrong.
    other = next(text for text in column.texts if not fits(best.text, text))
    what = phrase("{text} is not {form} as others are: did a spreadsheet rewrite some dates?", text=repr(other), form=best.text)
    of.damaged(of.line_of(column, other), what)
    ask = phrase("Dates are written in several forms. Rows of other forms than this are set aside:")
    of.draft.ask("date_form", ask, [form for form, _ in islice(some, 4)])


def time_settled(of: Inspection) -> None:
    """The time's column and form."""
    column = of.means.get("time")
    form = of.draft.value("date_form")
    if column is None or not column.texts:
        return
    if isinstance(form, str) and date_form(form).has_time:
        of.found("time_form", phrase("Times"), phrase("in the column of dates; {name} is left out", name=column.name))
        return
    of.draft.settle("columns.time", of.place_of(column))
    of.found("time_form", phrase("Times"), ", ".join(column.times))
    if column.times != ("HH:mm:ss",):
        of.draft.settle("time_form", one_or_many(column.times))
