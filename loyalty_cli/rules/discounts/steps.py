"""Percents by an amount reached, as `{2000: 5%, 10000: 8%}`."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast

from pydantic import PlainSerializer
from pydantic import PlainValidator
from pydantic import ValidationInfo
from pydantic import WithJsonSchema

from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import percent_of
from loyalty_cli.reading.values import refuse


def read_steps(value: object, info: ValidationInfo) -> tuple[tuple[int, int], ...]:
    """The steps as (amount in minor units, basis points), lowest amount first."""
    if not isinstance(value, dict) or not value:
        raise refuse(
            "Steps belong here.", "Write amounts with their percents: {example}.", example="{2000: 5%, 10000: 8%}"
        )
    digits = (info.context or {}).get("digits", 2)
    steps = [(amount_of(key, digits), percent_of(percent)) for key, percent in cast("dict[str, Any]", value).items()]
    if len({amount for amount, _ in steps}) < len(steps):
        raise refuse("One amount stands here twice.", "Write each amount once.")
    return tuple(sorted(steps))


Steps = Annotated[
    tuple[tuple[int, int], ...],
    Unit("steps"),
    PlainValidator(read_steps),
    PlainSerializer(lambda steps: [list(step) for step in steps]),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string", "pattern": r"%$"}}),
]


def reached(steps: tuple[tuple[int, int], ...], amount: int) -> int:
    """The percent of the highest step that an amount has reached, in basis points; a step holds at its very amount."""
    return max((percent for threshold, percent in steps if amount >= threshold), default=0)
