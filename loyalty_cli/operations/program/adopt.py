"""`loyalty program diff` and `adopt`: a changed file does nothing until it is adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.counted import entries_said
from loyalty_cli.operations.in_force import adopt
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import differs
from loyalty_cli.operations.in_force import keep_words
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.in_force import program_of_version
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.program.what_goes_on import progress_table
from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.program.settings_list import is_no_rule
from loyalty_cli.program.settings_list import settings_of
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.runs import members_changed_by_last_run
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.versions import Adopted

COLUMNS = (
    Column(name="setting", heading="Setting"),
    Column(name="in_force", heading="In force"),
    Column(name="in_file", heading="In the file"),
)


IN_FORCE = phrase(
    "The rules of the file are those in force. Name, language, stores and the steps of the night are no rules: they hold as "
    "soon as the file says them."
)


def compare_program(shop: Shop) -> Outcome:
    """The rules of the file that are others than those of the latest adopted version."""
    program = program_file(shop)
    with shop.reading() as connection:
        versions = versions_in_force(connection)
        other = differs(connection, program)
    return Outcome(
        tables=tables_of(versions, program, other=other), data={"differs": other or not versions}, language=program.language
    )


def tables_of(versions: list[Adopted], program: Program, *, other: bool) -> list[Table]:
    """The rules that differ, and what that means for the progress of rewards."""
    said = [difference(versions, program)]
    if versions and other:
        said.append(progress_table(program_of_version(versions[-1]), program))
    return said


def difference(versions: list[Adopted], program: Program) -> Table:
    """The rules that differ."""
    old = (
        {line.path: line.value for line in settings_of(program_of_version(versions[-1]))} if versions else {}
    )
    new = {line.path: line.value for line in settings_of(program)}
    paths = [path for path in (*new, *(path for path in old if path not in new)) if not is_no_rule(path)]
    rows = [
        (path, old.get(path, "") or "–", new.get(path, "") or "–") for path in paths if old.get(path) != new.get(path)
    ]
    return Table(
        name="difference",
        title=phrase("{name}: the file and the version in force", name=program.name),
        columns=COLUMNS,
        rows=rows,
        currency=program.currency.code,
        digits=program.currency.digits,
        empty=IN_FORCE,
    )


def adopt_program(shop: Shop, *, from_day: Day | None, by: str, dry_run: bool = False) -> Outcome:
    """Adopt the file from a day on; its examples must hold. The books are brought up to date with it at once."""
    program = program_file(shop)
    examples, promised = checked(program, shop.folder / "examples.yaml")
    today = local_day(shop.now, program.timezone)
    with shop.changing(dry_run=dry_run) as connection:
        versions = versions_in_force(connection)
        if versions and not differs(connection, program):
            plan, _ = adopted_plan(connection)
            keep_words(connection, shop, plan.in_force(today), program)
            return Outcome(said=[IN_FORCE], data={"adopted": False}, language=program.language)
        first = from_day if from_day is not None else today if versions else 0
        number = adopt(connection, program, from_day=first, shop=shop, by=by)
        until = last_run_day(connection)
        members = entries = 0
        if until:
            plan, version = adopted_plan(connection)
            books = Books(connection, plan, version=version, until=until, at=shop.moment, progress=shop.progress)
            entries = books.bring_up_to_date().entries
            members = members_changed_by_last_run(connection)
    said = [
        phrase("Adopted: {name}, in force from {day}.", name=program.name, day=OnDay(first))
        if first
        else phrase("Adopted: {name}, for all days.", name=program.name)
    ]
    said.append(
        phrase(
            "{count} member has something else now, {entries} posted.",
            "{count} members have something else now, {entries} posted.",
            count=members,
            entries=entries_said(entries),
        )
    )
    if dry_run:
        said.append(phrase("Nothing was changed."))
    data = {
        "adopted": not dry_run,
        "version": number,
        "from": iso(first) if first else None,
        "examples": examples,
        "members": members,
        "entries": entries,
    }
    tables = tables_of(versions, program, other=True) if versions else []
    return Outcome(said=said, warnings=promised[-1:], tables=tables, data=data, language=program.language)
