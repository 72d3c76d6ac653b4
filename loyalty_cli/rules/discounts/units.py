"""Offers that look at single units of goods: which units go together, how often on one receipt."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of
from loyalty_cli.rules.discounts.offer import Offer
from loyalty_cli.rules.discounts.offer import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence


def read_counted(value: object) -> int:
    """A number of units, from 1 up."""
    number = whole_of(value)
    if number < 1:
        raise refuse("{text} is no number of units.", "Write one such as {example}.", text=str(value), example="2")
    return number


Counted = Annotated[int, PlainValidator(read_counted), as_text(r"^[1-9]\d*$", "a number of units, such as 2")]


class OfUnits(Offer):
    """An offer on single units."""

    takes: ClassVar[Literal["units"]] = "units"
    counts_units: ClassVar[bool] = True
    later: ClassVar[tuple[str, ...]] = (*Offer.later, "times")

    times: Counted | None = Field(None, description="how often on one receipt at most")

    def often(self, possible: int) -> int:
        """How often it holds where so many times are possible."""
        return possible if self.times is None else min(possible, self.times)


class InGroups(OfUnits):
    """An offer on groups of units."""

    later: ClassVar[tuple[str, ...]] = (*OfUnits.later, "same_product", "cheapest")

    same_product: YesNo = Field(False, description="yes: only units of one product make a group")
    cheapest: Literal["of each group", "of all"] = Field(
        "of each group", description="which units are the cheap ones: in each group, dearest goods together; or of all goods"
    )

    def pools(self, units: Sequence[Unit]) -> list[list[int]]:
        """Units that may make groups together, by their places."""
        if not self.same_product:
            return [list(range(len(units)))]
        by_product: dict[tuple[str, str, int], list[int]] = {}
        for place, unit in enumerate(units):
            # Goods without a code are told apart by their line.
            key = (unit.product, unit.category, -1 if unit.product else unit.line)
            by_product.setdefault(key, []).append(place)
        return list(by_product.values())

    def groups(self, units: Sequence[Unit], size: int, cheap: int = 1) -> list[tuple[list[int], list[int]]]:
        """Whole groups as often as the offer holds: the places of the units paid as they are, and of the cheap ones."""
        made: list[tuple[list[int], list[int]]] = []
        if len(units) < size:
            return made
        of_all = self.cheapest == "of all"
        dear = size - cheap
        for pool in self.pools(units):
            ordered = dearest_first(units, pool)
            upwards = ordered[::-1]
            for at in range(len(ordered) // size):
                if of_all:
                    made.append((ordered[at * dear : (at + 1) * dear], upwards[at * cheap : (at + 1) * cheap]))
                else:
                    group = ordered[at * size : (at + 1) * size]
                    made.append((group[:dear], group[dear:]))
        made.sort(key=lambda group: sum(units[place].price for place in group[1]), reverse=not of_all)
        return made[: self.often(len(made))]


def dearest_first(units: Sequence[Unit], places: Iterable[int]) -> list[int]:
    """Places by the price of their units, ties as they come."""
    return sorted(places, key=lambda place: -units[place].price)


def in_proportion(off: Fraction | int, units: Sequence[Unit], places: Sequence[int]) -> dict[int, Fraction | int]:
    """An amount off several units by their prices, exactly."""
    whole = sum((units[place].price for place in places), Fraction(0))
    return {place: Fraction(off) * units[place].price / whole for place in places} if whole else {}
