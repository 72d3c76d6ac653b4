"""What the prizes of draws are worth, where the program says it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.rules.draws.prizes import counts
from loyalty_cli.rules.draws.prizes import worths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program


class PrizesDue(NamedTuple):
    """A draw's prizes on its last day: `many` of known worth, and what they are worth together."""

    draw: str
    day: Day
    many: int
    worth: int


def prizes_due(program: Program, first: Day, last: Day) -> Iterator[PrizesDue]:
    """The draws that end from a day through another."""
    for name, draw in program.draws.items():
        if first <= draw.dates.last <= last:
            many = dict(counts(draw.prizes))
            known = [(many[prize], worth) for prize, worth in worths(draw.prizes)]
            if known:
                yield PrizesDue(name, draw.dates.last, sum(each for each, _ in known), sum(each * worth for each, worth in known))


def prizes_of_versions(versions: Sequence[tuple[Day, Program]], first: Day, last: Day) -> Iterator[PrizesDue]:
    """The same by the versions of a program, each with its first day: a draw is that of the version in force on its last day."""
    ends = [*(day - 1 for day, _ in versions[1:]), NEVER]
    for (day, program), end in zip(versions, ends, strict=True):
        yield from prizes_due(program, max(first, day), min(last, end))
