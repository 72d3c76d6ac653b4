"""`loyalty till audit`: what tills gave against what was due, and unusual use of cards; questions to ask, no judgements."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.operations.tills.entitled import Entitled
from loyalty_cli.operations.tills.unusual import Found
from loyalty_cli.operations.tills.unusual import Limits
from loyalty_cli.operations.tills.unusual import returned_after_use
from loyalty_cli.operations.tills.unusual import unusual
from loyalty_cli.operations.tills.unusual import used_again
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.tills import audit as till_audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.tills.audit import Seen

QUESTIONS = (
    Column(name="kind", heading="What", kind="word"),
    Column(name="day", heading="Day", kind="day"),
    Column(name="store", heading="Store"),
    Column(name="till", heading="Till"),
    Column(name="cashier", heading="Cashier"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="why", heading="Why", kind="said"),
    Column(name="or_else", heading="It may be", kind="said"),
    Column(name="receipts", heading="Receipts"),
)
BY_CASHIER = (
    Column(name="store", heading="Store"),
    Column(name="till", heading="Till"),
    Column(name="cashier", heading="Cashier"),
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="with_card", heading="With a card", kind="count", total=True),
    Column(name="given", heading="Discounts given", kind="money", total=True),
    Column(name="beyond", heading="More than due", kind="money", total=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWishes:
    """Which days and stores; from when on something is unusual."""

    first: Day | None = None
    last: Day | None = None
    stores: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Desk:
    """What one cashier at one till did."""

    receipts: int = 0
    with_card: int = 0
    given: int = 0
    beyond: int = 0


@dataclass(slots=True)
class Audit:
    """The findings, and the sums by store, till and cashier."""

    found: list[Found] = field(default_factory=list)
    desks: dict[tuple[str, str, str], Desk] = field(default_factory=lambda: defaultdict(Desk))


def audit(shop: Shop, wishes: AuditWishes) -> Outcome:
    """Look at the receipts of some days; without days, of this month."""
    with shop.reading() as connection:
        facts = kept_facts(connection)
        currency = facts.currency
        day = today(shop, connection)
        first, last = span_of_month(month_of(day))
        first = first if wishes.first is None else wishes.first
        last = min(last, day) if wishes.last is None else wishes.last
        stores = [store_meant(connection, name) for name in wishes.stores]
        seen = [one for one in till_audit.receipts_seen(connection, first, last) if not stores or one.store in stores]
        audited = Audit()
        audited.found += discounts_beyond(connection, seen, audited, currency)
        audited.found += points_beyond(connection, seen, currency)
        audited.found += unusual(seen, wishes.limits)
        returned = till_audit.returned_after_use(connection, first, last, wishes.limits.days_to_return)
        audited.found += returned_after_use(returned, {one.id: one for one in seen}, wishes.limits)
        audited.found += used_again(till_audit.used_again(connection, first, last), seen)
    return said(audited, len(seen), (first, last), currency, facts.language)


def discounts_beyond(connection: Connection, receipts: Sequence[Seen], audited: Audit, currency: Currency) -> Iterator[Found]:
    """Receipts on which more was taken off than the program and what the till knew allow; a unit a line is rounding."""
    plan, _ = adopted_plan(connection)
    entitled = Entitled(connection, plan, [seen for seen in receipts if seen.discount > 0])
    for seen in receipts:
        desk = audited.desks[seen.store, seen.till, seen.cashier]
        desk.receipts += 1
        desk.with_card += bool(seen.card)
        desk.given += max(0, seen.discount)
        if seen.discount <= 0:
            continue
        due = entitled.discount(seen)
        if seen.discount <= due + len(till_audit.lines_seen(connection, seen.id)):
            continue
        desk.beyond += seen.discount - due
        given, allowed = (currency.money(amount) for amount in (seen.discount, due))
        why = phrase("{given} were taken off, {due} were due", given=given, due=allowed)
        or_else = phrase("It may be an offer of the till that the program does not know, or a price put right by hand.")
        yield Found("discount", seen.card, seen.store, seen.cashier, (seen,), why, or_else)


def points_beyond(connection: Connection, receipts: Sequence[Seen], currency: Currency) -> Iterator[Found]:
    """Receipts that the till let be paid with more points than were used by what is known, and than the card held."""
    plan, _ = adopted_plan(connection)
    paid = [seen for seen in receipts if seen.loyalty > 0]
    entitled = Entitled(connection, plan, paid)
    so_far: Counter[tuple[int | None, Day]] = Counter()
    for seen in paid:
        worth, used = entitled.points_worth(seen), 0 if seen.member is None else till_audit.used_on(connection, seen.member, seen.day)
        due = max(worth, used)
        # What paid one receipt of the day is not there for the next one, be it points or a coupon on paper.
        left = due if seen.member is None else min(due, worth + used - so_far[seen.member, seen.day])
        so_far[seen.member, seen.day] += min(due, seen.loyalty)
        if seen.loyalty > left:
            due = max(0, left)
            given, held = (currency.money(amount) for amount in (seen.loyalty, due))
            why = phrase("{given} were paid with points or coupons, {due} could be", given=given, due=held)
            or_else = phrase("It may be a coupon of the till's own, or points that came in later.")
            yield Found("points", seen.card, seen.store, seen.cashier, (seen,), why, or_else)


def said(audited: Audit, receipts: int, span: tuple[Day, Day], currency: Currency, language: str) -> Outcome:
    """Questions to ask, then the sums."""
    first, last = span
    basis = phrase("From {first} through {last}, receipts: {count}.", first=OnDay(first), last=OnDay(last), count=receipts)
    rows: list[tuple[Cell, ...]] = [
        (
            each.kind,
            each.receipts[0].day,
            each.store,
            each.receipts[0].till,
            each.cashier,
            each.card,
            kept(each.why),
            kept(each.or_else),
            ", ".join(seen.name for seen in each.receipts),
        )
        for each in audited.found
    ]
    notes = [phrase("These are questions to ask, not proofs: each line says what else it may be. Look at the receipts first.")]
    questions = Table(
        name="questions",
        title=phrase("Worth asking about"),
        columns=QUESTIONS,
        rows=rows,
        currency=currency.code,
        digits=currency.digits,
        basis=basis,
        notes=notes,
        empty=phrase("Nothing is unusual, and no till gave more than was due."),
    )
    desks: list[tuple[Cell, ...]] = [
        (*place, desk.receipts, desk.with_card, desk.given, desk.beyond) for place, desk in sorted(audited.desks.items())
    ]
    sums = Table(
        name="desks", title=phrase("By store, till and cashier"), columns=BY_CASHIER, rows=desks,
        currency=currency.code, digits=currency.digits,
    )  # fmt: skip
    data = {"receipts": receipts, "questions": [{"kind": each.kind, "card": each.card} for each in audited.found]}
    code = ExitCode.DIFFERENCES if rows else ExitCode.OK
    return Outcome(tables=[questions, sums], data=data, exit_code=code, language=language)
