"""The pages of a simulation: programs side by side, whether they pay, each rule, who wins and loses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.paying.break_even import Paying
from loyalty_cli.paying.spending import COST_KINDS
from loyalty_cli.paying.spending import PRIZES
from loyalty_cli.paying.worths import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.simulation.reckoned import Reckoned
    from loyalty_cli.operations.simulation.reckoned import Side
    from loyalty_cli.program.program import Program

# So many of the members who change most are named.
MOST = 20
TODAY = phrase("today")


@dataclass(frozen=True)
class Today:
    """The kept books, and whether the standings that are kept are of the last day that is looked at."""

    reckoned: Reckoned
    standings_are_of_the_end: bool


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One simulated program beside today's; `moves` is None where today's tiers are those of another day."""

    name: str
    reckoned: Reckoned
    sides: Mapping[int, tuple[int, int]]
    most: Sequence[tuple[str | None, str, int, int]]
    moves: Sequence[tuple[str, str, int]] | None
    turned_away: Sequence[tuple[str, int, int, Day]]


PROGRAM = Column(name="program", heading="Program", kind="said")
SIDE_BY_SIDE = (
    PROGRAM,
    Column(name="points", heading="Points", kind="money"),
    Column(name="coupons", heading="Coupons", kind="money"),
    Column(name="gifts", heading="Gifts", kind="money"),
    Column(name="discounts", heading="Discounts", kind="money"),
    Column(name="prizes", heading="Prizes", kind="money"),
    Column(name="cost", heading="Cost in all", kind="money"),
    Column(name="share", heading="Of members' turnover", kind="percent"),
    Column(name="owed", heading="Owed for points", kind="money"),
)
PAYS = (
    PROGRAM,
    Column(name="turnover", heading="Members' turnover", kind="money"),
    Column(name="cost", heading="Cost in all", kind="money"),
    Column(name="break_even", heading="Pays at more turnover of", kind="percent"),
    Column(name="more", heading="Margin of more turnover", kind="money"),
    Column(name="costs_then", heading="Cost then", kind="money"),
    Column(name="remains", heading="Remains", kind="money"),
)
RULES = (
    PROGRAM,
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="asset", heading="What", kind="posted"),
    Column(name="today", heading="Today", kind="count"),
    Column(name="quantity", heading="Simulated", kind="count"),
    Column(name="cost_today", heading="Cost today", kind="money"),
    Column(name="cost", heading="Cost simulated", kind="money"),
)
SIDES = (
    PROGRAM,
    Column(name="has", heading="Members have", kind="said"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="difference", heading="Difference", kind="money", total=True),
)
CHANGED = (
    PROGRAM,
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="before", heading="Today", kind="money"),
    Column(name="after", heading="Simulated", kind="money"),
    Column(name="difference", heading="Difference", kind="money"),
)
MOVES = (
    PROGRAM,
    Column(name="from", heading="Tier today"),
    Column(name="to", heading="Tier simulated"),
    Column(name="members", heading="Members", kind="count"),
)
LIMITS = (
    PROGRAM,
    Column(name="reward", heading="Reward"),
    Column(name="days", heading="Days", kind="count"),
    Column(name="times", heading="Turned away", kind="count"),
    Column(name="first", heading="First on", kind="day"),
)
HAS = {1: phrase("more"), 0: phrase("the same"), -1: phrase("less")}


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What is looked at: the simulated programs, today's books (None without them), margin and supposed uplift in basis points."""

    compared: Sequence[Compared]
    side: Side
    now: Today | None
    margin: int | None
    uplift: int | None
    program: Program

    @property
    def in_all(self) -> list[tuple[Phrase, Reckoned]]:
        """All books by name, today's first."""
        return [*([(TODAY, self.now.reckoned)] if self.now else ()), *((named(each), each.reckoned) for each in self.compared)]

    def page(self, name: str, title: Phrase, columns: Sequence[Column], rows: Iterable[tuple[Cell, ...]], *notes: Phrase) -> Table:
        """One table."""
        first, last = self.side.period
        return Table(
            name=name,
            title=title,
            columns=columns,
            rows=list(rows),
            currency=self.program.currency.code,
            digits=self.program.currency.digits,
            basis=phrase("Days: {first} to {last}.", first=OnDay(first), last=OnDay(last)),
            notes=notes,
            empty=EMPTY.get(name, NOTHING),
            timezone=self.program.timezone,
        )


def tables(looked: Looked) -> list[Table]:
    """All pages of a simulation."""
    compared, now = looked.compared, looked.now
    pages = [
        looked.page("simulation", phrase("Programs side by side"), SIDE_BY_SIDE, side_by_side(looked), *notes(looked)),
        looked.page("pays", phrase("What would have to happen for it to pay"), PAYS, pays(looked), *pays_notes(looked)),
        looked.page("rules", phrase("What each rule gives"), RULES, rules(compared, now)),
    ]
    if now:
        pages.append(looked.page("winners", phrase("Who has more and who has less than today"), SIDES, sides(compared)))
    moves = [(kept(named(each)), *move) for each in compared for move in each.moves or ()]
    if now and now.standings_are_of_the_end:
        pages.append(looked.page("moves", phrase("Who changes tier"), MOVES, moves))
    title = phrase("The {count} members who change most", count=MOST) if now else phrase("The {count} members who get most", count=MOST)
    limits = ((kept(named(each)), *limit) for each in compared for limit in each.turned_away)
    pages.append(looked.page("changed", title, CHANGED, changed(compared)))
    pages.append(looked.page("limits", phrase("Days on which a limit stops a reward"), LIMITS, limits))
    return pages


def notes(looked: Looked) -> list[Phrase]:
    """What was supposed, and what could not be counted."""
    unknown = sorted({asset for _, each in looked.in_all for asset in each.worths.unknown})
    said = [AS_THEY_BOUGHT, AT_WORTH]
    if unknown:
        names = [posted_said(asset) for asset in unknown]
        said.append(phrase("What one costs is not known, and counts as nothing: {names}", names=names))
    return said


EMPTY = {
    "moves": phrase("Nobody changes tier."),
    "changed": phrase("Everybody has the same."),
    "limits": phrase("No limit stops anything."),
}
NOTHING = phrase("Nothing was given on these days.")
AS_THEY_BOUGHT = phrase("Everybody buys as they did: what another program would have changed in that, no simulation knows.")
AT_WORTH = phrase(
    "Points at what they pay, coupons by the share that was used so far, gifts at cost, prizes at worth; discounts of members as the "
    "till would have taken them off each receipt's prices before any discount, less what came back."
)


def named(each: Compared) -> Phrase:
    """A program by its file."""
    return phrase("{text}", text=each.name)


def side_by_side(looked: Looked) -> Iterator[tuple[Cell, ...]]:
    """A row for each program, today's first."""
    for name, each in looked.in_all:
        costs = [each.by_kind.get(kind, 0) for kind in COST_KINDS]
        yield kept(name), *costs, each.cost, Paying(looked.side.turnover.members, each.cost, None).share, each.owed


def pays(looked: Looked) -> Iterator[tuple[Cell, ...]]:
    """By how much more members must buy, and what so much more would leave."""
    turnover = looked.side.turnover.members
    for name, each in looked.in_all:
        paying = Paying(turnover, each.cost, looked.margin, fixed=each.by_kind.get(PRIZES, 0))
        if_more: tuple[Cell, ...] = (None, None, None)
        if looked.uplift is not None and looked.margin is not None:
            more, cost = paying.if_more(looked.uplift)
            if_more = (more, cost, more - cost)
        yield kept(name), turnover, each.cost, paying.break_even, *if_more


def pays_notes(looked: Looked) -> list[Phrase]:
    """How it was reckoned, or what is missing for it."""
    margin, uplift = looked.margin, looked.uplift
    if margin is None:
        return [phrase("What is left of a sale is not known. Say it: --margin 30%")]
    said = [
        phrase("Of each sale the margin is {margin}%, before the program's cost.", margin=Percent(margin)),
        phrase("More turnover costs more rewards, too; an empty cell means that no more turnover would pay for it."),
    ]
    if uplift is not None:
        said.append(phrase("The last columns suppose that members buy {percent}% more.", percent=Percent(uplift)))
    return said


def rules(compared: Sequence[Compared], now: Today | None) -> Iterator[tuple[Cell, ...]]:
    """Every rule and asset of a simulated program, and those that only today's has."""
    before = {line[:2]: line for line in now.reckoned.lines} if now else {}
    for each in compared:
        after = {line[:2]: line for line in each.reckoned.lines}
        for key in dict.fromkeys((*after, *before)):
            was, becomes = before.get(key), after.get(key)
            quantities = (was.quantity if was else 0, becomes.quantity if becomes else 0)
            yield kept(named(each)), *key, *quantities, was.cost if was else 0, becomes.cost if becomes else 0


def sides(compared: Sequence[Compared]) -> Iterator[tuple[Cell, ...]]:
    """Winners, losers and the others."""
    for each in compared:
        for side, said in HAS.items():
            members, difference = each.sides.get(side, (0, 0))
            yield kept(named(each)), kept(said), members, rounded(difference, PARTS, "half up")


def changed(compared: Sequence[Compared]) -> Iterator[tuple[Cell, ...]]:
    """The members who change most."""
    for each in compared:
        for card, name, *worths in each.most:
            before, after = (rounded(worth, PARTS, "half up") for worth in worths)
            yield kept(named(each)), card, name, before, after, after - before
