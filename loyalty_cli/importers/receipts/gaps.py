"""Receipt numbers that are missing: tills count, so a hole between two receipts of a day is worth a look."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

# What stands before the last figures of a number, the figures, and what stands behind them.
NUMBERED = re.compile(r"(?P<before>.*?)(?P<figures>\d+)(?P<behind>\D*)")
# Two counts of one store lie further apart than this; a hole in one count is not so wide.
WIDEST_HOLE = 100
# Figures longer than this are no count.
LONGEST = 15


def missing_numbers(numbers: Iterable[str], *, first: str = "", last: str = "") -> list[str]:
    """The numbers between a day's receipts that are not there; the till may say its first and last one."""
    present = list(numbers)
    there = set(present)
    missing = []
    for (before, behind), figures in counts_of([*present, *(said for said in (first, last) if said)]).items():
        for run in runs_of(sorted(figures)):
            found = [with_figures(before, number, behind, figures[run[0]]) for number in range(run[0], run[-1] + 1)]
            holes = [number for number in found if number not in there and number not in figures.values()]
            # Numbers that are mostly holes are made by chance, not by counting.
            if len(holes) <= len(run):
                missing += holes
    return missing + [said for said in dict.fromkeys((first, last)) if said and said not in there]


def counts_of(numbers: Iterable[str]) -> dict[tuple[str, str], dict[int, str]]:
    """The counts that numbers belong to, by what stands around their figures."""
    counts: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for number in numbers:
        found = NUMBERED.fullmatch(number)
        if found and len(found["figures"]) <= LONGEST:
            counts[found["before"], found["behind"]][int(found["figures"])] = number
    return counts


def runs_of(figures: list[int]) -> Iterator[list[int]]:
    """Figures cut where the next one is too far away to belong to the same count."""
    run = figures[:1]
    for figure in figures[1:]:
        if figure - run[-1] > WIDEST_HOLE:
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def with_figures(before: str, figure: int, behind: str, like: str) -> str:
    """A number of a count, with the zeros that the others have."""
    width = len(like) - len(before) - len(behind)
    return f"{before}{figure:0{width}}{behind}"
