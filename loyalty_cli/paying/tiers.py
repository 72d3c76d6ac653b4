"""Which percent a tier takes off on which days, by the versions of a program."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program

# Whoever has reached no tier yet has the lowest one.
NO_TIER_YET = ""


class TierPercent(NamedTuple):
    """What a tier takes off from a day through another, in basis points."""

    tier: str
    first: Day
    last: Day
    percent: int


def tier_percents(versions: Sequence[tuple[Day, Program]]) -> Iterator[TierPercent]:
    """The percents that are not zero, while each version is in force and its program runs."""
    ends = [*(day - 1 for day, _ in versions[1:]), NEVER]
    for (day, program), end in zip(versions, ends, strict=True):
        first, last = max(day, program.starts), min(end, program.ends)
        for tier, rung in program.tiers.items() if first <= last else ():
            names = (tier, NO_TIER_YET) if tier == program.base_tier else (tier,)
            yield from (TierPercent(name, first, last, rung.discount) for name in names if rung.discount)


def as_json(percents: Sequence[TierPercent]) -> str:
    """For SQL."""
    return json.dumps(percents, ensure_ascii=False)
