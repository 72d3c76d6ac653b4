"""`loyalty draw`: close, run and verify a prize draw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DatabaseFile
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import Format
from loyalty_cli.cli.options import HERE
from loyalty_cli.cli.options import OutputFile
from loyalty_cli.cli.options import ProgramFile
from loyalty_cli.cli.options import shop_of

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness

app = typer.Typer(help="Freeze, run and verify a prize draw.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="The draw's name in the program.", show_default=False)]
DRAND = "A drand quicknet round and its value (or its signature)."


@app.command()
def close(
    name: Name,
    accept_late: Annotated[
        bool, typer.Option("--accept-late", help="Close although tickets may still change.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Publish here. Default: draws/NAME.")
    ] = None,
    dry_run: DryRun = False,
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    by: By = "",
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Freeze tickets and rules, and print their hashes for the poster."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draw_close import draw_close

    show(
        draw_close(
            shop_of(program, db), name, folder=folder, accept_late=accept_late, by=by, dry_run=dry_run
        ),
        form=form,
        output=output,
    )


@app.command()
def run(
    name: Name,
    drand: Annotated[
        tuple[int, str] | None, typer.Option("--drand", metavar="ROUND VALUE", help=DRAND)
    ] = None,
    signature: Annotated[
        str, typer.Option("--signature", help="The drand round's signature, checked and published.")
    ] = "",
    dice: Annotated[str, typer.Option("--dice", help="Dice rolled in public: at least 20 digits.")] = "",
    lotto: Annotated[str, typer.Option("--lotto", help="Lottery numbers, in the order announced.")] = "",
    public: Annotated[str, typer.Option("--public", help="Any other public number or text.")] = "",
    secret: Annotated[
        str, typer.Option("--secret", help="A secret that was committed to before, revealed now.")
    ] = "",
    program: ProgramFile = HERE,
    db: DatabaseFile = None,
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Draw the winners from a public number, once, and publish the proof."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draw_run import draw_run

    if sum(map(bool, (drand, dice, lotto, public))) != 1:
        raise typer.BadParameter("Give one source of the number: --drand, --dice, --lotto or --public.")
    chance = chance_from(drand, signature, dice=dice, lotto=lotto, public=public, secret=secret)
    show(draw_run(shop_of(program, db), name, chance=chance), form=form, output=output)


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The published folder of the draw.", show_default=False)],
    form: Format = None,
    output: OutputFile = None,
) -> None:
    """Check a published draw from its folder alone; names the first thing that differs (exit code 30)."""
    from loyalty_cli.cli.show import show
    from loyalty_cli.operations.draw_verify import draw_verify

    show(draw_verify(folder), form=form, output=output)


def chance_from(
    drand: tuple[int, str] | None, signature: str, *, dice: str, lotto: str, public: str, secret: str
) -> Randomness:
    """The randomness that the options name."""
    from loyalty_cli.engine import draw_chance

    if drand:
        return draw_chance.from_drand(drand[0], drand[1], signature=signature, secret=secret)
    if dice:
        return draw_chance.from_dice(dice, secret=secret)
    if lotto:
        return draw_chance.from_lotto(lotto, secret=secret)
    return draw_chance.from_public(public, secret=secret)
