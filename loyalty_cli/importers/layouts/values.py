"""The values that only a layout has: encodings, marks between cells, forms of dates and times, rates."""

from __future__ import annotations

from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.importers.gift_cards import KNOWN_NAMES
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable

Form = TypeVar("Form")


def read_gift_cards(value: object) -> tuple[str, ...]:
    """Names of gift cards: the usual ones for yes, none for no."""
    names = names_of(value)
    answer = names[0].casefold() if len(names) == 1 else ""
    return KNOWN_NAMES if answer in ("yes", "true") else () if answer in ("no", "false") else names


def read_quote(value: object) -> str:
    """The mark around a cell's text."""
    if not isinstance(value, str) or value not in {'"', "'", "none", ""}:
        raise NotUnderstood(
            phrase("{value} is not a mark around text.", value=value), phrase("Write '\"', \"'\" or none.")
        )
    return "" if value == "none" else value


def read_date_forms(value: object) -> tuple[str, ...]:
    """One form of dates, or a list of those that the till may use."""
    forms = value if isinstance(value, list | tuple) else [value]
    if not forms:
        raise NotUnderstood(phrase("The list of date forms is empty."), phrase("Write a form such as DD.MM.YYYY."))
    return tuple(map(read_date_form, forms))


def read_date_form(value: object) -> str:
    """A form of dates, with or without a time."""
    form = understood(date_form, value)
    if not form.has_date:
        raise NotUnderstood(
            phrase("{value} does not name a year, a month and a day.", value=value),
            phrase("Write a form such as DD.MM.YYYY or YYYY-MM-DD HH:mm:ss."),
        )
    if form.has_time:
        understood(split_form, value)
    return str(value)


def read_time_forms(value: object) -> tuple[str, ...]:
    """One form of times, or a list of those that the till may use."""
    forms = value if isinstance(value, list | tuple) else [value]
    if not forms:
        raise NotUnderstood(phrase("The list of forms of times is empty."), phrase("Write a form such as HH:mm:ss or h:mm A."))
    return tuple(map(read_time_form, forms))


def read_time_form(value: object) -> str:
    """A form of times."""
    if not understood(date_form, value).has_time:
        raise NotUnderstood(
            phrase("{value} does not name hours and minutes.", value=value),
            phrase("Write a form such as HH:mm:ss or h:mm A."),
        )
    return str(value)


def understood(read: Callable[[str], Form], value: object) -> Form:
    """Call a reader of forms, its ValueError turned into a mistake of the layout."""
    try:
        return read(str(value))
    except ValueError as error:
        raise NotUnderstood(
            phrase("{value} is no form of a date, nor of a date and a time.", value=value), phrase("Write a form such as DD.MM.YYYY HH:mm.")
        ) from error


def read_rate(value: object) -> Decimal:
    """What one unit of another currency is worth in the program's."""
    try:
        rate = Decimal(str(value))
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        raise NotUnderstood(phrase("{value} is not a rate.", value=value), phrase("Write a number such as 4.30."))
    return rate
