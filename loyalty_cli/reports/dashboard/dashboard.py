"""One page to look at every Monday: five numbers with their trend, then pictures, each with a sentence and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Dashboard
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import Asked
from loyalty_cli.reports.asked import basis_until
from loyalty_cli.reports.dashboard.all_pictures import ALL_PICTURES
from loyalty_cli.reports.dashboard.numbers import figures
from loyalty_cli.reports.dashboard.numbers import periods
from loyalty_cli.reports.dashboard.seen import seen
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.dashboard import Aim
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.dashboard.numbers import Period
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-closed", "as-of", "standings", "limit"})

# No goals, as an adopted program keeps them and as a shop that has adopted nothing has them.
NO_GOALS = ("[]", "")
COLUMNS = (
    Column(name="until", heading="Four weeks until", kind="day"),
    Column(name="receipts", heading="Receipts", kind="count"),
    Column(name="turnover", heading="Turnover", kind="money"),
    Column(name="card_share", heading="With a card", kind="percent"),
    Column(name="members", heading="Members who bought", kind="count"),
    Column(name="new", heading="New members", kind="count"),
    Column(name="points", heading="Points", kind="points"),
    Column(name="owed", heading="Owed for points", kind="money"),
)


def table(connection: Connection, question: Question) -> Table:
    """The numbers of each four weeks, the oldest first."""
    known = seen(connection, question)
    return table_of(periods(known) if known else [], question, known.last if known else None)


def table_of(found: Sequence[Period], question: Question, last: Day | None) -> Table:
    """The same of what was found."""
    page = Page(
        name="dashboard",
        title=phrase("How the program is doing"),
        basis=basis_until(last),
        empty=phrase("There are no purchases yet. Bring them in with: loyalty import purchases FILE"),
        notes=[phrase("With pictures, as a page: loyalty report dashboard -o club.html")],
    )
    rows = [(each.last, each.receipts, each.turnover, each.share, each.members, each.new, each.points, each.owed) for each in found]
    return tabled(question, page, COLUMNS, rows)


def page(connection: Connection, question: Question) -> Dashboard | None:
    """The page with its pictures; None in a shop without receipts."""
    known = seen(connection, question)
    if known is None:
        return None
    asked = Asked(question, known.last)
    found = periods(known)
    made = [each.picture(connection, asked, known) for each in ALL_PICTURES]
    return Dashboard(
        title=phrase("How the program is doing"),
        basis=basis_until(known.last),
        table=table_of(found, question, known.last),
        figures=figures(found, asked, in_money=known.in_money),
        aims=aims(connection, question),
        pictures=[each for each in made if isinstance(each, Picture)],
        left_out=[each for each in made if not isinstance(each, Picture)],
    )


def aims(connection: Connection, question: Question) -> list[Aim]:
    """The goals of the shop, if it has any."""
    if question.shop.goals in NO_GOALS:
        return []
    # Imported here because most shops have none.
    from loyalty_cli.reports.goals.goals import aim
    from loyalty_cli.reports.goals.goals import standings_of

    return [aim(each) for each in standings_of(connection, question)]
