"""Who is still active, and what each member will probably buy and spend in the days ahead."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing import activity
from loyalty_cli.knowing import spend
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import decimal
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.knowing.visits import Visits
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.knowing.known import Known
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit", "days"})
# Of fewer members who came again nothing can be said.
LEAST = 30
COLUMNS = (
    CARD,
    NAME,
    Column(name="visits", heading="Visits", kind="count"),
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="active", heading="Still active", kind="percent"),
    Column(name="expected_visits", heading="Visits expected", kind="number"),
    Column(name="a_visit", heading="Paid in a visit", kind="money"),
    Column(name="expected_spend", heading="Spend expected", kind="money", total=True),
)


class Ahead(NamedTuple):
    """What is expected of a member."""

    alive: float
    visits: float
    a_visit: int

    @property
    def spend(self) -> int:
        """Money in all of the visits."""
        return round(self.visits * self.a_visit)


def table(connection: Connection, question: Question) -> Table:
    """One row for each member who ever bought, the one who will bring most first."""
    found = known(connection, question)
    again = sum(1 for each in found.visits.values() if len(each.days) > 1) if found else 0
    enough = found is not None and again >= LEAST
    coming = ahead(found, question.days) if found and enough else {}
    visits = sum(each.visits for each in coming.values())
    money = question.shop.currency.money(sum(each.spend for each in coming.values()))
    said = phrase(
        "Members still active: about {active} of {members}. To be expected of them in the next days ({days}): visits about {visits}, "
        "and {money}.",
        members=len(coming),
        active=round(sum(each.alive for each in coming.values())),
        days=question.days,
        visits=round(visits),
        money=money,
    )
    how = phrase(
        "Reckoned by the models BG/NBD and Gamma-Gamma (Fader, Hardie and Lee 2005) from how often, how lately and for how much "
        "each member bought. Whoever bought only once always counts as active in them, but with few visits."
    )
    page = Page(
        name="active",
        title=phrase("Who is still active"),
        basis=through(found),
        empty=phrase("This needs {count} members who came at least twice.", count=LEAST) if found else nothing(),
        notes=[said, how] if enough else [],
    )
    people = named(connection) if coming else {}
    rows = [
        (
            *people[member],
            len(found.visits[member].days) if found else 0,
            found.visits[member].days[-1] if found else None,
            round(each.alive * WHOLE),
            decimal(each.visits),
            each.a_visit,
            each.spend,
        )
        for member, each in sorted(coming.items(), key=lambda row: (-row[1].spend, row[0]))
    ]
    return tabled(question, page, COLUMNS, rows)


def ahead(found: Known, days: int) -> dict[int, Ahead]:
    """What is expected of each member in so many days."""
    histories = {member: history(each, found.last) for member, each in found.visits.items()}
    model = activity.fitted(list(histories.values()))
    a_visit = a_visit_of(found.visits)
    weeks = days / 7
    return {member: Ahead(model.alive(each), model.expected(each, weeks), a_visit[member]) for member, each in histories.items()}


def history(visits: Visits, last: int) -> activity.History:
    """A member's visits as the model takes them: time in weeks from the first one on."""
    first = visits.days[0]
    return activity.History(len(visits.days) - 1, (visits.days[-1] - first) / 7, (last - first) / 7)


def a_visit_of(visits: Mapping[int, Visits]) -> dict[int, int]:
    """What each member is expected to pay in a visit: the visits after the first tell it."""
    paid = {
        member: spend.Paid(len(each.days) - 1, sum(each.amounts[1:]) / (len(each.days) - 1))
        for member, each in visits.items()
        if sum(each.amounts[1:]) > 0
    }
    if not paid:
        return dict.fromkeys(visits, 0)
    model = spend.fitted(list(paid.values()))
    unknown = spend.Paid(0, 0.0)
    return {member: round(model.expected(paid.get(member, unknown))) for member in visits}
