"""`loyalty draw` from the draw on: run, verify, protocol, claim, redraw, list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.draws.number import chance_from
from loyalty_cli.cli.draws.number import Dice
from loyalty_cli.cli.draws.number import Drand
from loyalty_cli.cli.draws.number import External
from loyalty_cli.cli.draws.number import Lotto
from loyalty_cli.cli.draws.number import Public
from loyalty_cli.cli.draws.number import Secret
from loyalty_cli.cli.draws.number import Signature
from loyalty_cli.cli.draws.number import Sources
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

Place = Annotated[int, typer.Argument(help="The place, as the list of winners numbers it.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the group."""
    for command in (run, verify, protocol, claim, redraw):
        app.command()(command)
    app.command("list")(list_draws)


def run(
    name: DrawName,
    drand: Drand = None,
    signature: Signature = "",
    dice: Dice = "",
    lotto: Lotto = "",
    sources: Sources = None,
    external: External = "",
    public: Public = "",
    secret: Secret = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Draw the winners from a public number, once, and publish the proof.

    Examples:
        loyalty draw run "spring draw" --drand 27946612 VALUE

        loyalty draw run "spring draw" --external numbers.txt

    """
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.run import draw_run

    chance = chance_from(
        drand,
        signature,
        dice=dice,
        lotto=lotto,
        sources=sources,
        external=external,
        public=public,
        secret=secret,
    )
    show(draw_run(shop_of(program, db), name, chance=chance), form=form, output=output)


def verify(
    folder: Annotated[Path, typer.Argument(help="The published folder of the draw.", show_default=False)],
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Check a published draw from its folder alone; names the first thing that differs (exit code 30)."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.verify import draw_verify

    show(draw_verify(folder), form=form, output=output)


def protocol(
    name: DrawName,
    lang: Lang = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """The minutes of a draw, ready to be signed: as a page to print (-o minutes.html) or as text.

    Examples:
        loyalty draw protocol "spring draw" -o minutes.html

        loyalty draw protocol "spring draw" --lang ro -o proces-verbal.txt

    """
    from loyalty_cli.cli.document_file import put_document
    from loyalty_cli.operations.draws.protocol import draw_protocol

    made = draw_protocol(shop_of(program, db), name, program=f"loyalty {release()}".strip())
    put_document(made.outcome, made.document, form=form, output=output, language=lang)


def release() -> str:
    """The release of this program, if it is installed."""
    from importlib import metadata

    try:
        return metadata.version("loyalty-cli")
    except metadata.PackageNotFoundError:
        return ""


def claim(
    name: DrawName,
    place: Place,
    accept: Annotated[bool, typer.Option("--accept", help="The winner takes the prize.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="The winner does not want it.")] = False,
    expire: Annotated[bool, typer.Option("--expire", help="Nobody came in time.")] = False,
    identity_checked: Annotated[
        bool, typer.Option("--identity-checked", help="The winner showed who he or she is.")
    ] = False,
    handed_over: Annotated[
        bool, typer.Option("--handed-over", help="The winner has the prize now; this accepts it, too.")
    ] = False,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Not today, but on this day.")] = None,
    lang: Lang = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Record that a prize was accepted, refused or not claimed; -o writes the note to sign at its handover.

    Examples:
        loyalty draw claim "spring draw" 1 --accept --identity-checked --by Anna -o handover.html

        loyalty draw claim "spring draw" 1 --handed-over

        loyalty draw claim "spring draw" 2 --expire

    """
    from loyalty_cli.cli.dates_said import day_said
    from loyalty_cli.cli.document_file import put_document
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.claim import Claiming
    from loyalty_cli.operations.draws.claim import draw_claim

    if (accept or handed_over) + refuse + expire != 1:
        raise typer.BadParameter("Say one of --accept, --refuse and --expire.")
    claiming = Claiming(
        what="accepted" if accept or handed_over else "refused" if refuse else "expired",
        identity_checked=identity_checked,
        handed_over=handed_over,
        day=day_said("--on", on),
        by=by,
    )
    claimed = draw_claim(shop_of(program, db), name, place, claiming=claiming, dry_run=dry_run)
    if claimed.note is not None and output is not None:
        put_document(claimed.outcome, claimed.note, form=form, output=output, language=lang)
    show(claimed.outcome, form=form, output=output, language=lang)


def redraw(
    name: DrawName,
    place: Place,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Not the next reserve: draw again from a new public number.")
    ] = False,
    drand: Drand = None,
    signature: Signature = "",
    dice: Dice = "",
    lotto: Lotto = "",
    sources: Sources = None,
    external: External = "",
    public: Public = "",
    secret: Secret = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Give a place that was given up to the next reserve, or draw it again (--fresh) with a proof of its own.

    Examples:
        loyalty draw redraw "spring draw" 2

        loyalty draw redraw "spring draw" 2 --fresh --drand 28001234 VALUE

    """
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draws.redraw import draw_redraw

    chance = None
    if fresh:
        chance = chance_from(
            drand,
            signature,
            dice=dice,
            lotto=lotto,
            sources=sources,
            external=external,
            public=public,
            secret=secret,
        )
    elif any((drand, signature, dice, lotto, sources, external, public, secret)):
        raise typer.BadParameter("A number belongs to --fresh; the next reserve needs none.")
    show(draw_redraw(shop_of(program, db), name, place, chance=chance, by=by), form=form, output=output)


def list_draws(
    lang: Lang = None,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """All draws and how far each is; the same as: loyalty report draws."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.report import report
    from loyalty_cli.operations.report import Wanted

    show(report(shop_of(program, db), "draws", Wanted()), form=form, output=output, language=lang)
