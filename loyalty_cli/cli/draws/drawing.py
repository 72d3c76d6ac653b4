"""`loyalty draw run, verify, protocol`: the drawing, its proof and its minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli.draws.number import DrawNumber
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import DrawName
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing

app = Group()


@app.command()
def run(number: DrawNumber, shop: TheShop, show: Showing, name: DrawName) -> None:
    """Draw the winners from a public number, once, and publish the proof."""
    from loyalty_cli.operations.draws.run import draw_run

    show.result(draw_run(shop, name, chance=number.chance()))


@app.command()
def verify(
    show: Showing,
    folder: Annotated[Path, typer.Argument(help="The published folder of the draw.", show_default=False)],
) -> None:
    """Check a published draw from its folder alone; names the first thing that differs (exit code 30)."""
    from loyalty_cli.operations.draws.verify import draw_verify

    show.result(draw_verify(folder))


@app.command()
def protocol(shop: TheShop, show: PageShowing, name: DrawName) -> None:
    """The minutes of a draw, ready to be signed: as a page to print (-o minutes.html) or as text."""
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.operations.draws.protocol import draw_protocol
    from loyalty_cli.operations.release import release

    made = draw_protocol(shop, name, program=f"loyalty {release()}".strip())
    put_document(made.outcome, made.document, show)
