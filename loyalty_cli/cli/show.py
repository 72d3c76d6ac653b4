"""Shows what an operation did: results to standard output or a file, warnings to standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from typing import NoReturn
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.error_log import write_log
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.all_formats import ALL_FORMATS
from loyalty_cli.render.all_formats import format_asked_for
from loyalty_cli.render.all_formats import renderer
from loyalty_cli.render.look import Look
from loyalty_cli.render.words import language_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What was asked about the showing of a result: its form, its file, its language."""

    form: Format = None
    output: OutputFile = None
    lang: Lang = None

    def result(self, outcome: Outcome, *, for_spreadsheet: bool = False) -> NoReturn:
        """Print the outcome, or write it to a file, and end the command with its exit code."""
        streams.speak_utf8()
        output, word = self.output, format_asked_for(self.form, self.output)
        look = Look(
            language=chosen_language(self.lang, outcome),
            width=streams.screen_width(sys.stdout) if output is None else None,
            colour=output is None and streams.colour_wanted(sys.stdout),
            for_spreadsheet=for_spreadsheet,
            made_at=clock.now(),
        )
        if output is not None and str(output) != "-":
            to_file(outcome, word, output, look)
        elif not (outcome.quiet and word == "table" and not sys.stdout.isatty()):
            to_screen(outcome, word, look)
        for mistake in outcome.mistakes:
            write_log(mistake)
        if word != "json":
            warn(outcome, look)
        raise typer.Exit(int(outcome.exit_code))


Showing = Annotated[Show, OptionsOf(Show)]


def chosen_language(wish: str | None, outcome: Outcome) -> str:
    """What was asked for, else what the person, the shop or the computer speaks."""
    if wish is not None:
        known = language_of(wish)
        if known == "en" and not wish.lower().startswith("en"):
            hint = phrase("Use one of: {names}.", names="en, pl, ru, ro")
            raise LoyaltyError("The language '{name}' is not known.", name=wish, hint=hint)
        return known
    return spoken_here(outcome.language)


def to_screen(outcome: Outcome, word: str, look: Look) -> None:
    """The page on standard output; what a format can not hold is said on standard error."""
    if ALL_FORMATS[word].binary and sys.stdout.isatty():
        raise LoyaltyError(
            "{name} is not for a screen.",
            name=word,
            hint=phrase("Name a file: -o {file}", file=f"report.{word}"),
        )
    if word not in {"table", "json"}:
        for said in outcome.said:
            streams.complain(say(said, look.language))
    streams.put_out(renderer(word)(outcome, look))


def to_file(outcome: Outcome, word: str, output: Path, look: Look) -> None:
    """The page in a file, and one line that says so."""
    from loyalty_cli.store.written_file import write_file

    write_file(output, renderer(word)(outcome, look))
    said = [] if word == "table" else [say(each, look.language) for each in outcome.said]
    said.append(say(phrase("Written: {file}", file=str(output)), look.language))
    streams.put_out("".join(f"{line}\n" for line in said).encode())


def warn(outcome: Outcome, look: Look) -> None:
    """Every warning on standard error, marked as such."""
    colour = streams.colour_wanted(sys.stderr)
    for warning in outcome.warnings:
        text = say(phrase("warning: {what}", what=warning), look.language)
        streams.complain(f"\x1b[33m{text}\x1b[0m" if colour else text)
