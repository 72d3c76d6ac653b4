"""A purchase as one question of the program sees it: the money and units of the goods that fit, and what is left of them after returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.plan import amount_for
from loyalty_cli.replay.plan import by_category
from loyalty_cli.rules.watch import Heard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.bought import Bought


class Seeing:
    """What is looked at: the bit of a filter's goods, what is told apart among them, whether units count.

    `categories` are those that goods are told apart by, None where they are not.
    """

    def __init__(
        self, bit: int, elements: Sequence[tuple[str, int]] = (), *, units: bool = False, categories: dict[str, int] | None = None
    ) -> None:
        self.bit = bit
        self.elements = elements
        self.units = units
        self.categories = categories
        # Whether the whole receipt is seen, its money alone.
        self.plain = not bit and not elements and not units and categories is None
        # The bits of goods without any of which nothing is seen; 0 where any goods may be.
        self.asked = bit
        for _, element in elements if not bit else ():
            self.asked |= element

    @property
    def what(self) -> tuple[object, ...]:
        """What is looked at, to be compared."""
        return self.bit, tuple(self.elements), self.units, self.categories is not None

    def heard(self, fact: Purchase) -> Heard | None:
        """A purchase as it is seen; None if it is looked at for goods and none of them fit."""
        if self.plain:
            return Heard(fact.id, fact.day, fact.store, fact.amount)
        amount = amount_for(self.bit, fact.parts) if self.bit else fact.amount
        if self.bit and amount <= 0:
            return None
        units = amount_for(self.bit, fact.units) if self.units else 0
        things: Sequence[tuple[str, int]] = ()
        if self.elements:
            things = [(name, money) for name, bit in self.elements if (money := amount_for(bit, fact.parts))]
        elif self.categories is not None:
            things = by_category(self.categories, fact.parts, self.bit)
        return Heard(fact.id, fact.day, fact.store, amount, units, things, bool(self.bit))

    def remembered(self, bought: Bought, store: str) -> Heard | None:
        """What is left of an earlier purchase, as it would have been seen."""
        things = [(name, 0) for name, _ in self.elements]
        return self.left(Heard(bought.id, bought.day, store, 0, 0, things, bool(self.bit)), bought)

    def left(self, before: Heard, bought: Bought) -> Heard | None:
        """What is left of a purchase after its returns; None if that is nothing."""
        if bought.whole:
            return None
        amount = bought.kept(self.bit)
        if self.bit and amount <= 0:
            return None
        units = before.units
        if self.units:
            units = int(amount_for(self.bit, bought.some.units) - amount_for(self.bit, bought.some_back.units))
        things = [(name, bought.kept(bit)) for name, bit in self.elements]
        if self.categories is not None:
            left = [*bought.parts, *((class_, -amount) for class_, amount in bought.parts_back)]
            things = by_category(self.categories, left, self.bit)
        return before._replace(amount=amount, units=units, things=things)
