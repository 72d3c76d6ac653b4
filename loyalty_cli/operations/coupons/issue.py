"""`loyalty coupons issue`: bring the issued coupons to what is due by the ledger.

Due and missing: issue. No longer due and unused: withdraw. No longer due but used: owed. Due again: the same code.
What became due longer ago than `issue_within` is recorded as missed, so that a first load floods nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.codes import code_of as coupon_code
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.left_out import code_of
from loyalty_cli.operations.ledger.left_out import left_out
from loyalty_cli.operations.ledger.left_out import mistakes_among
from loyalty_cli.operations.ledger.strange_clock import look_at_clock
from loyalty_cli.rules.coupons.kept import terms_text
from loyalty_cli.store.apart import apart
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.coupons.foreign import codes_left
from loyalty_cli.store.coupons.foreign import give_code
from loyalty_cli.store.coupons.redemptions import uses_of
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.households import account_of
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.coupons.coupons import Due
    from loyalty_cli.store.database import Connection


@dataclass(slots=True)
class Changes:
    """What one issue did."""

    issued: list[str] = field(default_factory=list)
    missed: list[tuple[str, Due]] = field(default_factory=list)
    events: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[str, Exception]] = field(default_factory=list)

    def count(self, what: str) -> int:
        """How often something happened."""
        return sum(1 for _, happened in self.events if happened == what)


def issue_coupons(shop: Shop, *, as_of: Day | None = None, dry_run: bool = False) -> Outcome:
    """Issue, withdraw and let lapse what the ledger says; today is the shop's local day unless told."""
    with shop.changing(dry_run=dry_run) as connection:
        plan, _ = adopted_plan(connection)
        here = local_day(shop.now, plan.versions[-1][1].timezone)
        today = as_of or here
        # A night that works through today issues as on the day after.
        if today > here + 1 and not dry_run:
            raise Refused("{day} has not come yet.", day=OnDay(today), hint=phrase("Look ahead with --dry-run."))
        if as_of is None and not dry_run:
            look_at_clock(connection, today)
        program = plan.in_force(today)
        coupons.put_back(connection, day=today, at=shop.moment)
        changes = Reconciliation(connection, program, today=today, at=shop.moment).run()
        coupons.note_events(connection, changes.events, day=today, at=shop.moment)
        coupons.note_missed(connection, changes.missed, day=today)
        left = codes_left(connection, today)
    told = outcome(changes, today, dry_run=dry_run)
    return replace(told, warnings=[*told.warnings, *used_up(left)])


def used_up(left: dict[str, int]) -> list[Phrase]:
    """Which coupons get no code of the webshop any more."""
    text = "No code for the coupon {name} is free any more: loyalty import codes"
    return [phrase(text, name=name) for name, count in left.items() if not count]


class Reconciliation:
    """What is due against what is issued, on one day."""

    def __init__(self, connection: Connection, program: Program, *, today: Day, at: str) -> None:
        self.connection = connection
        self.program = program
        self.today = today
        self.at = at
        self.secret = secret_of(connection)
        self.missed = coupons.missed_keys(connection, today)
        self.assigned = coupons.receipts_assigned(connection)
        self.changes = Changes()

    def run(self, *, issue: bool = True) -> Changes:
        """Compare key by key; without `issue` nothing new is issued or missed."""
        known = coupons.coupons_issued(self.connection)
        due_keys: set[str] = set()
        for due in coupons.coupons_due(self.connection):
            for key in self.keys_of(due, known):
                due_keys.add(key)
                if key in known:
                    self.one(known[key].code, self.due, known[key])
                elif issue:
                    self.one(due.name, self.due_and_missing, due, key)
        for key, coupon in known.items():
            if key not in due_keys:
                self.one(coupon.code, self.no_longer_due, coupon)
        return self.changes

    def keys_of(self, due: Due, known: Mapping[str, Coupon]) -> list[str]:
        """The keys of as many coupons as are due. Of several of one cause those that were used come first: the others can be withdrawn."""
        keys: list[str] = []
        while len(keys) < due.quantity or keys[-1] in known or keys[-1] in self.missed:
            key = f"{due.rule_name}|{due.cause_kind}|{due.cause}|{due.name}|{len(keys) + 1}"
            # What a wrong clock had issued is withdrawn for good; its place takes another with the right days.
            while key in known and (known[key].taken_back or self.is_anothers(known[key], due)):
                key += "|again"
            keys.append(key)
        return sorted(keys, key=lambda key: key not in known or not known[key].used)[: due.quantity]

    def is_anothers(self, coupon: Coupon, due: Due) -> bool:
        """Whether a coupon went to whom the receipt is not assigned any more: who has the receipt now gets one of their own."""
        if due.cause_kind != Cause.RECEIPT or coupon.member == due.member or due.cause.rpartition("|")[0] not in self.assigned:
            return False
        had, has = (
            account_of(self.connection, coupons.who_stays(self.connection, member), self.today) for member in (coupon.member, due.member)
        )
        return had != has

    def one(self, name: str, work: Callable[..., None], *what: object) -> None:
        """Do one coupon's part; a mistake with one stays that one's, and the next night tries again."""
        with apart(self.connection, lambda error: self.changes.failed.append((name, error))):
            work(*what)

    def due_and_missing(self, due: Due, key: str) -> None:
        """Issue it, or record that it comes too late."""
        terms = self.program.coupons.get(due.name)
        if terms is None or key in self.missed:
            return
        if terms.issue_within.after(due.since) < self.today:
            self.changes.missed.append((key, due))
            return
        attempt = 0
        while coupons.code_is_taken(self.connection, code := coupon_code(self.secret, key, attempt)):
            attempt += 1
        days = (self.today, *terms.days_from(self.today))
        number = coupons.save_coupon(self.connection, due, key=key, code=code, days=days, terms=terms_text(terms))
        give_code(self.connection, number, due.name, self.today)
        self.changes.issued.append(code)
        self.changes.events.append((number, "issued"))

    def due(self, coupon: Coupon) -> None:
        """A known coupon is due: it comes back if it was withdrawn, nothing is owed any more, or its time is over."""
        if coupon.owed:
            self.settle_debt(coupon, owed=0)
            self.changes.events.append((coupon.id, "no longer owed"))
        elif coupon.used or coupon.state not in ("issued", "withdrawn"):
            return
        elif coupon.until_day < self.today:
            self.changes.events.append((coupon.id, "lapsed"))
        elif coupon.state == "withdrawn":
            self.changes.events.append((coupon.id, "issued"))

    def no_longer_due(self, coupon: Coupon) -> None:
        """A known coupon is not due any more: withdrawn, or owed as far as it has been used. Nothing is owed for a use that was undone."""
        if coupon.used:
            owed = self.owed_for(coupon)
            if owed is not None:
                self.settle_debt(coupon, owed=owed)
            if not coupon.owed:
                self.changes.events.append((coupon.id, "owed"))
            return
        if coupon.owed:
            self.settle_debt(coupon, owed=0)
            self.changes.events.append((coupon.id, "no longer owed"))
        if coupon.state == "issued":
            self.changes.events.append((coupon.id, "withdrawn"))

    def settle_debt(self, coupon: Coupon, *, owed: int) -> None:
        """Take what is owed for a coupon in points; of what was taken so much is given back that this is left."""
        times = coupons.times_owed(self.connection, coupon.id) - coupon.owed
        taken, facts = coupons.adjusted(self.connection, f"owed|{coupon.key}|{times}|")
        # Once it was told a debt grows no more.
        points = -taken - owed if not coupon.owed or owed < -taken else 0
        if points:
            key = f"owed|{coupon.key}|{times}|{facts}"
            adjustment = coupons.Adjustment(coupon.member, points, self.today, self.at, f"coupon {coupon.code}", key)
            coupons.adjust(self.connection, adjustment)
            mark_due(self.connection, [(coupon.member, self.today)])

    def owed_for(self, coupon: Coupon) -> int | None:
        """How many points are owed for what a coupon has paid; None where the program makes it no debt."""
        terms = self.program.coupons.get(coupon.name)
        pays = self.program.points
        if terms is None or not terms.owed_if_returned or pays is None or not pays.pays:
            return None
        # What a use has paid is 0 where nobody said the basket.
        paid = sum(use.amount for use in uses_of(self.connection, coupon.id)) or terms.worth or 0
        return pays.for_money(paid)


def outcome(changes: Changes, today: Day, *, dry_run: bool) -> Outcome:
    """What an issue says of itself."""
    counts = {what: changes.count(what) for what in ("issued", "withdrawn", "lapsed", "owed", "no longer owed")}
    said = [
        phrase(
            "Coupons: {issued} issued, {withdrawn} withdrawn, {lapsed} lapsed, {owed} owed, {missed} missed.",
            issued=counts["issued"],
            withdrawn=counts["withdrawn"],
            lapsed=counts["lapsed"],
            owed=counts["owed"],
            missed=len(changes.missed),
        )
    ]
    if relieved := counts["no longer owed"]:
        said.append(phrase("{count} coupon is no longer owed.", "{count} coupons are no longer owed.", count=relieved))
    data = {"day": iso(today), **counts, "missed": len(changes.missed), "codes": changes.issued, "dry_run": dry_run}
    failures = [error for _, error in changes.failed]
    return Outcome(
        said=said,
        warnings=[left_out(phrase("Coupon {code}", code=name), error) for name, error in changes.failed],
        data={**data, "left_out": len(failures)},
        quiet=not any(counts.values()) and not changes.missed and not failures,
        exit_code=code_of(failures),
        mistakes=mistakes_among(failures),
    )
