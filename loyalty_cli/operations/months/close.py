"""`loyalty month close`: the months' books change no more; what is found out later is booked later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.months.full_check import full_check
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.obstacles import look_through
from loyalty_cli.operations.months.obstacles import obstacles
from loyalty_cli.operations.months.pack import keep_pack
from loyalty_cli.store import months
from loyalty_cli.store.imports.till_totals import days_reconciled
from loyalty_cli.store.seals import seals
from loyalty_cli.store.seals.broken import OF_MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.errors import Obstacle
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.days_off import DaysOff
    from loyalty_cli.operations.months.obstacles import Found
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def month_close(
    shop: Shop,
    month: str = "",
    *,
    through: str = "",
    accepted: Accepted | None = None,
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Close `2026-11`, or every month `through` it, after everything that could still change them was looked at."""
    accepted = accepted or Accepted()
    program = program_file(shop)
    checked = None if dry_run else full_check(shop)
    with shop.changing(dry_run=dry_run) as connection:
        wanted = months_to_close(connection, month, through)
        now = today(shop, connection)
        found, off = look_through(connection, wanted, program, now)
        refuse_hindered(found, off, obstacles(connection, found, accepted, now))
        said, data = [], []
        for each in found:
            closed = close_one(connection, each.month, shop, by)
            # A pack looks at every member's day; one that nobody keeps is not made.
            if not dry_run:
                # What is late of months that were closed before is a line of the first of these.
                keep_pack(connection, each.month, now, shop, checked=checked, may_be_late=each is found[0])
            proof = seals.seal(connection, at=shop.moment, what=f"{OF_MONTH}{each.month}").sha256
            tills = days_reconciled(connection, *span_of_month(each.month))
            said += closed_said(closed, tills, proof)
            data.append({**closed_data(closed, tills, each), "proof": proof})
    said += off_said(found, off)
    return Outcome(
        said=said,
        warnings=[*spite_said(found), *differing_said(checked)],
        data={**data[-1], "months": data, "dry_run": dry_run},
    )


def months_to_close(connection: Connection, month: str, through: str) -> list[str]:
    """Months are closed one after the other, from the first that has entries."""
    closed = months.closed_months(connection)
    first_day = closed[-1].first_open_day if closed else months.first_booked_day(connection)
    if first_day is None:
        raise Refused("The ledger has no entries yet.", hint=phrase("Run: loyalty recalc"))
    first, last = month_of(first_day), through or month
    if closed and last <= closed[-1].month:
        raise Refused("{month} is closed already; the last closed month is {last}.", month=last, last=closed[-1].month)
    if last < first:
        raise Refused("{month} has nothing to close: the first entry is of {first}.", month=last, first=first)
    # Months before that have nothing to close, or are closed already.
    if month > first:
        raise Refused(
            "{month} can not be closed before {first}.",
            month=month,
            first=first,
            hint=phrase("Close the months in order: loyalty month close --through {month}", month=last),
        )
    wanted = [first]
    while wanted[-1] < last:
        wanted.append(month_of(add_months(span_of_month(wanted[-1])[0], 1)))
    return wanted


def refuse_hindered(found: Sequence[Found], off: DaysOff, told: Sequence[Obstacle]) -> None:
    """Everything that stands in the way is told at once."""
    if not told:
        return
    hint = next(iter(holidays_said(off)), None)
    if len(found) == 1:
        raise Hindered("{month} can not be closed yet.", told, month=found[0].month, hint=hint)
    text = "{first} to {last} can not be closed yet."
    raise Hindered(text, told, first=found[0].month, last=found[-1].month, hint=hint)


def close_one(connection: Connection, month: str, shop: Shop, by: str) -> months.ClosedMonth:
    """One month, kept with the hash of its entries."""
    first, last = span_of_month(month)
    entries, sha256 = months.month_rows(connection, month, first, last)
    closed = months.ClosedMonth(month, last + 1, entries, sha256)
    plan, _ = adopted_plan(connection)
    months.close_month(connection, closed, worth=plan.in_force(last).point_worth(), at=shop.moment, by=by)
    return closed


def closed_said(closed: months.ClosedMonth, tills: tuple[int, int], proof: str) -> list[Phrase]:
    """What was closed, its proofs, and how many days of tills were compared and differ."""
    said = [
        phrase(
            "{month} is closed, entries: {entries}. What is found out later is booked from {day} on.",
            month=closed.month,
            entries=closed.entries,
            day=OnDay(closed.first_open_day),
        ),
        phrase("SHA-256 of its entries: {sha256}", sha256=closed.sha256),
        phrase("Proof of everything until now: {proof}", proof=proof),
    ]
    if tills[0]:
        said.append(
            phrase(
                "{count} till day was compared; differing: {differing}.",
                "{count} till days were compared; differing: {differing}.",
                count=tills[0],
                differing=tills[1],
            )
        )
    return said


def off_said(found: Sequence[Found], off: DaysOff) -> list[Phrase]:
    """Which days were no missing days, because the shop was closed or its country had a holiday."""
    days = [OnDay(day) for each in found for day in each.off]
    said = [phrase("Nobody sold on these days, and was not expected to: {days}.", days=days)] if days else []
    return [*said, *holidays_said(off)]


def holidays_said(off: DaysOff) -> list[Phrase]:
    """Whose holidays were looked at."""
    if not off.country:
        return []
    if not off.known:
        text = "Nothing is known of the public holidays of {country}; see country: in program.yaml."
        return [phrase(text, country=off.country)]
    text = "Public holidays are those of {country}; another country, or none: country: in program.yaml."
    return [phrase(text, country=off.country)]


def spite_said(found: Sequence[Found]) -> list[Phrase]:
    """What the months were closed in spite of."""
    return [
        phrase("{month} was closed in spite of: {matters}.", month=each.month, matters=each.in_spite_of)
        for each in found
        if each.in_spite_of
    ]


def differing_said(checked: int | None) -> list[Phrase]:
    """What the full check found different; a month is closed as the books are."""
    if not checked:
        return []
    return [
        phrase(
            "The full check found {count} difference; look at it: loyalty check --full",
            "The full check found {count} differences; look at them: loyalty check --full",
            count=checked,
        )
    ]


def closed_data(closed: months.ClosedMonth, tills: tuple[int, int], found: Found) -> dict[str, object]:
    """A closed month for a script."""
    return {
        "month": closed.month,
        "first_open_day": iso(closed.first_open_day),
        "entries": closed.entries,
        "sha256": closed.sha256,
        "till_days": tills[0],
        "till_days_differing": tills[1],
        "in_spite_of": [str(matter) for matter in found.in_spite_of],
        "days_off": [iso(day) for day in found.off],
    }
