"""What an operation did: sentences for a person, figures for a script, tables to look at, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.dashboard import Dashboard
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one command.

    `said` is what changed, in a line or two; `quiet` marks that nothing worth a cron mail happened;
    `data` are the numbers of `-O json`, with stable English names; `language` is the shop's, where it is known.
    `after` is the last line for a person: what to do next.
    `tree` asks a terminal to hang the other tables below the first, and without tables the other sentences.
    `mistakes` are our own, each with one member or file that was left out; they go to the error log. `made_at` is the
    moment the figures were made, ISO in UTC, where that is not now. `dashboard` are the pictures that an HTML page shows besides.
    """

    said: Sequence[Phrase] = ()
    warnings: Sequence[Phrase] = ()
    tables: Sequence[Table] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    exit_code: ExitCode = ExitCode.OK
    quiet: bool = False
    language: str = ""
    tree: bool = False
    after: Phrase | None = None
    mistakes: Sequence[Exception] = ()
    made_at: str = ""
    dashboard: Dashboard | None = None


def made_before(**data: object) -> Outcome:
    """What a request with a key answers the second time."""
    said = phrase("This request was made before; nothing was changed.")
    return Outcome(said=[said], data={"again": True, **data}, quiet=True)
