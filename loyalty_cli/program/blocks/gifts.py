"""The `gifts:` block: what each gift costs the shop, how many there are, and how many points it costs a member."""

from __future__ import annotations

from typing import Annotated

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import iso
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import day_from
from loyalty_cli.reading.values import whole_of

# The day from which a stock is there that says no day.
ALWAYS: Day = 0
Delivered = tuple[tuple[Day, int], ...]
"""How many pieces came on which day."""


def read_stock(value: object) -> Delivered:
    """A number of pieces, or such numbers by the day on which they came in."""
    if isinstance(value, dict):
        return tuple(sorted((day_from(day), whole_of(pieces)) for day, pieces in value.items()))
    return ((ALWAYS, whole_of(value)),)


def written_stock(stock: Delivered | None) -> object:
    """A stock as JSON."""
    return None if stock is None else {iso(day) if day else "": pieces for day, pieces in stock}


Stock = Annotated[
    Delivered,
    Unit("stock"),
    PlainValidator(read_stock),
    PlainSerializer(written_stock),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "object", "additionalProperties": {"type": ["string", "number"]}}]}),
]


class GiftTerms(Settings):
    """One gift: 40 needle sets, 25 more on a later day; what one costs; for how many points a member can have one."""

    costs: Amount = Field(0, description="what one costs the shop")
    stock: Stock | None = Field(None, description="how many there are: 40, or by the day they came in {2026-12-01: 40}")
    points: Whole | None = Field(None, description="how many points it costs, if it can be had for points")
    vat: Percent | None = Field(None, description="the VAT rate of its cost, where the accountant asks for it")

    @property
    def pieces(self) -> int | None:
        """How many there ever were; None where nobody counts them."""
        return None if self.stock is None else sum(pieces for _, pieces in self.stock)

    def came_by(self, day: Day) -> int | None:
        """How many have come in through a day; None where nobody counts them."""
        return None if self.stock is None else sum(pieces for came, pieces in self.stock if came <= day)
