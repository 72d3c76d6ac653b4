"""Shows what an operation did: results to standard output or a file, warnings to standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated
from typing import NoReturn
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.error_log import write_log
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.group import running
from loyalty_cli.cli.language_spoken import at_hand
from loyalty_cli.cli.language_spoken import find_the_shop
from loyalty_cli.cli.language_spoken import name_at_hand
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.cli.next_steps import next_step
from loyalty_cli.cli.options import Colour
from loyalty_cli.cli.options import Everything
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import Quiet
from loyalty_cli.cli.options import SheetFile
from loyalty_cli.cli.options import Verbose
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import LANGUAGES
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.all_formats import ALL_FORMATS
from loyalty_cli.render.all_formats import format_asked_for
from loyalty_cli.render.all_formats import renderer
from loyalty_cli.render.look import Look
from loyalty_cli.render.words import is_spoken
from loyalty_cli.render.words import language_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase


PAGES = frozenset({".html", ".htm"})


@dataclass(frozen=True, kw_only=True)
class Show:
    """What was asked about the showing of a result: its form, its file, its language, how much is said."""

    form: Format = None
    output: OutputFile = None
    lang: Lang = None
    colour: Colour = "auto"
    quiet: Quiet = False
    verbose: Verbose = False

    def __post_init__(self) -> None:
        """What can not be shown is refused before anything is done: who reads a refusal does the same once more."""
        if self.lang is not None:
            language_wished(self.lang)
        if self.output is not None and str(self.output) != "-":
            from loyalty_cli.store.written_file import refuse_no_place

            refuse_no_place(self.output)
        self.refuse_form()

    def refuse_form(self) -> None:
        """A form that there is not, and one that no screen shows."""
        word = format_asked_for(self.form, self.output)
        if ALL_FORMATS[word].binary and self.output is None and sys.stdout.isatty():
            raise LoyaltyError("{name} is not for a screen.", name=word, hint=phrase("Name a file: -o {file}", file=f"report.{word}"))

    @property
    def rows(self) -> int | None:
        """How many rows of a table are shown; None is all."""
        return None

    def look(self, outcome: Outcome, *, for_spreadsheet: bool = False) -> Look:
        """How the page looks on this screen, in this pipe or file."""
        streams.speak_utf8()
        here = self.output is None
        return Look(
            language=chosen_language(self.lang, outcome),
            shop=name_at_hand(),
            width=streams.screen_width(sys.stdout) if here else None,
            colour=here and streams.colour_wanted(sys.stdout),
            rows=self.rows if here else None,
            for_spreadsheet=for_spreadsheet,
            made_at=datetime.fromisoformat(outcome.made_at) if outcome.made_at else clock.now(),
        )

    def result(self, outcome: Outcome, *, for_spreadsheet: bool = False) -> NoReturn:
        """Print the outcome, or write it to a file, and end the command with its exit code."""
        output, word = self.output, format_asked_for(self.form, self.output)
        look = self.look(outcome, for_spreadsheet=for_spreadsheet)
        still = self.quiet and word != "json"
        outcome = replace(outcome, said=(), after=None) if still else with_end(outcome, word)
        if output is not None and str(output) != "-":
            to_file(outcome, word, output, look)
        elif not (outcome.quiet and word == "table" and not sys.stdout.isatty()):
            to_screen(outcome, word, look)
        for mistake in outcome.mistakes:
            write_log(mistake)
        if word != "json":
            warn(outcome, look)
        if self.verbose:
            tell_more(look)
        raise typer.Exit(int(outcome.exit_code))


@dataclass(frozen=True, kw_only=True)
class LongShow(Show):
    """The same for what may have many rows."""

    everything: Everything = False

    @property
    def rows(self) -> int | None:
        """The first screenfuls, unless all are asked for."""
        lines = None if self.everything else streams.screenfuls(sys.stdout)
        return None if lines is None else lines - streams.LINES_AROUND_ROWS


@dataclass(frozen=True, kw_only=True)
class ShowPage(Show):
    """The same for what may write a page or a file of its own kind, which then looks at the ending."""

    def refuse_form(self) -> None:
        """A form that there is not."""
        format_asked_for(self.form, None)


@dataclass(frozen=True, kw_only=True)
class ShowSheet(ShowPage):
    """The same for a sheet of paper: the file is the sheet."""

    output: SheetFile = None

    def refuse_form(self) -> None:
        """A sheet is a page for a browser."""
        super().refuse_form()
        if self.output is not None and str(self.output) != "-" and self.output.suffix.lower() not in PAGES:
            hint = phrase("Name a file such as {file}, open it in a browser and print it.", file=self.output.with_suffix(".html").name)
            raise LoyaltyError("A sheet to print is an HTML page.", hint=hint)


NOTHING_KEPT = phrase("This was a dry run; nothing was kept.")
Showing = Annotated[Show, OptionsOf(Show)]
LongShowing = Annotated[LongShow, OptionsOf(LongShow)]
PageShowing = Annotated[ShowPage, OptionsOf(ShowPage)]
SheetShowing = Annotated[ShowSheet, OptionsOf(ShowSheet)]


def chosen_language(wish: str | None, outcome: Outcome) -> str:
    """What was asked for, else what the person, the shop or the computer speaks."""
    return language_wished(wish, outcome.language)


def language_wished(wish: str | None, known: str = "") -> str:
    """The same where there is no outcome; `known` is what the shop speaks."""
    if wish is not None:
        if not is_spoken(wish):
            from loyalty_cli.reading.problems import nearest

            near = nearest(wish, LANGUAGES)
            hint = phrase("Did you mean '{name}'?", name=near) if near else phrase("Use one of: {names}.", names=", ".join(LANGUAGES))
            raise LoyaltyError("The language '{name}' is not known.", name=wish, hint=hint)
        return language_of(wish)
    find_the_shop()
    return spoken_here(known)


def with_end(outcome: Outcome, word: str) -> Outcome:
    """What is said last of every command: that a dry run kept nothing, else which command comes next."""
    if running and running[0].params.get("dry_run"):
        return replace(outcome, said=[*outcome.said, NOTHING_KEPT])
    step = next_step(outcome) if word == "table" else None
    return outcome if step is None else replace(outcome, after=step)


def to_screen(outcome: Outcome, word: str, look: Look) -> None:
    """The page on standard output; what a format can not hold is said on standard error."""
    if word not in {"table", "json"}:
        for said in outcome.said:
            streams.complain(say(said, look.language))
    page = renderer(word)(outcome, look)
    if word == "table":
        streams.put_on_screen(page)
    else:
        streams.put_out(page)


def to_file(outcome: Outcome, word: str, output: Path, look: Look) -> None:
    """The page in a file, and one line that says so."""
    from loyalty_cli.store.written_file import write_file

    written = written_said(output)
    write_file(output, renderer(word)(outcome, look))
    said = [] if word == "table" else [say(each, look.language) for each in outcome.said]
    said.append(say(written, look.language))
    streams.put_out("".join(f"{line}\n" for line in said).encode())


def written_said(file: Path) -> Phrase:
    """That a file is written, asked before it is: one that was there is gone then."""
    if file.is_file():
        return phrase("Written: {file}, in the place of the one that was there.", file=str(file))
    return phrase("Written: {file}", file=str(file))


def warn(outcome: Outcome, look: Look) -> None:
    """Every warning on standard error, marked as such."""
    colour = streams.colour_wanted(sys.stderr)
    for warning in outcome.warnings:
        text = streams.folded(say(phrase("warning: {what}", what=warning), look.language), sys.stderr)
        streams.complain(f"\x1b[33m{text}\x1b[0m" if colour else text)


def tell_more(look: Look) -> None:
    """Which files the command used and how long it took, on standard error."""
    said = [
        phrase("Program: {file}; database: {database}", file=str(shop.program.absolute()), database=str(shop.database.absolute()))
        for shop in at_hand
    ]
    for each in [*said, phrase("Took {seconds} s.", seconds=f"{clock.seconds_taken():.2f}")]:
        streams.complain(say(each, look.language))
