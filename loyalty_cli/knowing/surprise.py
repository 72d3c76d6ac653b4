"""Of whom something nice would be due: reasons that lie in what a member did lately, each with the day it is about.

Every reason holds for a few days only, so that a list made each week holds nobody twice for the same thing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.rhythm import rhythm
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import next_yearly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

WEEK = 7
# A streak of so many weeks with a purchase is one; so long a complaint that was settled is fresh.
STREAK = 6
SETTLED = 30
# Days with a purchase that are worth a word: 10, 25, and then every 50.
FIRST_ROUND, EVERY = (10, 25), 50


class Reason(NamedTuple):
    """Why something would be due: `years`, `visits`, `streak`, `late` or `settled`, how many, and the day it is about."""

    what: str
    number: int
    day: Day


def reasons(joined: Day | None, visits: Sequence[Day], settled: Day | None, today: Day) -> Iterator[Reason]:
    """The reasons of one member at the end of a day; `visits` are the days with a purchase, in order."""
    if joined is not None and (reason := years(joined, today)):
        yield reason
    if settled is not None and today - SETTLED < settled <= today:
        yield Reason("settled", today - settled, settled)
    if not visits:
        return
    if today - visits[-1] < WEEK and (len(visits) in FIRST_ROUND or len(visits) % EVERY == 0):
        yield Reason("visits", len(visits), visits[-1])
    weeks = streak_before(visits, today)
    own = rhythm(visits, today)
    if weeks >= STREAK:
        yield Reason("streak", weeks, visits[-1])
    elif own and 0 < own.late <= own.usual:
        # Later than nine in ten of their own pauses, and not yet as late as another whole pause.
        yield Reason("late", own.away, visits[-1])


def years(joined: Day, today: Day) -> Reason | None:
    """So many whole years a member on a day of the coming week, today included."""
    born = date_of(joined)
    day = next_yearly(born.month, born.day, today)
    count = date_of(day).year - born.year
    return Reason("years", count, day) if count > 0 and day < today + WEEK else None


def streak_before(visits: Sequence[Day], today: Day) -> int:
    """How many calendar weeks in a row had a purchase, up to the week before last; 0 if the last whole week had one, too.

    Weeks begin on Monday.
    """
    this = monday(today)
    weeks = sorted({monday(day) for day in visits})
    if not weeks or weeks[-1] != this - 2 * WEEK:
        return 0
    count = 1
    for later, earlier in pairwise(reversed(weeks)):
        if later - earlier != WEEK:
            break
        count += 1
    return count


def monday(day: Day) -> Day:
    """The first day of the week of a day."""
    return day - date_of(day).weekday()
