"""How members passed from stage to stage in the months of the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Heat
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.stage import LOST
from loyalty_cli.model.stage import SLEEPING
from loyalty_cli.model.stage import STAGES
from loyalty_cli.reports.knowing.stages import courses

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="before", heading="From stage", kind="word"),
    Column(name="buyer", heading="buyer", kind="count", total=True),
    Column(name="client", heading="client", kind="count", total=True),
    Column(name="advocate", heading="advocate", kind="count", total=True),
    Column(name="sleeping", heading="sleeping", kind="count", total=True),
    Column(name="lost", heading="lost", kind="count", total=True),
)
ASLEEP = {SLEEPING, LOST}
# Nobody becomes a visitor: everybody begins as one.
REACHED = STAGES[1:]


def picture(connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """A row for each stage that members left, a column for each that they came to."""
    passed: Counter[tuple[str, str]] = Counter()
    for course in courses(connection, asked.question, asked.last, seen.purchases):
        passed.update((each.before, each.after) for each in course.passages if each.day >= asked.first)
    if not passed:
        return phrase("Stages: nobody passed from one to another in these months.")
    left = [stage for stage in STAGES if any(before == stage for before, _ in passed)]
    (before, after), members = max(passed.items(), key=lambda each: (each[1], each[0]))
    title = phrase("How members passed from stage to stage")
    says = phrase(
        "In these months most passed from {before} to {after}: {count}. Fallen asleep: {asleep}; lost: {lost}; came back: {back}.",
        before=phrase(before),
        after=phrase(after),
        count=members,
        asleep=sum(count for (_, to), count in passed.items() if to == SLEEPING),
        lost=sum(count for (_, to), count in passed.items() if to == LOST),
        back=sum(count for (off, to), count in passed.items() if off in ASLEEP and to not in ASLEEP),
    )
    field = Heat(
        corner=phrase("From stage"),
        rows=[phrase(stage) for stage in left],
        columns=[phrase(stage) for stage in REACHED],
        cells=[[passed[stage, to] for to in REACHED] for stage in left],
        unit="count",
    )
    rows: list[tuple[Cell, ...]] = [(stage, *(passed[stage, to] for to in REACHED)) for stage in left]
    return Picture(title=title, says=says, drawn=field, table=asked.table("stages", title, COLUMNS, rows))
