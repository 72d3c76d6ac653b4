"""The `cards:` block: the numbers of cards that the shop makes itself."""

from __future__ import annotations

import re
from typing import Annotated
from typing import Literal

from loyalty_cli.model.card_numbers import FEWEST_DIGITS
from loyalty_cli.model.card_numbers import MOST_DIGITS
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import text_of
from loyalty_cli.reading.values import whole_of

A_PREFIX = r"^[0-9]{1,12}$"


def read_prefix(value: object) -> str:
    """The digits that every number begins with."""
    prefix = text_of(value, "29012")
    if not re.fullmatch(A_PREFIX, prefix):
        text = "{text} is no beginning of a card's number: 1 to 12 digits."
        raise NotUnderstood(phrase(text, text=prefix), phrase("Write one such as {example}.", example="29012"))
    return prefix


def read_digits(value: object) -> int:
    """How many digits a number has."""
    digits = whole_of(value)
    if not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        text = "A card's number has {fewest} to {most} digits."
        raise NotUnderstood(phrase(text, fewest=FEWEST_DIGITS, most=MOST_DIGITS), phrase("Write one such as {example}.", example="13"))
    return digits


class Cards(Settings):
    """The numbers of cards that the shop makes itself."""

    prefix: Annotated[str, PlainValidator(read_prefix), WithJsonSchema({"type": ["string", "number"], "pattern": A_PREFIX})] = Field(
        description="the digits every number begins with, such as 29012"
    )
    check: Literal["ean", "luhn", "none"] = Field("ean", description="the check digit at the end")
    digits: Annotated[int, PlainValidator(read_digits), as_text(r"^\d+$", "a whole number")] = Field(
        13, description="how many digits a number has in all; an EAN has 13"
    )
