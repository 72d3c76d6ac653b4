"""`loyalty import reconcile`: what tills say they sold, day by day, against the receipts that came in."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.totals import listed_total
from loyalty_cli.importers.receipts.gaps import missing_numbers
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.listed import TillTotal
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_data
from loyalty_cli.operations.imports.lists_said import listed_said
from loyalty_cli.operations.imports.said import set_aside_said
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.store.imports import till_totals
from loyalty_cli.store.stores.names import present_name
from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.said import FileResult
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.till_totals import Compared

# So many missing numbers are named in a table; a script gets all.
MOST_NAMED = 10

COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="store", heading="Store"),
    Column(name="till", heading="Till"),
    Column(name="till_total", heading="Till says", kind="money", total=True),
    Column(name="counted", heading="Came in", kind="money", total=True),
    Column(name="difference", heading="Difference", kind="money", total=True),
    Column(name="till_receipts", heading="Till's receipts", kind="count", total=True),
    Column(name="counted_receipts", heading="Receipts", kind="count", total=True),
    Column(name="missing", heading="Missing numbers"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed: one total of one till and day, or only which kept totals to look at."""

    store: str = ""
    till: str = ""
    day: Day | None = None
    total: str | None = None
    receipts: int | None = None
    first: Day | None = None
    last: Day | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TillDay:
    """One till's day with the numbers that are missing."""

    compared: Compared
    missing: Sequence[str]

    @property
    def differs(self) -> bool:
        """Whether the till says something else than what came in."""
        day = self.compared
        if day.total != day.counted:
            return True
        return day.receipts is not None and day.receipts != day.counted_receipts


def import_reconcile(
    shop: Shop,
    files: Sequence[str] = (),
    *,
    typed: Typed | None = None,
    layout: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Keep the totals that were typed or come in files, and compare; exit code 31 where a till's day differs."""
    typed = typed or Typed()
    program = program_file(shop)
    if typed.store:
        with shop.reading() as connection:
            typed = replace(typed, store=store_meant(connection, typed.store, in_program=program.stores))
    said: list[Phrase] = []
    span = span_of(typed)
    if typed.total is not None:
        with shop.changing(dry_run=dry_run) as connection:
            total = typed_total(typed, program)
            till_totals.save_total(connection, total, at=shop.moment, by=typed.by, import_id=None)
            days = looked_at(connection, span)
        return outcome_of(days, program, said, results=[], dry_run=dry_run)
    results: list[FileResult] = []
    if files:
        results, days = read_totals(shop, files, typed, program=program, layout=layout, dry_run=dry_run)
        said += [listed_said(result, "totals") for result in results]
        said += [sentence for result in results for sentence in set_aside_said(result, dry_run=dry_run)]
    else:
        with shop.reading() as connection:
            days = looked_at(connection, span)
    return outcome_of(days, program, said, results=results, dry_run=dry_run)


def read_totals(
    shop: Shop,
    files: Sequence[str],
    typed: Typed,
    *,
    program: Program,
    layout: str | None,
    dry_run: bool,
) -> tuple[list[FileResult], list[TillDay]]:
    """Keep the totals of files, and compare the days they name."""
    keys: set[tuple[str, str, Day]] = set()
    days: list[TillDay] = []

    def save(connection: Connection, import_id: int, total: TillTotal) -> str | Phrase:
        if store_number(connection, total.store) is None and total.store not in program.stores:
            return phrase("store: there is no store {name}", name=total.store)
        total = replace(total, store=present_name(connection, total.store))
        keys.add((total.store, total.till, total.day))
        return till_totals.save_total(connection, total, at=shop.moment, by=typed.by, import_id=import_id)

    def after(connection: Connection) -> None:
        first, last = min((key[2] for key in keys), default=0), max((key[2] for key in keys), default=0)
        found = looked_at(connection, till_totals.DaysMeant(first, last))
        days.extend(day for day in found if (day.compared.store, day.compared.till, day.compared.day) in keys)

    kind = ListKind(name="totals", make=partial(listed_total, store=typed.store), save=save, digits=program.currency.digits, after=after)
    results = import_lists(shop, files, kind, layout=layout, dry_run=dry_run, language=program.language)
    return results, days


def span_of(typed: Typed) -> till_totals.DaysMeant:
    """The typed day, or the days that are asked for."""
    if typed.total is not None and typed.day is not None:
        return till_totals.DaysMeant(typed.day, typed.day, typed.store, typed.till)
    first = typed.day if typed.day is not None else typed.first or 0
    last = typed.day if typed.day is not None else typed.last or NEVER
    return till_totals.DaysMeant(first, last, typed.store, typed.till)


def typed_total(typed: Typed, program: Program) -> TillTotal:
    """The total that was typed; store and day are needed to know whose it is."""
    store = typed.store or (next(iter(program.stores)) if len(program.stores) == 1 else "")
    if not store or typed.day is None:
        raise LoyaltyError("Whose total is it?", hint=phrase("Say it with --store NAME --day 2026-11-21"))
    try:
        total = amount_of(typed.total or "", program.currency)
    except NotUnderstood as why:
        raise LoyaltyError("--total: {why}", why=why.what, hint=why.hint) from why
    return TillTotal(store=store, till=typed.till, day=typed.day, total=total, receipts=typed.receipts)


def looked_at(connection: Connection, span: till_totals.DaysMeant) -> list[TillDay]:
    """The kept totals of some days beside what came in."""
    days = []
    for found in till_totals.compared(connection, span):
        numbers = till_totals.numbers_of(connection, found.store, found.till, found.day)
        said = {"first": found.first_receipt, "last": found.last_receipt}
        if len(numbers) <= 1:
            missing = missing_numbers(next(iter(numbers.values()), []), **said)
        else:
            missing = [number for of_till in numbers.values() for number in missing_numbers(of_till)]
        days.append(TillDay(compared=found, missing=missing))
    return days


def outcome_of(days: Sequence[TillDay], program: Program, said: list[Phrase], *, results: Sequence[FileResult], dry_run: bool) -> Outcome:
    """The comparison as a table, and as figures for a script."""
    differing = sum(day.differs for day in days)
    missing = sum(len(day.missing) for day in days)
    if differing:
        said = [
            *said,
            phrase(
                "{count} till day differs of {all}.",
                "{count} till days differ of {all}.",
                count=differing,
                all=len(days),
            ),
        ]
    elif days:
        said = [*said, phrase("{count} till day agrees.", "{count} till days agree.", count=len(days))]
    if missing:
        said = [
            *said,
            phrase("{count} receipt number is missing.", "{count} receipt numbers are missing.", count=missing),
        ]
    set_aside = any(result.counts.set_aside for result in results)
    exit_code = ExitCode.TILL_DIFFERS if differing else ExitCode.SET_ASIDE if set_aside else ExitCode.OK
    return Outcome(
        said=said,
        tables=[table_of(days, program)],
        data={
            "kind": "totals",
            "dry_run": dry_run,
            "currency": program.currency.code,
            "days": [data_of(day, program) for day in days],
            "differing": differing,
            "missing_numbers": missing,
            "files": [list_data(result) for result in results],
        },
        exit_code=exit_code,
        language=program.language,
    )


def table_of(days: Sequence[TillDay], program: Program) -> Table:
    """One row for each till and day."""
    return Table(
        name="reconcile",
        title=phrase("What the tills say and what came in"),
        columns=COLUMNS,
        rows=[
            (
                *(day.compared.day, day.compared.store, day.compared.till, day.compared.total, day.compared.counted),
                day.compared.counted - day.compared.total,
                *(day.compared.receipts, day.compared.counted_receipts),
                named(day.missing),
            )
            for day in days
        ],
        currency=program.currency.code,
        digits=program.currency.digits,
        notes=[phrase("The difference is what came in less what the till says; returns count off on both sides.")],
        empty=phrase("No till's total is kept. Type one: --store NAME --day 2026-11-21 --total 1234.50"),
    )


def named(missing: Sequence[str]) -> str:
    """Missing numbers, not more than a person reads."""
    more = f" … +{len(missing) - MOST_NAMED}" if len(missing) > MOST_NAMED else ""
    return ", ".join(missing[:MOST_NAMED]) + more


def data_of(day: TillDay, program: Program) -> dict[str, object]:
    """One till's day for a script."""
    currency = program.currency
    found = day.compared
    return {
        "day": iso(found.day),
        "store": found.store,
        "till": found.till,
        "till_total": currency.plain(found.total),
        "counted": currency.plain(found.counted),
        "difference": currency.plain(found.counted - found.total),
        "till_receipts": found.receipts,
        "counted_receipts": found.counted_receipts,
        "missing": list(day.missing),
        "differs": day.differs,
    }
