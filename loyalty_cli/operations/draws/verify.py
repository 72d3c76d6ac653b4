"""Verify a published draw from its folder alone: no database, no network, and nothing of it is trusted."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.contest import contest_differences
from loyalty_cli.draws.proof.contest import is_contest
from loyalty_cli.draws.proof.draw import HASHED_FILES
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import FROZEN_FILES
from loyalty_cli.draws.proof.published import Published
from loyalty_cli.draws.proof.verify import differences
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.tickets import ticket_file

if TYPE_CHECKING:
    from pathlib import Path


def draw_verify(folder: Path) -> Outcome:
    """Whether a folder proves its draw; exit code 30 and the first thing that differs if not."""
    if not folder.is_dir():
        raise LoyaltyError("There is no folder {folder}.", folder=str(folder))
    paths = list(folder.iterdir())
    files = {path.name for path in paths if path.is_file()}
    with (folder / ENTRIES).open("rb") if ENTRIES in files else BytesIO() as file:
        published = Published(
            names={path.name for path in paths},
            files=files,
            read=lambda name: (folder / name).read_bytes(),
            tickets=ticket_file(file),
        )
        is_run = not published.names.isdisjoint({PROOF, *HASHED_FILES} - set(FROZEN_FILES))
        contest = is_contest(published)
        found = contest_differences(published) if contest else differences(published, is_run=is_run)
        difference = next(found, None)
    data = {"folder": str(folder), "run": is_run, "right": difference is None}
    if difference is not None:
        return Outcome(said=(difference,), data={**data, "difference": str(difference)}, exit_code=ExitCode.DIFFERENCES)
    if contest:
        said = phrase("{folder}: the files, the ranking and every winner are right.", folder=str(folder))
    elif is_run:
        said = phrase("{folder}: the files, the seed, every pick and every winner are right.", folder=str(folder))
    else:
        said = phrase("{folder}: the frozen files fit their hashes. The draw has not been run yet.", folder=str(folder))
    return Outcome(said=(said,), data=data)
