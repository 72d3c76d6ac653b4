"""The `discounts:` block: how the discounts at the till go together, their ceilings, floor prices."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import currency_of
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.discounts.apart import apart
from loyalty_cli.rules.discounts.offer import AtMost
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.reading.fields import ValidationInfo


def read_floors(value: object, info: ValidationInfo) -> dict[str, int]:
    """The lowest price of one unit by product."""
    if not isinstance(value, dict):
        raise refuse("Floor prices belong here.", "Write products with their prices: {example}.", example="{H01: 4.50}")
    return {name: amount_of(price, currency_of(info)) for name, price in cast("dict[str, Any]", value).items()}


FloorPrices = Annotated[
    dict[str, int],
    Unit("prices"),
    PlainValidator(read_floors),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number"]}}),
]


class Together(Settings):
    """How discounts go together, and their ceilings."""

    later: ClassVar[tuple[str, ...]] = ("at_most",)

    together: Literal["best", "add", "one after another"] = Field(
        "best",
        description="what happens when several fit; of up to four offers on pieces best weighs every choice, "
        "of more it leaves out one or all",
    )
    never_above: Percent = Field(WHOLE, description="the ceiling of all percents together")
    at_most: AtMost | None = Field(None, description="ceilings in money: {line: 5.00, receipt: 20.00, month: 100.00}")

    def of(self, percents: Sequence[int]) -> int:
        """Several percents as one, in basis points, never above the ceiling.

        `one after another` takes each from what the one before left: 10 % and 5 % are 14.5 %. Rounded down once.
        """
        if self.together == "best":
            whole = max(percents, default=0)
        elif self.together == "add":
            whole = sum(percents)
        else:
            left, scale = 1, 1
            for percent in percents:
                left, scale = left * (WHOLE - percent), scale * WHOLE
            whole = (scale - left) * WHOLE // scale
        return min(whole, self.never_above)


class Discounts(Together):
    """Percents and amounts off at the till and how they go together."""

    later: ClassVar[tuple[str, ...]] = (*Together.later, "groups", "never_below", "only", "round")

    groups: dict[str, Together] = Field({}, description="groups of discounts that go together in their own way, by name")
    never_below: FloorPrices = Field({}, description="floor prices of one unit by product: {H01: 4.50}")
    only: Only = Field(EVERYTHING, description="where any discount applies: {except_categories: [tobacco]}")
    round: Literal["down", "half up", "up"] = Field("down", description="how what comes off a receipt is rounded, once")
    offers: dict[str, Any] = Field(description="the discounts by name")

    def of_offers(self, percents: Mapping[str, int], offers: Mapping[str, Any]) -> int:
        """The percents of offers, and of others, as one: of those that never go together the best choice."""

        def never(one: str, other: str) -> bool:
            return any(b in offers[a].never_with for a, b in ((one, other), (other, one)) if a in offers)

        choices = apart(list(percents), never)
        return max(self.in_groups({name: percents[name] for name in names}, offers) for names in choices)

    def in_groups(self, percents: Mapping[str, int], offers: Mapping[str, Any]) -> int:
        """Percents put together within their groups, and then with each other, in the order of the file."""
        named: dict[str, list[int]] = {}
        rows: list[tuple[str, int]] = []
        for name, percent in percents.items():
            group = offers[name].group if name in offers else ""
            if group not in named:
                rows.append((group, percent))
            elif not group:
                rows.append(("", percent))
            named.setdefault(group, []).append(percent)
        return self.of([self.groups[group].of(named[group]) if group in self.groups else percent for group, percent in rows])
