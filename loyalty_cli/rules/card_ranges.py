"""Ranges of card numbers, by which a shop tells its series of cards apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from typing import cast

from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRange:
    """The cards from one number to another, both included, of as many digits."""

    first: str
    last: str

    def __contains__(self, card: str) -> bool:
        return len(card) == len(self.first) and self.first <= card <= self.last and card.isdigit()

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def read_range(value: object) -> CardRange:
    """`29010000 to 29019999`, or one number."""
    text = text_of(value, "29010000 to 29019999")
    first, _, last = (part.strip() for part in text.partition(" to "))
    last = last or first
    if not re.fullmatch(r"[0-9]{1,40}", first) or not re.fullmatch(r"[0-9]{1,40}", last) or len(first) != len(last):
        raise refuse(
            "{text} is not a range of card numbers of the same length.",
            "Write {example}.",
            text=text,
            example="29010000 to 29019999",
        )
    if last < first:
        raise refuse("{text} ends before it begins.", "Write the smaller number first.", text=text)
    return CardRange(first=first, last=last)


def read_ranges(value: object) -> tuple[CardRange, ...]:
    """One range or a list of ranges."""
    return tuple(read_range(item) for item in cast("list[object]", value if isinstance(value, list) else [value]))


CardRanges = Annotated[
    tuple[CardRange, ...],
    PlainValidator(read_ranges),
    PlainSerializer(lambda ranges: [str(range_) for range_ in ranges]),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}}]}),
]
