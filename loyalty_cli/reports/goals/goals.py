"""The shop's goals: today's value, how it was twelve weeks before, and whether the goal is on the way."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.goal import goals_from
from loyalty_cli.model.shown.dashboard import Aim
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import Asked
from loyalty_cli.reports.asked import basis_until
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.asked import tenths
from loyalty_cli.reports.goals.measures import mean
from loyalty_cli.reports.goals.measures import MEASURES
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.goal import Goal
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.goals.measures import Course
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})

COLUMNS = (
    Column(name="goal", heading="Goal"),
    Column(name="target", heading="Target", kind="percent"),
    Column(name="below", heading="Wanted", kind="word"),
    Column(name="now", heading="Now", kind="percent"),
    Column(name="before", heading="Twelve weeks before", kind="percent"),
    Column(name="state", heading="State", kind="word"),
    Column(name="formula", heading="Measured as", kind="word"),
)
# Twelve weeks are compared with the twelve before: one good month is no way.
TWELVE_WEEKS = 3


class Standing(NamedTuple):
    """A goal and how it goes; values in basis points, the oldest first."""

    goal: Goal
    course: Course

    @property
    def now(self) -> int | None:
        """The value of the last four weeks."""
        return self.course[-1]

    @property
    def before(self) -> int | None:
        """The value of four weeks twelve weeks before."""
        return self.course[-1 - TWELVE_WEEKS]

    @property
    def state(self) -> str:
        """Whether it is reached, on the way (the last twelve weeks were nearer than the twelve before), or neither."""
        if self.now is None:
            return "not known yet"
        if self.goal.reached(self.now):
            return "reached"
        lately, earlier = mean(self.course[-TWELVE_WEEKS:]), mean(self.course[-2 * TWELVE_WEEKS : -TWELVE_WEEKS])
        if lately is None or earlier is None:
            return "not known yet"
        nearer = lately < earlier if self.goal.below else lately > earlier
        return "on the way" if nearer else "not on the way"


def standings_of(connection: Connection, question: Question) -> list[Standing]:
    """Each goal with its course; none in a shop without goals or without receipts."""
    goals = goals_from(question.shop.goals)
    last = last_known(connection, question) if goals else None
    if last is None:
        return []
    asked = Asked(question, last)
    return [Standing(goal, MEASURES[goal.measure].course(connection, asked, goal)) for goal in goals]


def table(connection: Connection, question: Question) -> Table:
    """The goals in the order of the program."""
    page = Page(
        name="goals",
        title=phrase("Goals"),
        basis=basis_until(last_known(connection, question)),
        empty=phrase("The program has no goals. They stand under goals: in program.yaml."),
        notes=[
            phrase("On the way: the last twelve weeks were nearer to the goal than the twelve before."),
        ],
    )
    rows = [
        (
            *(each.goal.name, each.goal.target, "below" if each.goal.below else "at least", each.now, each.before),
            *(each.state, MEASURES[each.goal.measure].formula.text),
        )
        for each in standings_of(connection, question)
    ]
    return tabled(question, page, COLUMNS, rows)


def said(standings: Sequence[Standing]) -> list[Phrase]:
    """Each goal in a sentence."""
    return [one_said(each) for each in standings]


def aim(standing: Standing) -> Aim:
    """A goal as the page shows it."""
    goal = standing.goal
    return Aim(
        name=goal.name,
        says=one_said(standing),
        formula=MEASURES[goal.measure].formula,
        target=goal.target,
        now=standing.now,
        below=goal.below,
        reached=standing.state == "reached",
    )


def one_said(standing: Standing) -> Phrase:
    """What a goal wants, what is, and whether it is on the way."""
    goal = standing.goal
    wanted = phrase("below {target}", target=Share(goal.target)) if goal.below else phrase("at least {target}", target=Share(goal.target))
    state = phrase(standing.state)
    if standing.now is None:
        return phrase("Goal {name}: {wanted}; {state}.", name=goal.name, wanted=wanted, state=state)
    return phrase("Goal {name}: {wanted}; now {now}, {state}.", name=goal.name, wanted=wanted, now=tenths(standing.now), state=state)
