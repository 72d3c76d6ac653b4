"""What the program costs and what it leaves: in all, month by month, and rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.paying.break_even import Paying
from loyalty_cli.paying.spending import COST_KINDS
from loyalty_cli.paying.spending import together
from loyalty_cli.reports.money.figures import figures
from loyalty_cli.reports.money.said import how_it_is_counted
from loyalty_cli.reports.money.said import what_it_says
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.paying.spending import Line
    from loyalty_cli.reports.money.figures import Figures
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})
OF_REWARDS = (
    Column(name="given", heading="If all is used", kind="money", total=True),
    Column(name="expected", heading="Expected", kind="money", total=True),
    Column(name="used", heading="Used", kind="money", total=True),
    Column(name="uses", heading="Uses", kind="count"),
    Column(name="per_use", heading="For one use", kind="money"),
)
COLUMNS = (
    Column(name="what", heading="What", kind="said"),
    *OF_REWARDS,
    Column(name="share", heading="Of members' turnover", kind="percent"),
)
MONTHS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="members", heading="Members' turnover", kind="money", total=True),
    Column(name="others", heading="Others' turnover", kind="money", total=True),
    Column(name="cost", heading="Cost", kind="money", total=True),
    Column(name="share", heading="Of members' turnover", kind="percent"),
    Column(name="margin", heading="Margin", kind="money", total=True),
    Column(name="remains", heading="Remains", kind="money", total=True),
    Column(name="given", heading="If all is used", kind="money", total=True),
    Column(name="expected", heading="Expected", kind="money", total=True),
    Column(name="used", heading="Used", kind="money", total=True),
    Column(name="running", heading="Each month", kind="money", total=True),
    Column(name="set_up", heading="Setting up", kind="money", total=True),
    Column(name="pays_at", heading="Pays at more turnover of", kind="percent"),
    Column(name="brought", heading="Brought", kind="money", total=True),
    Column(name="balance", heading="Brought less cost", kind="money"),
)
RULES = (
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="asset", heading="What", kind="posted"),
    Column(name="quantity", heading="Given", kind="count"),
    *OF_REWARDS,
)
BY_MONTH = (Column(name="month", heading="Month", kind="month"), *RULES)


def table(connection: Connection, question: Question) -> Table:
    """What it costs in all."""
    return tables(connection, question)[0]


def tables(connection: Connection, question: Question) -> list[Table]:
    """In all, month by month, rule by rule, and each rule month by month; a shop without a program has the first alone, empty."""
    found = figures(connection, question)
    if found is None:
        return [tabled(question, summary_page(question, None), COLUMNS, [])]

    def shown(name: str, title: Phrase, columns: Sequence[Column], rows: Iterator[tuple[Cell, ...]], *notes: Phrase) -> Table:
        page = Page(name=name, title=title, basis=basis(found), empty=NOTHING, notes=notes)
        return tabled(question, page, columns, list(rows))

    rules = together(found.lines, by_month=False)
    by_month = ((line.month, *of_rule(line)) for line in together(found.lines, by_month=True))
    return [
        tabled(question, summary_page(question, found), COLUMNS, list(summary(found))),
        shown("money-by-month", phrase("Cost and margin month by month"), MONTHS, months(found), COST, PAYS_AT),
        shown("money-by-rule", phrase("What each rule costs"), RULES, (of_rule(line) for line in rules), PURSE),
        shown("money-by-rule-and-month", phrase("What each rule costs month by month"), BY_MONTH, by_month),
    ]


KINDS = {
    "points": phrase("points"),
    "coupons": phrase("coupons"),
    "gifts": phrase("gifts"),
    "discounts": phrase("discounts"),
    "prizes": phrase("prizes"),
    "each month": phrase("each month"),
    "setting up": phrase("setting up"),
}
NOTHING = phrase("Nothing was given on these days.")
NOTHING_YET = phrase("There is nothing to reckon before a program has been adopted and purchases have come in.")
COST = phrase("Cost: rewards as they are expected to be used, and what is paid each month.")
PAYS_AT = phrase("Pays at more turnover of, brought less cost: from the first cost through the end of the month, setting up included.")
PURSE = phrase("Points are one purse: what they paid is shared over the rules by the points that each gave until that day.")


def basis(found: Figures) -> Phrase:
    """Which days are counted."""
    return happened(Dates(first=found.first, last=found.last))


def summary_page(question: Question, found: Figures | None) -> Page:
    """The first page, with what all of it says in sentences."""
    return Page(
        name="money",
        title=phrase("What the program costs and leaves"),
        basis=basis(found) if found else basis_happened(question),
        empty=NOTHING if found else NOTHING_YET,
        notes=[*what_it_says(found, question.shop), *how_it_is_counted(found)] if found else (),
    )


def summary(found: Figures) -> Iterator[tuple[Cell, ...]]:
    """A row for each kind of cost that there is."""
    turnover = sum(each.members for each in found.months)
    for kind in COST_KINDS:
        lines = [line for line in found.lines if line.kind == kind]
        if lines:
            uses = found.uses[kind] if kind in found.uses else sum(line.uses for line in lines)
            given, expected, used = (sum(each) for each in zip(*(line[4:7] for line in lines), strict=True))
            yield kept(KINDS[kind]), given, expected, used, uses, per_use(used, uses), Paying(turnover, expected, None).share
    running = sum(each.running for each in found.months)
    set_up = sum(each.set_up for each in found.months)
    if running:
        yield kept(KINDS["each month"]), running, running, running, None, None, Paying(turnover, running, None).share
    if set_up:
        yield kept(KINDS["setting up"]), set_up, set_up, set_up, None, None, None


def per_use(used: int, uses: int) -> int | None:
    """What one use cost, on the average."""
    return rounded(used, uses, "half up") if uses > 0 else None


def of_rule(line: Line) -> tuple[Cell, ...]:
    """A rule's row; of points nobody knows whose uses they are."""
    uses = None if line.kind == "points" else line.uses
    return line.rule, line.asset, line.quantity, line.given, line.expected, line.used, uses, per_use(line.used, line.uses)


def months(found: Figures) -> Iterator[tuple[Cell, ...]]:
    """The months asked for, each with where the program stands at its end."""
    stands = {each.month: each for each in found.course}
    for each in found.months:
        reached = stands[each.month]
        yield (
            *(each.month, each.members, each.others, each.cost, each.share, each.left, each.remains),
            *(each.given, each.expected, each.used, each.running, each.set_up),
            *(reached.pays_at, reached.brought, reached.balance),
        )
