"""`loyalty program diff`: the file beside the latest adopted version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import differs
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.in_force import program_of_version
from loyalty_cli.operations.program.what_goes_on import progress_table
from loyalty_cli.program.settings_list import is_no_rule
from loyalty_cli.program.settings_list import settings_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
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
    return Outcome(tables=tables_of(versions, program, other=other), data={"differs": other or not versions}, language=program.language)


def tables_of(versions: list[Adopted], program: Program, *, other: bool) -> list[Table]:
    """The rules that differ, and what that means for the progress of rewards."""
    said = [difference(versions, program)]
    if versions and other:
        said.append(progress_table(program_of_version(versions[-1]), program))
    return said


def difference(versions: list[Adopted], program: Program) -> Table:
    """The rules that differ."""
    old = {line.path: line.value for line in settings_of(program_of_version(versions[-1]))} if versions else {}
    new = {line.path: line.value for line in settings_of(program)}
    paths = [path for path in (*new, *(path for path in old if path not in new)) if not is_no_rule(path)]
    rows = [(path, old.get(path) or "–", new.get(path) or "–") for path in paths]
    return Table(
        name="difference",
        title=phrase("{name}: the file and the version in force", name=program.name),
        columns=COLUMNS,
        rows=[row for row in rows if row[1] != row[2]],
        currency=program.currency.code,
        digits=program.currency.digits,
        empty=IN_FORCE,
    )
