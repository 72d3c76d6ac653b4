"""What an import of a list tells; the figures of `-O json` have the same names for every kind of file, and stay.

They are read, imported (the same as new), changed, known, ignored, conflicts (rows at odds with what is kept, which are
set aside), set_aside, set_aside_before, set_aside_file, set_aside_rows (line, reason, row), warnings; and totals by
currency where there is money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.said import is_quiet
from loyalty_cli.operations.imports.said import set_aside_data
from loyalty_cli.operations.imports.said import set_aside_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.said import FileResult
    from loyalty_cli.program.program import Program

NEW = {
    "members": lambda count: phrase("{count} new member", "{count} new members", count=count),
    "products": lambda count: phrase("{count} new product", "{count} new products", count=count),
    "redemptions": lambda count: phrase("{count} new redemption", "{count} new redemptions", count=count),
    "balances": lambda count: phrase("{count} new balance", "{count} new balances", count=count),
    "consents": lambda count: phrase("{count} new consent", "{count} new consents", count=count),
    "events": lambda count: phrase("{count} new event", "{count} new events", count=count),
    "feedback": lambda count: phrase("{count} new answer", "{count} new answers", count=count),
    "totals": lambda count: phrase("{count} new total", "{count} new totals", count=count),
}


def list_outcome(results: Sequence[FileResult], program: Program, *, kind: str, dry_run: bool) -> Outcome:
    """The outcome of an import of lists."""
    said = []
    for result in results:
        said.append(listed_said(result, kind))
        said += set_aside_said(result, dry_run=dry_run)
    return Outcome(
        said=said,
        warnings=[warning for result in results for warning in result.warnings],
        data={
            "kind": kind,
            "dry_run": dry_run,
            "currency": program.currency.code,
            "files": [list_data(result) for result in results],
        },
        exit_code=ExitCode.SET_ASIDE if any(result.counts.set_aside for result in results) else ExitCode.OK,
        quiet=all(is_quiet(result) for result in results),
        language=program.language,
    )


def listed_said(result: FileResult, kind: str) -> Phrase:
    """What became of the rows of one list."""
    counts = result.counts
    return phrase(
        "{file}: {new}, {changed} changed, {known} as they were. Import {number}.",
        file=result.file,
        new=NEW[kind](counts.imported),
        changed=counts.lines,
        known=counts.known,
        number=result.import_id,
    )


def list_data(result: FileResult) -> dict[str, object]:
    """The figures of one list for a script."""
    counts = result.counts
    return {
        "file": result.file,
        "store": result.store,
        "import": result.import_id,
        "booked_before": None,
        "read": counts.read,
        "imported": counts.imported,
        "new": counts.imported,
        "changed": counts.lines,
        "known": counts.known,
        "ignored": counts.ignored,
        "conflicts": counts.conflicts,
        **set_aside_data(result),
        "warnings": [str(warning) for warning in result.warnings],
    }
