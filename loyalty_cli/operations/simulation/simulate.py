"""`loyalty simulate`: what other programs would have given for the purchases there were, beside what today's gave."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.operations.hands import Hands
from loyalty_cli.operations.hands import hands_for
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import same_rules
from loyalty_cli.operations.ledger.left_out import code_of
from loyalty_cli.operations.ledger.left_out import left_out_said
from loyalty_cli.operations.ledger.left_out import mistakes_among
from loyalty_cli.operations.simulation.reckoned import reckon
from loyalty_cli.operations.simulation.reckoned import Side
from loyalty_cli.operations.simulation.said import Compared
from loyalty_cli.operations.simulation.said import Looked
from loyalty_cli.operations.simulation.said import MOST
from loyalty_cli.operations.simulation.said import tables
from loyalty_cli.operations.simulation.said import Today
from loyalty_cli.operations.simulation.second_books import look_at_everybody
from loyalty_cli.operations.simulation.second_books import post_to_second_books
from loyalty_cli.paying.break_even import margin_of
from loyalty_cli.program.load import load_program
from loyalty_cli.replay.plan import Plan
from loyalty_cli.store.chain.shadows import keep_aside
from loyalty_cli.store.known import first_known_day
from loyalty_cli.store.ledger.due import anybody_due
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.paying import brought_and_cost
from loyalty_cli.store.paying import turnover_of
from loyalty_cli.store.paying import used_coupons
from loyalty_cli.store.simulation import second_set
from loyalty_cli.store.simulation.second_set import Period
from loyalty_cli.store.simulation.second_set import state_of_file
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.simulation.reckoned import Reckoned
    from loyalty_cli.operations.simulation.taken_off import TakenOff
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


# So many receipts of members are worth the start of a process.
AT_A_TIME = 25_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """The days that count (None: all there are), margin and supposed uplift in basis points; no margin: the list of products."""

    first: Day | None = None
    last: Day | None = None
    margin: int | None = None
    uplift: int | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """Where a simulation looks, with how many hands, what it has to warn of and what failed."""

    connection: Connection
    shop: Shop
    side: Side
    hands: Hands
    warnings: list[Phrase] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


def simulate(shop: Shop, files: Sequence[Path], wished: Wished) -> Outcome:
    """Replay everybody by each program, beside the books and without touching them."""
    programs = [(file.name, load_program(file)) for file in files]
    with shop.reading() as connection:
        before = state_of_file(connection)
        today, version = adopted_plan(connection) if versions_in_force(connection) else (None, 0)
        refuse_other_money([*(today.versions if today else ()), *((0, program) for _, program in programs)])
        until = through(connection, shop, programs[0][1], wished)
        period = period_of(connection, wished, until)
        side = Side(period, turnover_of(connection, *period), used_coupons(connection, until))
        stands = bool(version) and until <= last_run_day(connection)
        plans = [(name, plan_for(connection, today, program)) for name, program in programs]
        # What a chain's files hold is in the sight of this connection alone.
        many = hands_for(side.turnover.receipts, AT_A_TIME) if book_of(connection) is None else 1
        with Hands(many) as hands:
            looking = Looking(connection, shop, side, hands, warnings=waiting_said(connection, until) if stands else [])
            now, compared = replayed(looking, plans, today if stands else None)
        first = programs[0][1]
        stated = wished.margin if wished.margin is not None else first.costs.margin if first.costs else None
        margin = stated if stated is not None else margin_of(*brought_and_cost(connection, *period))
        refuse_another_state(connection, before)
    looked = Looked(compared=compared, side=side, now=now, margin=margin, uplift=wished.uplift, program=first)
    return Outcome(
        tables=tables(looked),
        said=[NOTHING_WRITTEN],
        warnings=looking.warnings,
        language=first.language,
        exit_code=code_of(looking.failed),
        mistakes=mistakes_among(looking.failed),
    )


def refuse_another_state(connection: Connection, before: int) -> None:
    """Everybody is read in many pieces, by several processes: what another command commits meanwhile would be in some of them."""
    if state_of_file(connection) != before:
        raise StoreTrouble(
            ExitCode.LOCKED,
            "Another command has changed the shop meanwhile, so that parts of this would not fit each other.",
            hint=phrase("Wait until it has finished, and run this again."),
        )


NOTHING_WRITTEN = phrase("Nothing was changed: this is what the programs would have given for the purchases that there were.")


def replayed(looking: Looking, plans: Sequence[tuple[str, Plan]], today: Plan | None) -> tuple[Today | None, list[Compared]]:
    """Today's books, and each program beside them; `today` where books are kept, which an equal program stands for, too."""
    connection, now, seen = looking.connection, None, None
    # What discounts in force take off is seen when that program is replayed among the others; else everybody is looked at once more.
    if today and not any(plan is today for _, plan in plans):
        seen = look_at_everybody(connection, today, looking.side.period, looking.shop, looking.hands)
    keep_aside(connection)
    if today and seen:
        now = todays(looking, today, seen)
    found: dict[int, Compared] = {}
    for place, (name, plan) in sorted(enumerate(plans), key=lambda each: each[1][1] is not today):
        posted, off = post_to_second_books(connection, plan, looking.side.period, looking.shop, looking.hands)
        looking.failed.extend(failure.error for failure in posted.failed)
        looking.warnings.extend(left_out_said(connection, posted))
        if today and now is None:
            now = todays(looking, today, off)
        found[place] = compare(connection, reckon(connection, plan, looking.side, off, second=True), looking.side, now, name)
    return now, [found[place] for place in sorted(found)]


def plan_for(connection: Connection, today: Plan | None, program: Program) -> Plan:
    """A program as if it had always held; the one in force with all that was before it."""
    return today if today is not None and is_in_force(connection, program) else Plan(((0, program),))


def todays(looking: Looking, plan: Plan, off: TakenOff) -> Today:
    """What the kept books hold, with what discounts took off."""
    connection, side = looking.connection, looking.side
    return Today(reckon(connection, plan, side, off, second=False), side.period.last == last_run_day(connection))


def compare(connection: Connection, reckoned: Reckoned, side: Side, now: Today | None, name: str) -> Compared:
    """What the second books hold, and who has more or less by them than by today's."""
    second_set.compare_members(connection, side.period, now.reckoned.given if now else second_set.Given(), reckoned.given)
    return Compared(
        name=name,
        reckoned=reckoned,
        sides=second_set.sides(connection),
        most=second_set.most_changed(connection, MOST),
        moves=second_set.tier_moves(connection) if now is None or now.standings_are_of_the_end else None,
        turned_away=second_set.turned_away(connection, side.period),
    )


def through(connection: Connection, shop: Shop, program: Program, wished: Wished) -> Day:
    """The last day: as was wished, else the last that was recalculated, else yesterday."""
    yesterday = local_day(shop.now, program.timezone) - 1
    if wished.last is not None and wished.last > yesterday:
        raise Refused("{day} has not come yet.", day=OnDay(wished.last), hint=phrase("A simulation looks at purchases there were."))
    return wished.last or last_run_day(connection) or yesterday


def period_of(connection: Connection, wished: Wished, until: Day) -> Period:
    """The days that count."""
    known = first_known_day(connection)
    if known is None:
        raise LoyaltyError("There are no purchases yet.", hint=phrase("Bring them in first: loyalty import purchases FILE"))
    if known > until:
        raise Refused("The first purchases are of {day}.", day=OnDay(known), hint=phrase("A simulation looks at days that are over."))
    first = wished.first if wished.first is not None else known
    if first > until:
        raise Refused("{first} lies after {last}.", first=OnDay(first), last=OnDay(until))
    return Period(first, until)


def is_in_force(connection: Connection, program: Program) -> bool:
    """Whether a file decides the same as the version in force, which then is taken with all that was before it."""
    return same_rules(versions_in_force(connection)[-1], program)


def refuse_other_money(versions: Sequence[tuple[Day, Program]]) -> None:
    """Programs in several currencies can not stand beside each other."""
    codes = sorted({program.currency.code for _, program in versions})
    if len(codes) > 1:
        raise Refused("The programs count in several currencies: {names}.", names=", ".join(codes))


def waiting_said(connection: Connection, until: Day) -> list[Phrase]:
    """Today's books lack what came in since they were brought up to date."""
    if not anybody_due(connection, until):
        return []
    return [phrase("Something came in since the last recalculation, so today's books lack it. Run first: loyalty recalc")]
