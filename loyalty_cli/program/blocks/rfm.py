"""The `rfm:` block: fixed bounds of recency, frequency and money."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated
from typing import TYPE_CHECKING

from loyalty_cli.model.rfm import BOUNDS
from loyalty_cli.model.rfm import RfmBounds
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import read_amount
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.reading.fields import ValidationInfo


def rising(value: object, read: Callable[[object], int], example: str) -> tuple[int, ...]:
    """Four bounds, each above the one before."""
    items: list[object] = value if isinstance(value, list) else [value]
    bounds = tuple(map(read, items))
    if len(bounds) != BOUNDS or any(after <= before for before, after in pairwise(bounds)):
        raise refuse("Between five scores there are four bounds that rise.", "Write them as a list: {example}.", example=example)
    return bounds


def read_wholes(value: object) -> tuple[int, ...]:
    """Days or visits."""
    return rising(value, whole_of, "[30, 60, 120, 240]")


def read_amounts(value: object, info: ValidationInfo) -> tuple[int, ...]:
    """Amounts of money."""
    return rising(value, lambda item: read_amount(item, info), "[50.00, 100.00, 200.00, 500.00]")


LIST = WithJsonSchema({"type": "array", "items": {"type": ["string", "number"]}, "minItems": BOUNDS, "maxItems": BOUNDS})
Wholes = Annotated[tuple[int, ...], PlainValidator(read_wholes), PlainSerializer(list), LIST]
Amounts = Annotated[tuple[int, ...], Unit("amounts"), PlainValidator(read_amounts), PlainSerializer(list), LIST]


class Rfm(Settings):
    """Fixed bounds of the scores from 1 to 5. No rule: members have the same whatever it says."""

    recency: Wholes = Field(
        (), description="from how many days since the last visit on the score is 4, 3, 2 and 1: [30, 60, 120, 240]; else fifths"
    )
    frequency: Wholes = Field((), description="from how many visits on the score is 2, 3, 4 and 5: [2, 4, 8, 16]; else fifths")
    money: Amounts = Field(
        (), description="from how much spent on the score is 2, 3, 4 and 5: [50.00, 100.00, 200.00, 500.00]; else fifths"
    )

    def bounds(self) -> RfmBounds:
        """As reports keep it."""
        return RfmBounds(recency=self.recency, frequency=self.frequency, money=self.money)
