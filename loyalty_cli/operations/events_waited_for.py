"""Names of events that nothing in the program waits for, though it waits for one that is nearly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program


def nearly_waited_for(program: Program, names: Iterable[str]) -> Iterator[Phrase]:
    """A word about each name that is probably a slip; any other name may be waited for some day."""
    listening = [reward.when for reward in program.rewards.values()]
    conditions = [condition for segment in program.segments.values() for condition in segment.all_conditions]
    heard = {asset.removeprefix(EVENT) for each in (*listening, *conditions) for asset in each.hears_assets if asset.startswith(EVENT)}
    for name in sorted({*names} - heard):
        if near := nearest(name, sorted(heard)):
            yield phrase("Nothing in the program waits for the event {event}. Did you mean {name}?", event=name, name=near)
