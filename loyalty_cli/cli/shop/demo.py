"""`loyalty demo`: shows each step as it is done."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import streams
from loyalty_cli.cli.show import Showing
from loyalty_cli.cli.show import warn
from loyalty_cli.model.shown.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.shop.demo import Step
    from loyalty_cli.render.look import Look


def command(
    show: Showing,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder for the shop.")] = Path("loyalty-demo"),
) -> None:
    """Make a whole sample shop: import, recalculate, coupons, a draw, reports."""
    from loyalty_cli.operations.shop import demo as story
    from loyalty_cli.render.all_formats import format_asked_for

    if show.quiet or format_asked_for(show.form, show.output) != "table" or show.output is not None:
        steps = steps_in(story.demo_shop(folder), None)
        show.result(replace(gathered(steps), tables=()) if show.quiet else gathered(steps))
    look = show.look(Outcome())
    shop = story.demo_shop(folder, language=look.language)
    tell(story.before(folder), look)
    steps_in(shop, look)
    streams.put_out(b"\n")
    replace(show, lang=look.language).result(story.after(folder))


def steps_in(shop: Shop, look: Look | None) -> list[Step]:
    """Do every step inside the shop's folder, so that paths are as a person types them."""
    from loyalty_cli.operations.shop.demo import demo

    done = []
    with contextlib.chdir(shop.folder):
        for step in demo(replace(shop, program=Path(shop.program.name), database=Path(shop.database.name))):
            done.append(step)
            if look is not None:
                heading(step, look)
                tell(step.outcome, look)
    return done


def heading(step: Step, look: Look) -> None:
    """Why the step is there, and the command as a person would type it."""
    from loyalty_cli.render.words import say

    why, command = streams.folded(say(step.why, look.language), sys.stdout, "# "), f"$ {step.command}"
    if look.colour:
        why, command = f"\x1b[2m{why}\x1b[0m", f"\x1b[1;36m{command}\x1b[0m"
    streams.put_out(f"\n{why}\n{command}\n".encode())


def tell(outcome: Outcome, look: Look) -> None:
    """What a step says, and its warnings."""
    from loyalty_cli.render.plain import render

    streams.put_out(render(outcome, look))
    warn(outcome, look)


def gathered(steps: Sequence[Step]) -> Outcome:
    """All steps as one result: their figures in order for a script, their tables for a person."""
    return Outcome(
        said=[said for step in steps for said in step.outcome.said],
        warnings=[warning for step in steps for warning in step.outcome.warnings],
        tables=[table for step in steps for table in step.outcome.tables],
        data={"steps": [{"command": step.command, **step.outcome.data} for step in steps]},
    )
