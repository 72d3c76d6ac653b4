"""How members passed from stage to stage, month by month, and how long they took; how many are in each now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.knowing.stages import course
from loyalty_cli.knowing.stages import flows
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.stage import bounds_from
from loyalty_cli.model.stage import STAGES
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.visits import purchases
from loyalty_cli.store.feedback.answers import scores_of_many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.knowing.stages import Course
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.visits import Purchases
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})
COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="before", heading="From stage", kind="word"),
    Column(name="after", heading="To stage", kind="word"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="days", heading="After days", kind="count"),
)
# Who shares an account passes on with it.
MEMBERS = "SELECT id, joined FROM member WHERE merged_into IS NULL ORDER BY id"
# Whoever brought somebody recommends the shop from the first purchase of that friend on.
BROUGHT = """
SELECT referral.by_id, min(receipt.day) FROM referral JOIN receipt ON receipt.member_id = referral.member_id
 WHERE receipt.gone = 0 AND receipt.total > 0 AND receipt.day <= :until GROUP BY referral.by_id
"""


def table(connection: Connection, question: Question) -> Table:
    """The months in order; a member passes on the day it happens, and sleeps or is lost without doing anything."""
    until = min(question.span["last"], question.today)
    found = list(courses(connection, question, until, purchases(connection, until)))
    rows = flows(found, question.span["first"])
    page = Page(
        name="stages",
        title=phrase("From visitor to advocate"),
        basis=basis_happened(question),
        empty=phrase("Nobody passed from one stage to another on these days."),
        notes=[*standing(found), bounds_said(question)],
    )
    return tabled(question, page, COLUMNS, [tuple(row) for row in rows])


def courses(connection: Connection, question: Question, until: Day, bought: Purchases) -> Iterator[Course]:
    """Every member's way through the stages, by what was bought until a day."""
    bounds = bounds_from(question.shop.stages)
    recommends: dict[int, Day] = {}
    brought: Iterable[tuple[int, Day]] = connection.execute(BROUGHT, {"until": until})
    promoted = ((member, answer.day) for member, answer in scores_of_many(connection) if answer.promotes and answer.day <= until)
    for member, day in (*brought, *promoted):
        account = bought.accounts.get(member, member)
        recommends[account] = min(day, recommends.get(account, day))
    for member, known in connection.execute(MEMBERS):
        if member in bought.accounts:
            continue
        visits = sorted(set(bought.kept.get(member, ())))
        # Who has no day of joining of their own is there from the first purchase on.
        joined = min(day for day in (known, *visits[:1], until) if day is not None)
        yield course(joined, visits, recommends.get(member), bounds, until)


def standing(found: list[Course]) -> list[Phrase]:
    """How many are in each stage at the end."""
    counts = Counter(each.stage for each in found)
    return [phrase("{stage}: {count}", stage=phrase(stage), count=counts[stage]) for stage in STAGES if counts[stage]]


def bounds_said(question: Question) -> Phrase:
    """Where the bounds are."""
    bounds = bounds_from(question.shop.stages)
    return phrase(
        "A client has bought on {count} days; a member sleeps after {sleeping} without a purchase and is lost after {lost}. "
        "An advocate brought a friend who bought, or answered 9 or 10 (5 of 5). Other bounds: stages: in program.yaml.",
        count=bounds.client_from,
        sleeping=bounds.sleeping_after,
        lost=bounds.lost_after,
    )
