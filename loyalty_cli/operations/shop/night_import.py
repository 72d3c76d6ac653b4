"""The import of the night: every file that the stores' `files:` name and that is new, each by itself."""

from __future__ import annotations

import glob
import hashlib
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.files_meant import Said
from loyalty_cli.operations.imports.layout_files import layout_print
from loyalty_cli.operations.imports.left_parts import name_what_was_left
from loyalty_cli.operations.imports.purchases import import_as_said
from loyalty_cli.operations.ledger.left_out import left_out
from loyalty_cli.operations.silence.silences import silences
from loyalty_cli.operations.silence.watched import watched_in
from loyalty_cli.store.imports.imports import booked_files
from loyalty_cli.store.lock import DISK
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.silence.silences import Silent
    from loyalty_cli.program.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A till's file and the store it belongs to."""

    path: Path
    store: str
    layout: str


@dataclass(slots=True)
class Brought:
    """What the files of one night came to."""

    outcomes: list[Outcome] = field(default_factory=list)
    waiting: list[Phrase] = field(default_factory=list)
    refused: list[LoyaltyError] = field(default_factory=list)
    mistakes: list[tuple[str, Exception]] = field(default_factory=list)


def import_of_the_night(shop: Shop, program: Program, *, dry_run: bool = False) -> Outcome:
    """Import what is new. A file that is still growing waits for tomorrow; a refused one stops nothing, and is told."""
    brought = brought_in(shop, program, dry_run=dry_run)
    with shop.reading() as connection:
        silent = silences(shop, connection, watched_in(program))
    outcome = outcome_of(brought, silent)
    if not dry_run:
        return outcome
    return replace(outcome, said=[said for each in brought.outcomes for said in each.said])


def import_what_is_new(shop: Shop, program: Program) -> Outcome:
    """The same in the middle of the day, when nobody is silent yet."""
    return outcome_of(brought_in(shop, program), ())


def brought_in(shop: Shop, program: Program, *, dry_run: bool = False) -> Brought:
    """Every new file of every store, each by itself."""
    name_what_was_left(shop)
    brought = Brought()
    for export in new_ones(shop, exports_of(shop, program)):
        bring(shop, export, program, brought, dry_run=dry_run)
    return brought


def exports_of(shop: Shop, program: Program) -> list[Export]:
    """The files that the stores name, each once."""
    found: dict[Path, Export] = {}
    for store, entry in program.stores.items():
        for pattern in entry.files:
            # Path.glob takes no absolute patterns.
            names = sorted(glob.glob(pattern, root_dir=shop.folder, recursive=True))  # noqa: PTH207
            for path in (shop.folder / name for name in names):
                if path.is_file():
                    found.setdefault(path.resolve(), Export(path=path, store=store, layout=entry.layout))
    return list(found.values())


def new_ones(shop: Shop, exports: Sequence[Export]) -> list[Export]:
    """The files whose bytes were never imported for their store by their layout; what somebody has reverted stays out."""
    with shop.reading() as connection:
        booked = booked_files(connection, "purchases")
        names = {export.store: present_name(connection, export.store) for export in exports}
    now = {export.layout: layout_print(export.layout, shop.folder) for export in exports}
    return [
        export for export in exports if booked.get((fingerprint(export.path), names[export.store]), "new") not in {None, now[export.layout]}
    ]


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file; '' if it can not be read, which its import will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def bring(shop: Shop, export: Export, program: Program, brought: Brought, *, dry_run: bool = False) -> None:
    """Import one file in a transaction of its own."""
    files = [str(export.path)]
    try:
        outcome = import_as_said(shop, files, Said(layout=export.layout, store=export.store, program=program), dry_run=dry_run)
    except StoreTrouble:
        raise
    except LoyaltyError as error:
        if error.exit_code == ExitCode.STILL_GROWING:
            brought.waiting.append(error.phrase)
        else:
            brought.refused.append(error)
    except OSError as error:
        brought.refused.append(unread(export.path, error))
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other files come in
        brought.mistakes.append((export.path.name, error))
    else:
        brought.outcomes.append(outcome)


def unread(path: Path, error: OSError) -> LoyaltyError:
    """Why a file did not come in: a disk that is full or fails has its own code, whichever file it was writing."""
    why = why_not(error)
    if error.errno in DISK:
        return StoreTrouble(ExitCode.NO_SPACE, "{file} could not be read or written: {why}.", file=error.filename or path, why=why)
    return LoyaltyError("{file} could not be read: {why}.", file=str(path), why=why)


def outcome_of(brought: Brought, silent: Sequence[Silent]) -> Outcome:
    """The night's imports as one: a line for those that went well, the whole story of the others, and who is silent."""
    codes = [outcome.exit_code for outcome in brought.outcomes if outcome.exit_code]
    if brought.waiting:
        codes.insert(0, ExitCode.STILL_GROWING)
    if brought.refused:
        codes.insert(0, brought.refused[0].exit_code)
    if brought.mistakes:
        codes.insert(0, ExitCode.INTERNAL_ERROR)
    if silent:
        codes.append(ExitCode.SILENT)
    loud = [outcome for outcome in brought.outcomes if needs_a_look(outcome)]
    return Outcome(
        said=[*summary(brought), *(said for outcome in loud for said in outcome.said)],
        warnings=[
            *(each.said for each in silent),
            *(left_out(name, error) for name, error in brought.mistakes),
            *brought.waiting,
            *(said for error in brought.refused for said in (error.phrase, error.hint) if said is not None),
            *(warning for outcome in brought.outcomes for warning in outcome.warnings),
        ],
        data={
            "files": [file for outcome in brought.outcomes for file in files_in(outcome)],
            "left_out": [name for name, _ in brought.mistakes],
            "silence": [each.data for each in silent],
        },
        exit_code=codes[0] if codes else ExitCode.OK,
        quiet=not codes and not loud,
        mistakes=[error for _, error in brought.mistakes],
    )


def summary(brought: Brought) -> list[Phrase]:
    """How many files came in."""
    count = len(brought.outcomes)
    return [phrase("{count} file imported.", "{count} files imported.", count=count)] if count else []


def needs_a_look(outcome: Outcome) -> bool:
    """Whether somebody has to do something about an import: rows set aside, conflicts, warnings."""
    return bool(outcome.exit_code or outcome.warnings or any(file.get("conflicts") for file in files_in(outcome)))


def files_in(outcome: Outcome) -> list[dict[str, object]]:
    """What an import says of its files for a script."""
    files = outcome.data.get("files", [])
    return list(files) if isinstance(files, list) else []
