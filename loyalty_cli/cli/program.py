"""`loyalty program check | show | terms | posters | kinds | schema | diff | adopt`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()


@app.command()
def check(shop: TheShop, show: Showing) -> None:
    """Read the file, say every mistake in it, and run the worked examples beside it."""
    from loyalty_cli.operations.program.check import check_program

    show.result(check_program(shop))


@app.command(name="show")
def show_program(shop: TheShop, show: Showing) -> None:
    """Every setting with its value, written or by default."""
    from loyalty_cli.operations.program.show import settings_table

    show.result(settings_table(shop))


@app.command()
def terms(shop: TheShop, show: PageShowing) -> None:
    """The program in plain sentences for members: as a page to hang up (-o terms.html) or as text."""
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.operations.program.terms import program_terms

    outcome, document = program_terms(shop)
    put_document(outcome, document, show)


class Size(StrEnum):
    """Where a poster hangs."""

    wall = "wall"
    shelf = "shelf"


@app.command()
def posters(
    shop: TheShop,
    show: PageShowing,
    size: Annotated[Size, typer.Option("--size", help="One on a page, or eight for the shelf.")] = Size.wall,
    on: Annotated[Day | None, day_option("--on", "The offers of this day. Default: today.")] = None,
) -> None:
    """The offers of a day as posters to print, in the sentences of the terms."""
    from loyalty_cli.cli.pages import form_of
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.cli.pages import put_drawn
    from loyalty_cli.operations.program.posters import program_posters

    outcome, document = program_posters(shop, on=on)
    if form_of(show.form, show.output) != "html":
        put_document(outcome, document, show)
    from loyalty_cli.render.posters import as_posters

    put_drawn(outcome, lambda language: as_posters(document, language, size.value), show)


@app.command()
def kinds(
    kind: Annotated[
        str | None, typer.Argument(help="A word such as for_every, or a family such as when. Default: a line for each kind.")
    ] = None,
    lang: Lang = None,
) -> None:
    """What rules there are, a line for each; of one kind or family all it can do, with a sample."""
    from loyalty_cli.cli.show import language_wished
    from loyalty_cli.cli.streams import put_out
    from loyalty_cli.cli.streams import screen_width
    from loyalty_cli.program.kinds import kinds_text
    from loyalty_cli.program.kinds import WIDTH
    from loyalty_cli.render.words import catalogue_of

    width = screen_width(sys.stdout) or WIDTH + 1
    put_out(f"{kinds_text(kind, catalogue_of(language_wished(lang)).gettext, width - 1)}\n".encode())


@app.command()
def schema() -> None:
    """The JSON Schema of the program file, with which editors complete and check it."""
    from loyalty_cli.cli.streams import put_out
    from loyalty_cli.program.schema import schema_text

    put_out(f"{schema_text()}\n".encode())


@app.command()
def diff(shop: TheShop, show: Showing) -> None:
    """What the file says otherwise than the version in force."""
    from loyalty_cli.operations.program.compare import compare_program

    show.result(compare_program(shop))


@app.command()
def adopt(
    shop: TheShop,
    show: Showing,
    from_day: Annotated[Day | None, day_option("--from", "In force from this day. Default: today.")] = None,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Make the file the version in force from a day on; say what differs and for how many members."""
    from loyalty_cli.operations.program.adopt import adopt_program

    show.result(adopt_program(shop, from_day=from_day, by=by, dry_run=dry_run))
