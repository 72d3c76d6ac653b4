"""How far one member is with each reward that is open, for `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Table
from loyalty_cli.reports.in_force import program_on
from loyalty_cli.reports.members.progress import kept_far
from loyalty_cli.reports.members.progress import OF_ONE
from loyalty_cli.reports.members.progress import open_to

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


def progress_table(connection: Connection, member: int, day: Day) -> Table | None:
    """Every open reward of a member, begun or not; None where there is none."""
    program = program_on(connection, day)
    if program is None:
        return None
    far = kept_far(program)
    rows = [each.row(far) for each in open_to(connection, program, day, [member])]
    if not rows:
        return None
    return Table(
        name="progress",
        title=phrase("Open rewards"),
        columns=OF_ONE,
        rows=rows,
        currency=program.currency.code,
        digits=program.currency.digits,
        basis=phrase("Through {day}.", day=OnDay(day)),
    )
