"""When a member has bought one of each category or product, or in each store.

    rewards:
      breakfast: {when: {set: {categories: [bread, butter, honey]}}, give: {badge: breakfast}}
      all shops: {when: {set: {stores: [Market, Station]}, counted_over: calendar year}, give: {points: 100}}

The goods of a set may be on several receipts. A return that leaves a part of the set without goods takes the reward back.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.counted import Counted
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import Watch


class OneOfEach(Counted):
    """Something of each of a set."""

    short: ClassVar[str] = "categories"
    unit: ClassVar[str] = "things"

    categories: Names = Field((), description="one of each of these categories")
    products: Names = Field((), description="one of each of these products")
    stores: Names = Field((), description="a purchase in each of these stores")

    @model_validator(mode="after")
    def one_list(self) -> OneOfEach:
        """The set is of one sort, has at least two parts, and is full once in its window."""
        lists = [names for names in (self.categories, self.products, self.stores) if names]
        if len(lists) != 1 or len(set(lists[0])) < 2:
            raise refuse("A set is a list of two or more.", "Write one list: {example}.", example="set: {categories: [tea, coffee]}")
        if self.times != "once" or self.rolling:
            raise refuse("A set is full once in its window.", "Write counted_over: calendar month, or leave it out.")
        return self

    @property
    def target(self) -> int:
        """How many parts the set has."""
        return len({*self.categories, *self.products, *self.stores})

    @property
    def elements(self) -> Sequence[tuple[str, Only]]:
        """The goods that make the set."""
        return [
            *((name, Only(categories=(name,))) for name in self.categories),
            *((name, Only(products=(name,))) for name in self.products),
        ]

    def counts_alike(self, other: Watch) -> bool:
        """The same set."""
        return self == other

    @property
    def tells_apart(self) -> bool:
        """The parts of the set."""
        return True

    def things(self, heard: Heard) -> Sequence[tuple[str, int]]:
        """What of the set is on a receipt: its goods with their money, or its store."""
        if not self.stores:
            return heard.things
        return [(heard.store, 1)] if heard.store in self.stores else []

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.stores:
            said = phrase("For a purchase in each of the stores {names}", names=self.stores)
        else:
            said = phrase("For something of each: {names}", names=self.categories or self.products)
        return in_its_window(said, self.counted_over)


RULE = OneOfEach
