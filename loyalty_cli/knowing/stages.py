"""Through which stages a member passes, and on which days: visitor, buyer, client, advocate, sleeping, lost.

A member with a card and no purchase is a visitor. The first day with a purchase makes a buyer, so many days with one a client.
Who recommends the shop is an advocate as long as they come; who has not come for long sleeps, and then is lost. The next
purchase wakes: to what the member was by then.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.stage import ADVOCATE
from loyalty_cli.model.stage import BUYER
from loyalty_cli.model.stage import CLIENT
from loyalty_cli.model.stage import LOST
from loyalty_cli.model.stage import SLEEPING
from loyalty_cli.model.stage import VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.stage import Bounds


class Passage(NamedTuple):
    """From one stage to another on a day, after so many days in the first."""

    day: Day
    before: str
    after: str
    lasted: int


class Course(NamedTuple):
    """A member's passages in order, and the stage at the end."""

    passages: Sequence[Passage]
    stage: str


def course(joined: Day, visits: Sequence[Day], recommends: Day | None, bounds: Bounds, until: Day) -> Course:
    """A member's way through the stages; `visits` are the days with a purchase in order, `recommends` the first day of it."""
    stage, since = VISITOR, joined
    passages: list[Passage] = []
    for day, after in steps(visits, recommends, bounds, until):
        if after != stage:
            passages.append(Passage(day, stage, after, day - since))
            stage, since = after, day
    return Course(passages, stage)


def steps(visits: Sequence[Day], recommends: Day | None, bounds: Bounds, until: Day) -> Iterator[tuple[Day, str]]:
    """The days on which something may change, with the stage from then on."""
    end = until + 1
    for number, (day, next_visit) in enumerate(zip(visits, (*visits[1:], end), strict=False), 1):
        if day > until:
            return
        following = min(next_visit, end)
        awake = CLIENT if number >= bounds.client_from else BUYER
        yield day, ADVOCATE if recommends is not None and recommends <= day else awake
        sleeps = bounds.sleeping_after.after(day) + 1
        if recommends is not None and day < recommends < min(sleeps, following):
            yield recommends, ADVOCATE
        if sleeps < following:
            yield sleeps, SLEEPING
            # Nobody is lost before falling asleep.
            lost = bounds.lost_after.after(day) + 1
            if lost < following:
                yield lost, LOST


class Flow(NamedTuple):
    """How many passed from one stage to another in a month, and after how many days in the first (the median)."""

    month: str
    before: str
    after: str
    members: int
    days: int


def flows(courses: Iterable[Course], first: Day = 0) -> list[Flow]:
    """The passages of all members from a day on, by month."""
    # Imported here because it brings half a dozen of others along, and who counts stages alone needs no median.
    from statistics import median

    lasted: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for each in courses:
        for passage in each.passages:
            if passage.day >= first:
                lasted[month_of(passage.day), passage.before, passage.after].append(passage.lasted)
    return [Flow(*key, len(days), int(median(days) + 0.5)) for key, days in sorted(lasted.items())]
