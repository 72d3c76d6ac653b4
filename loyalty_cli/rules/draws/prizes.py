"""The prizes of a draw: how many of each, and what one is worth where that matters for tax or the register."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day


def block_of(value: object) -> object:
    """`car: 1` is short for `car: {count: 1}`."""
    return {"count": value} if isinstance(value, str) else value


class Prize(Settings):
    """How many of a prize there are."""

    count: Whole = Field(description="how many there are")
    worth: Amount | None = Field(None, description="what one of them is worth, for tax and the register")

    def __str__(self) -> str:
        return str(self.count)


def short(prize: Prize) -> object:
    """As short as it can be written."""
    return prize.count if prize.worth is None else {"count": prize.count, "worth": prize.worth}


OnePrize = Annotated[
    Prize,
    BeforeValidator(block_of),
    PlainSerializer(short),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number"], "pattern": r"^\d+$"},
                {
                    "type": "object",
                    "required": ["count"],
                    "additionalProperties": False,
                    "properties": {"count": {"type": "number"}, "worth": {"type": ["string", "number"]}},
                },
            ]
        }
    ),
]


def counts(prizes: dict[str, Prize]) -> tuple[tuple[str, int], ...]:
    """How many of each, in the order they are drawn."""
    return tuple((name, prize.count) for name, prize in prizes.items())


def worths(prizes: dict[str, Prize]) -> tuple[tuple[str, int], ...]:
    """What one of each is worth, where it is said."""
    return tuple((name, prize.worth) for name, prize in prizes.items() if prize.worth is not None)


def planned(draws: Mapping[str, Any]) -> list[tuple[str, Day, Day, int]]:
    """The draws of a program for the list of draws: each with its dates and how many prizes there are."""
    return [(name, draw.dates.first, draw.dates.last, sum(count for _, count in counts(draw.prizes))) for name, draw in draws.items()]
