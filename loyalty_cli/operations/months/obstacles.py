"""What stands in the way of closing months: all of it, for every month, so that nobody has to ask twice."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.days_off import calendar_of
from loyalty_cli.operations.days_off import days_off
from loyalty_cli.operations.ledger.by_edition import reckoned_otherwise
from loyalty_cli.operations.months.rows_of_months import rows_set_aside
from loyalty_cli.store import months
from loyalty_cli.store.imports.till_totals import days_reconciled
from loyalty_cli.store.ledger.ledger import last_run_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.days_off import DaysOff
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection

# So many missing days are named; the rest is counted.
MOST_NAMED = 10
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a month is closed in spite of: stores with missing days, open conflicts and rows set aside."""

    without: Collection[str] = ()
    open_matters: bool = False


@dataclass(slots=True, kw_only=True)
class Found:
    """What there is in a month: open matters, stores with days on which they should have sold, and such days off."""

    month: str
    open_matters: list[Phrase] = field(default_factory=list)
    missing: list[tuple[str, Day]] = field(default_factory=list)
    off: list[Day] = field(default_factory=list)

    @property
    def in_spite_of(self) -> list[Phrase]:
        """What the month is closed in spite of, once it was accepted."""
        return [*self.open_matters, *days_said(self.missing)]


def look_through(connection: Connection, wanted: Sequence[str], program: Program, now: Day) -> tuple[list[Found], DaysOff]:
    """Everything open in some months, and the days on which nobody was expected to sell."""
    set_aside = rows_set_aside(months.open_rows(connection))
    spans = {month: span_of_month(month) for month in wanted}
    missing = {month: months.missing_till_days(connection, first, min(last, now - 1)) for month, (first, last) in spans.items()}
    off = days_off(calendar_of(program), {day for found in missing.values() for _, day in found})
    found = [
        Found(
            month=month,
            open_matters=list(open_matters_of(connection, month, set_aside[month])),
            missing=[(store, day) for store, day in missing[month] if day not in off.days],
            off=sorted({day for _, day in missing[month]} & set(off.days)),
        )
        for month in wanted
    ]
    return found, off


def open_matters_of(connection: Connection, month: str, set_aside: int) -> Iterator[Phrase]:
    """Conflicts, rows set aside and differing tills that may still change the month."""
    first, last = span_of_month(month)
    if conflicts := months.open_conflicts_in(connection, first, last):
        yield phrase("{count} receipt came back different", "{count} receipts came back different", count=conflicts)
    if set_aside:
        yield phrase("{count} row is set aside", "{count} rows are set aside", count=set_aside)
    if differing := days_reconciled(connection, first, last)[1]:
        yield phrase("{count} till day differs from what came in", "{count} till days differ from what came in", count=differing)


def obstacles(connection: Connection, found: Sequence[Found], accepted: Accepted, now: Day) -> list[Obstacle]:
    """What has to be done or accepted before the months can be closed, in their order."""
    told = list(unfinished(connection, [each.month for each in found], now))
    for each in found:
        if each.open_matters and not accepted.open_matters:
            what = phrase("{month} has open matters: {matters}.", month=each.month, matters=each.open_matters)
            text = "See: loyalty report conflicts, set-aside; loyalty import reconcile. Close in spite of them: --accept-open"
            told.append(Obstacle(what, phrase(text)))
        left = [(store, day) for store, day in each.missing if not {store, ALL} & set(accepted.without)]
        if left:
            told.append(missing_days(each.month, left))
    return told


def unfinished(connection: Connection, wanted: Sequence[str], now: Day) -> Iterator[Obstacle]:
    """The months must be over and everybody recalculated through their end."""
    for month in wanted:
        _, last = span_of_month(month)
        if now <= last:
            yield Obstacle(phrase("The month is not over before the end of {day}.", day=OnDay(last)))
    _, last = span_of_month(wanted[-1])
    hint = phrase("Run: loyalty recalc")
    if reckoned_otherwise(connection):
        yield Obstacle(phrase("Another release of loyalty recalculated last, and this one may reckon otherwise."), hint)
    done = last_run_day(connection)
    if done < last < now:
        text = "The books are worked out through {done} only; the month ends on {last}."
        yield Obstacle(phrase(text, done=OnDay(done) if done else "-", last=OnDay(last)), hint)
    if waiting := months.members_waiting(connection, min(last, done)):
        yield Obstacle(phrase("Members who have to be recalculated first: {count}.", count=waiting), hint)


def missing_days(month: str, left: Sequence[tuple[str, Day]]) -> Obstacle:
    """Days on which a till should have sold are asked for, unless somebody knows of them."""
    stores = sorted({store for store, _ in left})
    stores = stores if len(stores) <= MOST_NAMED else [ALL]
    return Obstacle(
        phrase("Till days are missing in {month}: {days}.", month=month, days=days_said(left)),
        phrase(
            "Import them, or close without them: {options}. If nobody sells then: closed: in program.yaml",
            options=" ".join(f'--yes-without "{store}"' for store in stores),
        ),
    )


def days_said(missing: Sequence[tuple[str, Day]]) -> list[Phrase]:
    """Missing days by store, not more than a person reads."""
    said = [phrase("{store} {day}", store=store, day=OnDay(day)) for store, day in missing[:MOST_NAMED]]
    if len(missing) > MOST_NAMED:
        said.append(phrase("and {count} more", count=len(missing) - MOST_NAMED))
    return said
