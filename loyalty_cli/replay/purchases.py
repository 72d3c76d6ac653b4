"""What each purchase of a member gave, so that a return can take the right part of it back.

Taken for a return: floor(earned x returned / paid) less what was taken before; the last return takes the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Part

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.model.facts import Return
    from loyalty_cli.rules.only import Moment


@dataclass(slots=True)
class Bought:
    """A purchase: what was paid, what is left of it by class and by article, what it gave by rule.

    `measure` is what it counts towards a tier; `rewards` are the rewards it started; `version` is the
    program's; `moment` is what filters saw; `undone` says that it came back whole.
    """

    id: int
    day: Day
    paid: int
    version: int
    left: dict[int, int]
    items: dict[int, int] = field(default_factory=dict)
    returned: int = 0
    earned: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    rewards: list[str] = field(default_factory=list)
    measure: int = 0
    unmeasured: int = 0
    moment: Moment | None = None
    undone: bool = False

    @property
    def parts(self) -> list[Part]:
        """What is left of it, by class."""
        return [Part(class_, amount) for class_, amount in self.left.items()]

    def give_back(self, part: Part, article: int | None = None) -> int:
        """Take a returned amount off, from its own class first; how much of it this purchase held."""
        amount = min(part.amount, self.paid - self.returned)
        if article is not None:
            amount = min(amount, self.items.get(article, 0))
            self.items[article] = self.items.get(article, 0) - amount
        self.returned += amount
        rest = amount
        for class_ in (part.class_, *[other for other in self.left if other != part.class_]):
            off = min(rest, self.left.get(class_, 0))
            if off:
                self.left[class_] -= off
                rest -= off
        return amount

    def share(self, whole: int, before: int) -> int:
        """How much of `whole` the returns so far take, beyond what was taken before."""
        if self.returned >= self.paid:
            return whole - before
        return whole * self.returned // self.paid - before


class Purchases:
    """A member's purchases by receipt, oldest first."""

    def __init__(self) -> None:
        self.by_id: dict[int, Bought] = {}

    def add(self, purchase: Purchase, *, version: int) -> Bought:
        """Remember a purchase."""
        left: dict[int, int] = {}
        for class_, amount in purchase.parts:
            left[class_] = left.get(class_, 0) + amount
        items: dict[int, int] = {}
        for article, _, amount in purchase.items:
            items[article] = items.get(article, 0) + amount
        bought = Bought(purchase.id, purchase.day, purchase.amount, version, left, items)
        self.by_id[bought.id] = bought
        return bought

    def give_back(self, back: Return) -> tuple[list[Bought], list[Part]]:
        """Match a return: the purchases it touches, and the parts that no purchase is known for.

        A return that names its receipt belongs to it; else each item belongs to the latest purchase that still
        holds it; what is left over counts on its own day.
        """
        if back.sale is not None and back.sale in self.by_id:
            bought = self.by_id[back.sale]
            held = [bought.give_back(part) for part in back.parts]
            over = [Part(part.class_, part.amount - taken) for part, taken in zip(back.parts, held, strict=True)]
            return [bought], [part for part in over if part.amount] if bought.returned < bought.paid else []
        touched: dict[int, Bought] = {}
        unknown: dict[int, int] = {}
        for article, class_, amount in back.items:
            rest = amount
            for bought in reversed(self.by_id.values()):
                if not rest:
                    break
                taken = bought.give_back(Part(class_, rest), article) if bought.items.get(article) else 0
                if taken:
                    rest -= taken
                    touched[bought.id] = bought
            if rest:
                unknown[class_] = unknown.get(class_, 0) + rest
        if not back.items:
            unknown = dict(back.parts)
        return list(touched.values()), [Part(class_, amount) for class_, amount in unknown.items()]
