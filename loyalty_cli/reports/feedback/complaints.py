"""What became of members who complained: how long it took, and how many came back, against those who did not complain."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.feedback.complaints import cases
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.feedback import Case
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "limit"})
COLUMNS = (
    Column(name="members", heading="Members", kind="word"),
    Column(name="cases", heading="Cases", kind="count"),
    Column(name="days", heading="Days to answer", kind="number"),
    Column(name="watched", heading="90 days over", kind="count"),
    Column(name="back", heading="Came back", kind="count"),
    Column(name="share", heading="Share", kind="percent"),
)
# By the end of the next day.
AT_ONCE = 1
COMES_BACK = 90
VISITS = """
SELECT member_id, day FROM receipt WHERE member_id IS NOT NULL AND gone = 0 AND total > 0 AND day >= :first
GROUP BY member_id, day ORDER BY member_id, day"""


class Watched(NamedTuple):
    """A member from a day on: the day of the complaint, or else of the first visit."""

    member: int
    day: Day


def table(connection: Connection, question: Question) -> Table:
    """Settled at once, settled later, not settled; and those who did not complain."""
    text = (
        "At once: settled by the end of the next day. Days to answer: the median. Came back: bought within {days} days after "
        "the complaint, or, of those who did not complain, after their first purchase in these days."
    )
    page = Page(
        name="complaints",
        title=phrase("Complaints and who came back"),
        basis=basis_happened(question),
        empty=phrase("Nobody complained."),
        notes=[phrase(text, days=COMES_BACK)],
    )
    return tabled(question, page, COLUMNS, list(rows(connection, question)))


def rows(connection: Connection, question: Question) -> Iterator[tuple[Cell, ...]]:
    """One row for each way in which a complaint went; nothing if there was none."""
    span = question.span
    all_cases = [case for case in cases(connection) if span["first"] <= case.day <= span["last"]]
    if not all_cases:
        return
    visits: dict[int, list[Day]] = defaultdict(list)
    for member, day in rows_of(connection, VISITS, {"first": span["first"]}):
        visits[int(member or 0)].append(int(day or 0))
    went: dict[str, list[Case]] = {"settled at once": [], "settled later": [], "not settled": []}
    for case in all_cases:
        went[how(case)].append(case)
    for name, own in went.items():
        took = [case.answered - case.day for case in own if case.answered is not None]
        days = f"{median(took):.1f}" if took else None
        yield name, len(own), days, *came_back([Watched(case.member, case.day) for case in own], visits, question.today)
    complained = {case.member for case in all_cases}
    others = [Watched(member, days[0]) for member, days in visits.items() if member not in complained and days[0] <= span["last"]]
    yield "did not complain", None, None, *came_back(others, visits, question.today)


def how(case: Case) -> str:
    """How a complaint went."""
    if case.settled is None:
        return "not settled"
    return "settled at once" if case.settled <= case.day + AT_ONCE else "settled later"


def came_back(watched: Sequence[Watched], visits: Mapping[int, Sequence[Day]], today: Day) -> tuple[Cell, ...]:
    """Of those whose days are over: how many there are, how many bought again in them, and their share."""
    over = [each for each in watched if each.day + COMES_BACK < today]
    back = sum(any(each.day < day <= each.day + COMES_BACK for day in visits.get(each.member, ())) for each in over)
    return len(over), back, WHOLE * back // len(over) if over else None
