"""What stands in a worked example as a time of day, a balance or a quantity."""

from __future__ import annotations

import re
from typing import Annotated

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import refuse


def read_clock(value: object) -> int:
    """A time of day such as `10:30`, in seconds since midnight."""
    text = str(value).strip()
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", text):
        better = re.sub(r"^([01]?[0-9]|2[0-3])[.,h]([0-5][0-9])$", r"\1:\2", text)
        raise refuse("{text} is not a time of day.", "Write {better}.", text=text, better=better if better != text else "10:30")
    hour, minute = text.split(":")
    return int(hour) * 3600 + int(minute) * 60


def read_signed(value: object) -> int:
    """A whole number, below zero too: a balance can be a debt."""
    number = decimal_of(value, "52")
    if number.denominator != 1:
        raise refuse("{text} is not a whole number.", "Write one such as 52 or -10.", text=str(value))
    return int(number)


def read_quantity(value: object) -> int:
    """How many units, or how much was weighed, in thousandths."""
    quantity = decimal_of(value, "2") * PIECE
    if quantity.denominator != 1 or not 0 < quantity <= MOST_UNITS * PIECE:
        raise refuse("{text} is no quantity.", "Write one such as 2 or 0.350.", text=str(value))
    return int(quantity)


# Nobody carries more to a till.
MOST_UNITS = 10_000
Quantity = Annotated[int, PlainValidator(read_quantity)]
Clock = Annotated[int, PlainValidator(read_clock)]
Signed = Annotated[int, PlainValidator(read_signed)]
