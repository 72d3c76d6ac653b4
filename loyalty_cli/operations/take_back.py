"""`loyalty recalc --take-back`: undo what a run posted by a wrong clock, so that later nights run for the right days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.issue import Reconciliation
from loyalty_cli.operations.how_many import entries_said
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.local_day import today
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.draws.draws import closed_since
from loyalty_cli.store.ledger import runs
from loyalty_cli.store.ledger.ledger import first_open_day
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.settings import at_moment

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who takes a run back, and why."""

    by: str = ""
    reason: str = ""


def take_back(shop: Shop, number: int, hand: Hand, *, dry_run: bool = False) -> Outcome:
    """Undo a run and those after it by entries of their own; the books are through the day before it again."""
    if not hand.reason:
        raise LoyaltyError("Why is the run taken back?", hint=phrase("Say it with --reason TEXT"))
    with shop.changing(dry_run=dry_run) as connection:
        run = run_to_take_back(connection, number)
        day = today(shop, connection)
        refuse_closed_ahead(connection, day)
        count = runs.take_back_from(connection, number, at=shop.moment, by=hand.by, reason=hand.reason)
        through = last_run_day(connection)
        plan, version = adopted_plan(connection)
        books = Books(connection, plan, version=version, until=through, at=shop.moment, progress=shop.progress)
        posted = books.bring_up_to_date(everyone=True)
        withdrawn, used = settle_coupons(connection, plan.in_force(day), day, at=shop.moment, reason=hand.reason)
        warnings = [*told_of_draws(connection, run), *told_of_used(used)]
    said = [
        phrase(
            "{count} run is taken back: {entries} posted that undo, coupons withdrawn: {withdrawn}.",
            "{count} runs are taken back: {entries} posted that undo, coupons withdrawn: {withdrawn}.",
            count=count,
            entries=entries_said(posted.entries),
            withdrawn=withdrawn,
        ),
        phrase("The books are through {day} again. Go on with: loyalty nightly", day=OnDay(through))
        if through
        else phrase("The books are as before the first run. Go on with: loyalty nightly"),
    ]
    data = {"runs": count, "entries": posted.entries, "withdrawn": withdrawn, "used": used, "dry_run": dry_run}
    return Outcome(said=said, warnings=warnings, data=data)


def run_to_take_back(connection: Connection, number: int) -> Run:
    """The run of a number, which counts still."""
    run = runs.run_numbered(connection, number)
    hint = phrase("See their numbers: loyalty report runs")
    if run is None:
        raise Refused("There is no run {number}.", number=number, hint=hint)
    if run.taken_back_at is not None:
        raise Refused("Run {number} was taken back at {at}.", number=number, at=at_moment(connection, run.taken_back_at), hint=hint)
    return run


def refuse_closed_ahead(connection: Connection, day: Day) -> None:
    """What undoes is booked in the first open month: that must have come, or every later night would be booked ahead."""
    first_open = first_open_day(connection)
    if first_open > day:
        raise Refused(
            "{month} is closed though it is not over, and a closed month stays closed: nothing can be taken back.",
            month=month_of(first_open - 1),
            hint=phrase("Bring back the last backup from before: loyalty restore BACKUP --yes"),
        )


def settle_coupons(connection: Connection, program: Program, day: Day, *, at: str, reason: str) -> tuple[int, list[str]]:
    """Withdraw what the runs had issued and nobody used, let live what had lapsed by the clock; how many, and the used."""
    ahead = [coupon for coupon in coupons.coupons_issued(connection).values() if coupon.issued_on > day]
    lapsed = coupons.lapsed_after(connection, day)
    again = [
        (coupon.id, "issued")
        for coupon in coupons.coupons_issued(connection).values()
        if coupon.id in lapsed and coupon.state == "lapsed" and coupon.issued_on <= day
    ]
    gone = [(coupon.id, "withdrawn") for coupon in ahead if not coupon.used and coupon.state != "withdrawn"]
    coupons.note_events(connection, [*again, *gone], day=day, at=at, reason=reason)
    changes = Reconciliation(connection, program, today=day, at=at).run(issue=False)
    coupons.note_events(connection, changes.events, day=day, at=at, reason=reason)
    used = [coupon.code for coupon in ahead if coupon.used]
    owed = {number for number, what in changes.events if what == "owed"}
    used += [each.code for each in coupons.coupons_issued(connection).values() if each.id in owed and each.code not in used]
    return len(gone) + changes.count("withdrawn"), used


def told_of_used(used: list[str]) -> list[Phrase]:
    """Coupons that were used before anybody noticed."""
    if not used:
        return []
    return [phrase("These coupons had been used already and stay used: {codes}", codes=", ".join(used))]


def told_of_draws(connection: Connection, run: Run) -> list[Phrase]:
    """Draws that were frozen by what the runs said."""
    text = "The draw {name} was closed after this run; its tickets stay as they were frozen."
    return [phrase(text, name=name) for name in closed_since(connection, run.at)]
