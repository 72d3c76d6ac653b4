"""What members answered, all together and by store, cashier and month: how many, net promoter score, mean, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.feedback import DETRACTS
from loyalty_cli.model.feedback import PROMOTES
from loyalty_cli.model.feedback import TOPS
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.feedback.scores import ENOUGH
from loyalty_cli.reports.feedback.scores import mean
from loyalty_cli.reports.feedback.scores import net_promoter
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.feedback.answers import ABOUT
from loyalty_cli.store.feedback.answers import COUNTS
from loyalty_cli.store.feedback.answers import VISIT
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.feedback.scores import Interval
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit", "stores"})
COLUMNS = (
    Column(name="by", heading="By", kind="word"),
    Column(name="of", heading="Of"),
    Column(name="scale", heading="Scale", kind="code"),
    Column(name="visits", heading="Visits", kind="count"),
    Column(name="answers", heading="Answers", kind="count"),
    Column(name="rate", heading="Of visits", kind="percent"),
    Column(name="detractors", heading="0-6", kind="count"),
    Column(name="passives", heading="7-8", kind="count"),
    Column(name="promoters", heading="9-10", kind="count"),
    Column(name="nps", heading="NPS", kind="number"),
    Column(name="nps_from", heading="From", kind="number"),
    Column(name="nps_to", heading="To", kind="number"),
    Column(name="mean", heading="Mean", kind="number"),
    Column(name="mean_from", heading="From", kind="number"),
    Column(name="mean_to", heading="To", kind="number"),
)
SCALES = {top: name for name, top in TOPS.items()}

ANSWERS = f"""
WITH answer AS (SELECT f.day, f.score, f.top, f.store_id, {VISIT} AS visit FROM {COUNTS} WHERE f.day BETWEEN :first AND :last)
SELECT o.day, o.score, o.top, coalesce(s.name, ''), coalesce(d.cashier, '')
FROM answer AS o LEFT JOIN receipt AS r ON r.id = o.visit LEFT JOIN store AS s ON s.id = coalesce(r.store_id, o.store_id)
  LEFT JOIN desk AS d ON d.id = r.desk_id
WHERE :stores = '[]' OR s.name IN (SELECT value FROM json_each(:stores))
ORDER BY o.day
"""
VISITS = """
SELECT s.name, coalesce(d.cashier, ''), r.day, count(*) FROM receipt AS r JOIN store AS s ON s.id = r.store_id
  LEFT JOIN desk AS d ON d.id = r.desk_id
WHERE r.member_id IS NOT NULL AND r.gone = 0 AND r.total > 0 AND r.day BETWEEN :first AND :last
  AND (:stores = '[]' OR s.name IN (SELECT value FROM json_each(:stores)))
GROUP BY 1, 2, 3
"""
# In the order in which they are shown.
GROUPS = ("all", "store", "cashier", "month")


@dataclass(slots=True)
class Tally:
    """Visits of members, answers on one scale, and their scores."""

    visits: int = 0
    answers: int = 0
    scores: list[int] = field(default_factory=list)


def table(connection: Connection, question: Question) -> Table:
    """All first, then each store, cashier and month."""
    text = (
        "Visits: purchases of members. An answer is about the receipt it names, else about the last purchase in the {days} days "
        "before it. NPS: percent of 9-10 less percent of 0-6; from and to hold the true figure 95 times of 100 "
        "(adjusted Wald, Rocks 2016; mean: Student's t). NPS and what lies from and to are only shown from {enough} scores on."
    )
    page = Page(
        name="feedback",
        title=phrase("What members say"),
        basis=basis_happened(question),
        empty=phrase("Nobody has said anything."),
        notes=[phrase(text, days=ABOUT, enough=ENOUGH)],
    )
    return tabled(question, page, COLUMNS, list(rows(connection, question)))


def rows(connection: Connection, question: Question) -> Iterator[tuple[Cell, ...]]:
    """One row for each group that has an answer, on each scale."""
    values = {**question.span, "stores": question.stores_as_json}
    tallies: dict[tuple[str, str, int], Tally] = {}
    for day, score, top, store, cashier in rows_of(connection, ANSWERS, values):
        for by, of in groups(str(store), str(cashier), int(day or 0)):
            tally = tallies.setdefault((by, of, int(top or 0)), Tally())
            tally.answers += 1
            tally.scores += [] if score is None else [int(score)]
    for store, cashier, day, count in rows_of(connection, VISITS, values):
        for by, of in groups(str(store), str(cashier), int(day or 0)):
            for top in TOPS.values():
                if (by, of, top) in tallies:
                    tallies[by, of, top].visits += int(count or 0)
    for (by, of, top), tally in sorted(tallies.items(), key=lambda each: (GROUPS.index(each[0][0]), each[0][1:])):
        yield (by, of, SCALES[top], *figures(tally, top))


def groups(store: str, cashier: str, day: int) -> Iterator[tuple[str, str]]:
    """Where a visit or an answer counts; what is not known has no group of its own."""
    yield "all", ""
    if store:
        yield "store", store
    if cashier:
        yield "cashier", cashier
    yield "month", month_of(day)


def figures(tally: Tally, top: int) -> tuple[Cell, ...]:
    """The figures of one group; promoters are only known on the scale that ends with 10."""
    rate = WHOLE * tally.answers // tally.visits if tally.visits else None
    head = (tally.visits, tally.answers, rate)
    if top != TOPS["0-10"]:
        return (*head, None, None, None, *decimals(None, 0), *decimals(mean(tally.scores), 2))
    promoters = sum(score >= PROMOTES[top] for score in tally.scores)
    detractors = sum(score <= DETRACTS[top] for score in tally.scores)
    passives = len(tally.scores) - promoters - detractors
    nps = net_promoter(promoters, passives, detractors) if len(tally.scores) >= ENOUGH else None
    return (*head, detractors, passives, promoters, *decimals(nps, 0), *decimals(mean(tally.scores), 2))


def decimals(interval: Interval | None, places: int) -> tuple[Cell, ...]:
    """An interval as exact text."""
    return (None, None, None) if interval is None else tuple(None if each is None else f"{each:.{places}f}" for each in interval)
