"""A price for a set of goods: "coffee and cake together 5.00".

    discounts:
      offers:
        breakfast: {set: [coffee, cake], price: 5.00}
        party: {set: {pizza: 2, cola: 1}, price: 20.00, times: 1}

Each name is a product (its code, or its name where the till has no codes) or a category. The dearest goods that fit go into
the sets first; the price holds only where it is less than what the goods cost. It is shared among them by their prices.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Annotated
from typing import Any
from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Unit as Mark
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.discounts.offer import NOTHING_TAKEN
from loyalty_cli.rules.discounts.offer import Taking
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.units import dearest_first
from loyalty_cli.rules.discounts.units import in_proportion
from loyalty_cli.rules.discounts.units import OfUnits
from loyalty_cli.rules.discounts.units import read_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Said


def read_set(value: object) -> tuple[tuple[str, int], ...]:
    """The names with how many of each: a list, or `{pizza: 2, cola: 1}`."""
    if isinstance(value, dict):
        wanted = [(name, read_counted(count)) for name, count in cast("dict[str, Any]", value).items()]
    else:
        names = names_of(value)
        wanted = [(name, names.count(name)) for name in dict.fromkeys(names)]
    if sum(count for _, count in wanted) < 2:
        raise refuse("A set has at least two pieces.", "Write {example}.", example="[coffee, cake]")
    return tuple(wanted)


Wanted = Annotated[
    tuple[tuple[str, int], ...],
    Mark("set"),
    PlainValidator(read_set),
    PlainSerializer(lambda wanted: [list(pair) for pair in wanted]),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": ["string", "number"]}},
                {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
            ]
        }
    ),
]


class SetPrice(OfUnits):
    """A fixed price for goods that are bought together."""

    set: Wanted = Field(description="the goods: [coffee, cake] or {pizza: 2, cola: 1}; products or categories")
    price: Amount = Field(description="what they cost together")

    def on_units(self, units: Sequence[Unit]) -> Taking:
        """What is off the units of each set."""
        products = {unit.product for unit in units}
        goods = products.union(unit.category for unit in units)
        if any(name not in goods for name, _ in self.set):
            return NOTHING_TAKEN
        ordered = dearest_first(units, range(len(units)))
        # Products choose before categories, so that a category leaves them what only they can take.
        wanted = [
            (count, iter([place for place in ordered if name in {units[place].product, units[place].category}]))
            for name, count in sorted(self.set, key=lambda pair: pair[0] not in products)
        ]
        off: dict[int, Fraction | int] = {}
        used: set[int] = set()
        for _ in range(self.often(len(units))):
            chosen: list[int] = []
            for count, fitting in wanted:
                free = (place for place in fitting if place not in used and place not in chosen)
                chosen += islice(free, count)
            less = sum((units[place].price for place in chosen), Fraction(0)) - self.price
            if len(chosen) < sum(count for count, _ in wanted) or less <= 0:
                break
            off |= in_proportion(less, units, chosen)
            used.update(chosen)
        return Taking(off, frozenset(used))

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        goods = " + ".join(name if count == 1 else f"{count} × {name}" for name, count in self.set)
        return phrase("{goods} together for {price}.", goods=goods, price=money(self.price))


RULE = SetPrice
