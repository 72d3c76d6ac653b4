"""The values that only a layout has: marks between cells, forms of dates and times, rates, numbers of lines and decimals."""

from __future__ import annotations

from decimal import Decimal
from decimal import InvalidOperation
from typing import Annotated
from typing import Literal
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.importers.gift_cards import KNOWN_NAMES
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.meant_days import is_zone
from loyalty_cli.reading.meant_days import zone_refused
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import text_of
from loyalty_cli.reading.values import whole_of

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
        raise NotUnderstood(phrase("{value} is not a mark around text.", value=value), phrase("Write '\"', \"'\" or none."))
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


def read_top(value: object) -> int | str:
    """A number of lines, or `until header`."""
    return "until header" if value == "until header" else whole_of(value)


TopLines = Annotated[
    int | Literal["until header"],
    BeforeValidator(read_top),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "until header"}]}),
]


def read_wholes(value: object) -> tuple[int, ...]:
    """One whole number or a list of them."""
    return tuple(map(whole_of, value)) if isinstance(value, list | tuple) else (whole_of(value),)


def read_key(value: object) -> object:
    """What tells receipts apart, of which there must be something."""
    if value == []:
        raise NotUnderstood(phrase("The list is empty."), phrase("Write at least one name, or take the key out."))
    return value


def read_zone(value: object) -> str:
    """A time zone that the system or tzdata knows."""
    zone = text_of(value, "Europe/Warsaw")
    if not is_zone(zone):
        raise NotUnderstood(*zone_refused(zone))
    return zone


def read_decimals(value: object) -> int:
    """How many decimals amounts have."""
    if (decimals := whole_of(value)) > MOST_DECIMALS:
        raise NotUnderstood(
            phrase("{count} decimals are more than any amount has.", count=decimals), phrase("Write one such as {example}.", example="2")
        )
    return decimals


MOST_DECIMALS = 12
Decimals = Annotated[int, BeforeValidator(read_decimals), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_DECIMALS})]
Wholes = Annotated[
    tuple[int, ...],
    BeforeValidator(read_wholes),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}),
]
ONE_OR_MORE = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
A_NUMBER = WithJsonSchema({"type": "number", "exclusiveMinimum": 0})
