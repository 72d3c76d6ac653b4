"""What comes of a file, shown in every way that people and scripts see it."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.render.all_formats import renderer
from loyalty_cli.render.look import Look
from loyalty_cli.render.mistakes import mistake_lines
from loyalty_cli.render.words import say
from tests.operations.imports.till_shop import NOW

if TYPE_CHECKING:
    from loyalty_cli.model.errors import LoyaltyError
    from loyalty_cli.model.shown.outcome import Outcome

LANGUAGES = ("en", "pl", "ro", "ru")


def seen(outcome: Outcome) -> None:
    """Show an outcome in every way that a night or a script does."""
    assert not outcome.mistakes
    look = Look(language="en", width=80, colour=False, for_spreadsheet=False, made_at=NOW)
    # To draw a table costs more than to make it: one language draws it, chosen by what it holds.
    language = LANGUAGES[zlib.crc32(renderer("json")(outcome, look)) % len(LANGUAGES)]
    renderer("table")(outcome, replace(look, language=language))
    for warning in outcome.warnings:
        say(warning, language)


def told(error: LoyaltyError) -> None:
    """Say a refusal with all that belongs to it."""
    assert int(error.exit_code) > 1
    for phrase in (error.phrase, error.hint):
        if phrase is not None:
            say(phrase, "pl")
    for problem in error.problems if isinstance(error, Mistakes) else ():
        mistake_lines(problem, "ro")
    for what, _ in error.obstacles if isinstance(error, Hindered) else ():
        say(what, "ru")
