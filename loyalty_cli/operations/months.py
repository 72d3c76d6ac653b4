"""`loyalty month close`: the month's books change no more; what is found out later is booked later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.local_day import today
from loyalty_cli.store import months
from loyalty_cli.store.imports.till_totals import days_reconciled
from loyalty_cli.store.ledger.ledger import last_run_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

# So many missing days are named; the rest is counted.
MOST_NAMED = 10
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a month is closed in spite of: stores with missing days, open conflicts and rows set aside."""

    without: Sequence[str] = ()
    open_matters: bool = False


def month_close(
    shop: Shop, month: str, *, accepted: Accepted | None = None, by: str = "", dry_run: bool = False
) -> Outcome:
    """Close `2026-11`, after everything that could still change it has been looked at."""
    accepted = accepted or Accepted()
    first, last = span_of(month)
    with shop.changing(dry_run=dry_run) as connection:
        refuse_wrong_order(connection, month)
        refuse_unfinished(connection, last, today(shop, connection))
        open_matters = open_matters_of(connection, first, last)
        if open_matters and not accepted.open_matters:
            raise Refused(
                "{month} has open matters: {matters}.",
                month=month,
                matters=open_matters,
                hint=phrase(
                "See: loyalty report conflicts, set-aside; loyalty import reconcile. Close in spite of them: --accept-open"
            ),
            )
        missing = months.missing_till_days(connection, first, last)
        refuse_missing_days(month, missing, accepted.without)
        entries, sha256 = months.month_rows(connection, month, first, last)
        closed = months.ClosedMonth(month, last + 1, entries, sha256)
        tills = days_reconciled(connection, first, last)
        months.close_month(connection, closed, at=shop.moment, by=by)
    return outcome(closed, [*open_matters, *days_said(missing)], tills=tills, dry_run=dry_run)


def refuse_wrong_order(connection: Connection, month: str) -> None:
    """Months are closed one after the other, from the first that has entries."""
    closed = months.closed_months(connection)
    if closed and month <= closed[-1].month:
        raise Refused("{month} is closed already; the last closed month is {last}.", month=month, last=closed[-1].month)
    first = closed[-1].first_open_day if closed else months.first_booked_day(connection)
    if first is None:
        raise Refused("The ledger has no entries yet.", hint=phrase("Run: loyalty recalc"))
    if month < month_of(first):
        raise Refused(
            "{month} has nothing to close: the first entry is of {first}.", month=month, first=month_of(first)
        )
    if month != month_of(first):
        raise Refused(
            "{month} can not be closed before {first}.",
            month=month,
            first=month_of(first),
            hint=phrase("Close the months in order: loyalty month close {first}", first=month_of(first)),
        )


def refuse_unfinished(connection: Connection, last: Day, now: Day) -> None:
    """The month must be over and everybody recalculated through its end."""
    if now <= last:
        raise Refused("The month is not over before the end of {day}.", day=OnDay(last))
    hint = phrase("Run: loyalty recalc")
    done = last_run_day(connection)
    if done < last:
        text = "The books are worked out through {done} only; the month ends on {last}."
        raise Refused(text, done=OnDay(done) if done else "-", last=OnDay(last), hint=hint)
    waiting = months.members_waiting(connection, last)
    if waiting:
        raise Refused("Members who have to be recalculated first: {count}.", count=waiting, hint=hint)


def open_matters_of(connection: Connection, first: Day, last: Day) -> list[Phrase]:
    """Conflicts and rows set aside that may still change the month."""
    conflicts = months.open_conflicts_in(connection, first, last)
    rows = months.set_aside_in(connection, first, last)
    found = []
    if conflicts:
        found.append(
            phrase("{count} receipt came back different", "{count} receipts came back different", count=conflicts)
        )
    if rows:
        found.append(phrase("{count} row is set aside", "{count} rows are set aside", count=rows))
    differing = days_reconciled(connection, first, last)[1]
    if differing:
        found.append(
            phrase(
                "{count} till day differs from what came in",
                "{count} till days differ from what came in",
                count=differing,
            )
        )
    return found


def refuse_missing_days(month: str, missing: Sequence[tuple[str, Day]], accepted: Sequence[str]) -> None:
    """Days on which a till should have sold are asked for, unless somebody knows of them."""
    left = [(store, day) for store, day in missing if store not in accepted and ALL not in accepted]
    if not left:
        return
    stores = sorted({store for store, _ in left})
    stores = stores if len(stores) <= MOST_NAMED else [ALL]
    raise Refused(
        "Till days are missing in {month}: {days}.",
        month=month,
        days=days_said(left),
        hint=phrase(
            "Import them, or close without them: {options}",
            options=" ".join(f'--yes-without "{store}"' for store in stores),
        ),
    )


def days_said(missing: Sequence[tuple[str, Day]]) -> list[Phrase]:
    """Missing days by store, not more than a person reads."""
    said = [phrase("{store} {day}", store=store, day=OnDay(day)) for store, day in missing[:MOST_NAMED]]
    if len(missing) > MOST_NAMED:
        said.append(phrase("and {count} more", count=len(missing) - MOST_NAMED))
    return said


def outcome(
    closed: months.ClosedMonth, in_spite_of: list[Phrase], *, tills: tuple[int, int], dry_run: bool
) -> Outcome:
    """What was closed, what it was closed in spite of, and how many days of tills were compared and differ."""
    said = [
        phrase(
            "{month} is closed: {entries} entries. What is found out later is booked from {day} on.",
            month=closed.month,
            entries=closed.entries,
            day=OnDay(closed.first_open_day),
        ),
        phrase("SHA-256 of its entries: {sha256}", sha256=closed.sha256),
    ]
    if tills[0]:
        said.append(
            phrase(
                "{count} till day was compared; {differing} differ.",
                "{count} till days were compared; {differing} differ.",
                count=tills[0],
                differing=tills[1],
            )
        )
    if dry_run:
        said.append(phrase("This was a dry run; nothing was kept."))
    warnings = [phrase("It was closed in spite of: {matters}.", matters=in_spite_of)] if in_spite_of else []
    data = {
        "month": closed.month,
        "first_open_day": iso(closed.first_open_day),
        "entries": closed.entries,
        "sha256": closed.sha256,
        "till_days": tills[0],
        "till_days_differing": tills[1],
        "in_spite_of": [str(matter) for matter in in_spite_of],
        "dry_run": dry_run,
    }
    return Outcome(said=said, warnings=warnings, data=data)


def span_of(month: str) -> tuple[Day, Day]:
    """The first and last day of `2026-11`."""
    first = day_from_iso(f"{month}-01")
    return first, add_months(first, 1) - 1
