"""Points for every so many pieces, litres or kilograms bought.

    points:
      earn:
        fuel: {points: 1, for_quantity: 10, steps: full, only: {categories: [fuel]}}
        spools: {points: 5, for_quantity: 1, only: {categories: [thread]}}
        cheese: {points: 2, for_quantity: 0.5, only: {categories: [cheese]}}

The quantity is the one the till writes: pieces, litres, kilograms. What was given away for nothing counts for nothing.
With `steps: exact` a part of the quantity gives its part of the points, with `steps: full` only full quantities count,
over all goods of the receipt that fit `only:`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Factor
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.earn.contribution import completed
from loyalty_cli.rules.earn.contribution import Contribution
from loyalty_cli.rules.earn.contribution import EarnRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


def read_quantity(value: object) -> int:
    """A quantity such as `10` or `0.5`, in thousandths."""
    thousandths = decimal_of(value, "10") * PIECE
    if thousandths <= 0 or thousandths.denominator != 1:
        raise refuse(
            "{text} is not a quantity above zero with at most three digits after the point.",
            "Write one such as 1, 10 or 0.5.",
            text=str(value),
        )
    return int(thousandths)


Quantity = Annotated[int, Unit("quantity"), PlainValidator(read_quantity), as_text(r"^\d+(\.\d{1,3})?$", "a quantity, such as 10 or 0.5")]


class PerQuantity(EarnRule):
    """Points for every so many pieces, litres or kilograms."""

    points: Factor = Field(description="how many points")
    for_quantity: Quantity = Field(description="for how many pieces, litres or kilograms")
    steps: Literal["exact", "full"] = Field(
        "exact", description="exact: a part of the quantity gives its part of the points; full: only full quantities count"
    )

    def contribution(self) -> Contribution:
        """So many points for each thousandth."""
        return self.adding(
            per_piece=Fraction(self.points) / self.for_quantity,
            step=self.for_quantity if self.steps == "full" else 0,
        )

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        points, every = self.points.as_integer_ratio()
        quantity = Figure(self.for_quantity * (every if self.steps == "exact" else 1))
        if self.steps == "exact":
            said = phrase(
                "{count} point for every {quantity} (pieces, litres or kilograms); a part of it gives its part.",
                "{count} points for every {quantity} (pieces, litres or kilograms); a part of it gives its part.",
                count=points,
                quantity=quantity,
            )
        elif every == 1:
            said = phrase(
                "{count} point for every full {quantity} (pieces, litres or kilograms).",
                "{count} points for every full {quantity} (pieces, litres or kilograms).",
                count=points,
                quantity=quantity,
            )
        else:
            said = phrase(
                "Points for every full {quantity} (pieces, litres or kilograms): {points}.",
                quantity=quantity,
                points=f"{points}/{every}",
            )
        return completed(said, self, money)

    def reckoned(self, money: Callable[[int], Money], looked_at: int, points: int) -> Phrase:
        """What it made of a receipt, with the rate."""
        return phrase("{what} Here: {points}.", what=self.announced(money), points=points)


RULE = PerQuantity
