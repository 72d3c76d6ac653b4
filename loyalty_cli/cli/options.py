"""The options that many commands share, and the shop they name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.dates_said import day_said
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.language_spoken import remember
from loyalty_cli.cli.progress import progress_shown
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = Path("program.yaml")
ProgramFile = Annotated[
    Path,
    typer.Option("--program", envvar="LOYALTY_PROGRAM", help="The program file; also found from a folder inside the shop's."),
]
DatabaseFile = Annotated[
    Path | None, typer.Option("--db", envvar="LOYALTY_DB", help="The database. Default: loyalty.db beside the program.")
]
Wait = Annotated[float, typer.Option("--lock-wait", min=0, max=86_400, help="Seconds to wait for another command.", hidden=True)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, keep nothing.")]
Format = Annotated[str | None, typer.Option("-O", "--output-format", help="table, csv, json, xlsx or html.")]
OutputFile = Annotated[Path | None, typer.Option("-o", "--output-file", help="Write to this file; its ending names the format.")]
SheetFile = Annotated[
    Path | None,
    typer.Option("-o", "--output-file", help="The page to print, NAME.html. Default: coupons-DATE.html or cards-DATE.html here."),
]
By = Annotated[str, typer.Option("--by", envvar="LOYALTY_BY", help="Who does this.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="en, pl, ru or ro. Default: the shop's, or this computer's.")]
Colour = Annotated[
    str,
    typer.Option(
        "--color", metavar="WHEN", callback=streams.choose_colour, help="auto, always or never; auto hears NO_COLOR and FORCE_COLOR."
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing where all is well; what you ask to see is shown.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Also say which files are used and how long it took.")]
Everything = Annotated[bool, typer.Option("--all", help="Every row on the screen, not only the first screenfuls.")]
DrawName = Annotated[str, typer.Argument(help="The draw's name in the program.", show_default=False)]
LayoutName = Annotated[str | None, typer.Option("--layout", help="The layout: layouts/NAME.yaml, or a path.")]
Slip = Annotated[
    int | None, typer.Option("--slip", metavar="COLUMNS", min=24, max=64, help="As a slip for a thermal printer: 32 or 48 columns.")
]
StoreName = Annotated[str, typer.Option("--store", help="The store, where the file does not say.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without being asked; a script has to say so.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the change.")]


def day_option(name: str, about: str) -> Any:
    """An option that says a day, for `Annotated[Day | None, …]`."""

    def day(text: str) -> Day:
        return day_said(name, text)

    return typer.Option(name, parser=day, metavar="YYYY-MM-DD", help=about, show_default=False)


def percent_option(name: str, about: str) -> Any:
    """An option that says a percent, for `Annotated[int | None, …]`: `30%` and `+5%` are basis points."""

    def percent(text: str) -> int:
        from loyalty_cli.reading.values import NotUnderstood
        from loyalty_cli.reading.values import percent_of

        try:
            return percent_of(text.removeprefix("+"))
        except NotUnderstood as why:
            raise LoyaltyError.of(why.what, hint=why.hint) from why

    return typer.Option(name, parser=percent, metavar="PERCENT", help=about, show_default=False)


def shop_here(program: ProgramFile = PROGRAM, db: DatabaseFile = None, wait: Wait = 30.0) -> TheShop:
    """The shop that the options name, at this moment; without a name, that of this folder or of one above it."""
    if db is not None and not db.name:
        hint = phrase("Name the files in it: {files}", files=str(db / "loyalty.db"))
        raise StoreTrouble(ExitCode.NO_DATABASE, "{file} is a folder.", file=str(db), hint=hint)
    return shop_of(above(this_folder()) if program == PROGRAM else program, db, wait)


def this_folder() -> Path:
    """The folder in which the command was started."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        hint = phrase("Go into the shop's folder and say it again.")
        raise LoyaltyError("The folder in which this was started is not there any more.", hint=hint) from error


def above(here: Path) -> Path:
    """The program file of the nearest folder that has one, as it is written from here."""
    for steps, folder in enumerate((here, *here.parents)):
        if (folder / PROGRAM).is_file():
            return Path(*[".."] * steps) / PROGRAM
    return PROGRAM


def shop_of(program: Path, db: Path | None = None, wait: float = 30.0) -> Shop:
    """The shop of a program file, at this moment."""
    from loyalty_cli.operations.open_shop import Shop

    return remember(
        Shop(
            program=program,
            database=db or program.parent / "loyalty.db",
            now=clock.now(),
            secret=clock.chance(),
            wait=wait,
            progress=progress_shown(),
        )
    )


TheShop = Annotated["Shop", OptionsOf(shop_here)]
