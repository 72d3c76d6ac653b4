"""The program that a report on standings speaks of: the one in force on the day at whose end they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.reading import rows_of
from loyalty_cli.store.versions import ALWAYS
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

# The last run says the day: who was not due then stands as on the day kept with the standing.
LAST_RUN = "SELECT until FROM run ORDER BY id DESC LIMIT 1"


def worked_out(connection: Connection, question: Question) -> tuple[Program | None, Day]:
    """The program in force on the day at whose end the standings are, and that day; no program before the first run."""
    run = rows_of(connection, LAST_RUN)
    day = question.standing_on
    if day is None:
        day = int(run[0][0]) if run and run[0][0] is not None else None
    return (None, question.today) if day is None else (program_on(connection, day), day)


def program_on(connection: Connection, day: Day, *, known_at: str = ALWAYS) -> Program | None:
    """The program in force on a day, as a moment knew it; the first one covers all earlier days."""
    versions = versions_in_force(connection, known_at=known_at)
    if not versions:
        return None
    # Most reports ask for no rule, and reading a program brings all of its kinds along.
    from loyalty_cli.program.as_read import program_kept

    version = [each for each in versions if each is versions[0] or each.from_day <= day][-1]
    return program_kept(version.source, version.form)


def programs_in_force(connection: Connection) -> list[tuple[Day, Program]]:
    """Every version with the day from which it decides; the first one covers all earlier days."""
    versions = versions_in_force(connection)
    if not versions:
        return []
    from loyalty_cli.program.as_read import program_kept

    return [(each.from_day if number else 0, program_kept(each.source, each.form)) for number, each in enumerate(versions)]
