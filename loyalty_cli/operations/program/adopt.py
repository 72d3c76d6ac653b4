"""`loyalty program adopt`: a changed file does nothing until it is adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.how_many import entries_said
from loyalty_cli.operations.in_force import adopt
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import differs
from loyalty_cli.operations.in_force import keep_words
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.program.compare import IN_FORCE
from loyalty_cli.operations.program.compare import tables_of
from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.runs import members_changed_by_last_run
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop


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
