"""What an import tells: a line or two for a person, every figure for a script."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import by_the_clock
from loyalty_cli.model.money import Currency
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.how_many import lines_said
from loyalty_cli.operations.how_many import receipts_said
from loyalty_cli.store.imports.imports import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.purchase_batch import SetAside
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.imports.imports import BookedBefore

# Of a file that was imported before nothing is read, so that nobody asks for the program's currency.
NOTHING_CAME = Currency(code="", digits=2)
FIRST_REASONS = 3


@dataclass(slots=True, kw_only=True)
class FileResult:
    """What one file came to; `booked_before` is the earlier import of the same bytes."""

    file: str
    store: str = ""
    import_id: int | None = None
    layout: str = ""
    counts: Counts = field(default_factory=Counts)
    reasons: Sequence[SetAside] = ()
    told_before: int = 0
    # Rows that sold gift cards, and what they cost.
    gift_cards: tuple[int, int] = (0, 0)
    warnings: Sequence[Phrase] = ()
    booked_before: BookedBefore | None = None
    set_aside_file: Path | None = None


def outcome_of(results: Sequence[FileResult], program: Program, *, dry_run: bool) -> Outcome:
    """The outcome of an import of several files."""
    said = [sentence for result in results for sentence in said_of(result, program, dry_run=dry_run)]
    return Outcome(
        said=said,
        warnings=[warning for result in results for warning in result.warnings],
        data={
            "dry_run": dry_run,
            "currency": program.currency.code,
            "files": [data_of(result, program.currency) for result in results],
        },
        exit_code=ExitCode.SET_ASIDE if any(result.counts.set_aside for result in results) else ExitCode.OK,
        quiet=all(is_quiet(result) for result in results),
        language=program.language,
    )


def booked_outcome(results: Sequence[FileResult], timezone: str, *, dry_run: bool) -> Outcome:
    """The outcome where every file was imported before."""
    return Outcome(
        said=[booked_said(result, timezone) for result in results],
        data={"dry_run": dry_run, "files": [data_of(result, NOTHING_CAME) for result in results]},
        quiet=True,
    )


def booked_said(result: FileResult, timezone: str) -> Phrase:
    """That a file was imported before."""
    before = result.booked_before
    assert before is not None  # noqa: S101 - asked by whoever calls
    return phrase(
        "{file}: the same file was imported on {at} (import {number}); nothing to do.",
        file=result.file, at=by_the_clock(before.at, timezone), number=before.number,
    )  # fmt: skip


def is_quiet(result: FileResult) -> bool:
    """Whether nothing came in and nobody must look at anything."""
    counts = result.counts
    return not (counts.imported or counts.lines or counts.set_aside or counts.conflicts or counts.refunds or result.warnings)


def said_of(result: FileResult, program: Program, *, dry_run: bool) -> list[Phrase]:
    """The sentences about one file."""
    if result.booked_before is not None:
        return [booked_said(result, program.timezone)]
    counts = result.counts
    said = [
        phrase(
            "{file}: {receipts} with {lines} came in, {total}; {known} known. Import {number}.",
            file=result.file,
            receipts=receipts_said(counts.imported),
            lines=lines_said(counts.lines),
            total=program.currency.money(counts.total),
            known=counts.known,
            number=result.import_id,
        )
    ]
    if counts.ignored:
        said.append(
            phrase(
                "{file}: {count} row ignored.",
                "{file}: {count} rows ignored.",
                file=result.file,
                count=counts.ignored,
            )
        )
    said += [*gift_cards_said(result, program), *set_aside_said(result, dry_run=dry_run)]
    if counts.refunds:
        said.append(
            phrase(
                "{file}: {count} earlier receipt was paid back or cancelled since.",
                "{file}: {count} earlier receipts were paid back or cancelled since.",
                file=result.file,
                count=counts.refunds,
            )
        )
    if counts.conflicts:
        said.append(
            phrase(
                "{file}: {count} receipt came back different; decide with: loyalty import conflicts {number}",
                "{file}: {count} receipts came back different; decide with: loyalty import conflicts {number}",
                file=result.file,
                count=counts.conflicts,
                number=result.import_id,
            )
        )
    return said


def gift_cards_said(result: FileResult, program: Program) -> list[Phrase]:
    """That gift cards were sold, which is no turnover."""
    count, money = result.gift_cards
    if not count:
        return []
    return [
        phrase(
            "{file}: {count} of these sold a gift card, {total}; it counts once it is spent.",
            "{file}: {count} of these sold gift cards, {total}; they count once they are spent.",
            file=result.file,
            count=count,
            total=program.currency.money(money),
        )
    ]


def set_aside_said(result: FileResult, *, dry_run: bool) -> list[Phrase]:
    """Where the rows are that were not taken in; a dry run keeps none of them, and tells the first."""
    if not result.counts.set_aside:
        return []
    if dry_run:
        text = "{file}: {count} row would be set aside."
        said = phrase(text, "{file}: {count} rows would be set aside.", file=result.file, count=result.counts.set_aside)
        return [said, *(phrase("Line {line}: {why}", line=row.line, why=row.reason) for row in result.reasons[:FIRST_REASONS])]
    where = str(result.set_aside_file) if result.set_aside_file else f"loyalty import rejects {result.import_id}"
    return [
        phrase(
            "{file}: {count} row set aside, see {where}.",
            "{file}: {count} rows set aside, see {where}.",
            file=result.file,
            count=result.counts.set_aside,
            where=where,
        )
    ]


def set_aside_data(result: FileResult) -> dict[str, object]:
    """The rows that were not taken in, for a script."""
    return {
        "set_aside": result.counts.set_aside,
        "set_aside_before": result.told_before,
        "set_aside_file": str(result.set_aside_file) if result.set_aside_file else None,
        "set_aside_rows": [{"line": row.line, "reason": str(row.reason), "row": row.cells} for row in result.reasons],
    }


def data_of(result: FileResult, currency: Currency) -> dict[str, object]:
    """The figures of one file for a script; amounts as text with a point."""
    counts = result.counts
    return {
        "file": result.file,
        "store": result.store,
        "import": result.import_id,
        "booked_before": result.booked_before.number if result.booked_before else None,
        "read": counts.read,
        "imported": counts.imported,
        "lines": counts.lines,
        "known": counts.known,
        "known_lines": counts.known_lines,
        "conflict_lines": counts.conflict_lines,
        "ignored": counts.ignored,
        "gift_cards": result.gift_cards[0],
        "gift_card_money": currency.plain(result.gift_cards[1]),
        "conflicts": counts.conflicts,
        "refunds": counts.refunds,
        "total": currency.plain(counts.total),
        "totals": {currency.code: currency.plain(counts.total)} if currency.code else {},
        "layout": result.layout,
        **set_aside_data(result),
        "warnings": [str(warning) for warning in result.warnings],
    }
