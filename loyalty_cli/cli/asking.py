"""What weighs much or can not be undone is shown and asked about first, where a person sits at the terminal; a script says --yes."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import NoReturn
from typing import TYPE_CHECKING

from loyalty_cli.cli import streams
from loyalty_cli.cli.show import warn
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.plain import render
from loyalty_cli.render.words import say
from loyalty_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.cli.show import Show
    from loyalty_cli.model.shown.outcome import Outcome


def ask_and_do(do: Callable[[bool], Outcome], show: Show, *, yes: bool, dry_run: bool) -> NoReturn:
    """Do it and show what it did; before, unless --yes is said, rehearse it (`do(True)`), show what it will do, and ask.

    Where nobody can answer, nothing is done without --yes.
    """
    if not yes and not dry_run:
        rehearsed = do(True)
        if not somebody_answers(show):
            raise Refused("Nothing was changed: this has to be confirmed.", hint=SAY_YES)
        look = show.look(rehearsed)
        said = [NOT_YET, *rehearsed.said]
        streams.put_out(render(replace(rehearsed, said=said), look))
        warn(rehearsed, look)
        if not agreed(look.language):
            raise Refused("Nothing was changed.")
    show.result(do(dry_run))


# What follows says what was done, as it will after a yes.
NOT_YET = phrase("So far only tried, nothing is changed yet:")
SAY_YES = phrase("Add --yes to do it, or --dry-run to see what it would do.")


def somebody_answers(show: Show) -> bool:
    """Whether a person reads the result here, and not a script or a file."""
    return show.form in {None, "table"} and show.output is None and sys.stdin.isatty() and sys.stdout.isatty()


def agreed(language: str) -> bool:
    """Whether the answer begins as yes does, in the language or in English."""
    question = say(phrase("Do this? (y/N)"), language)
    try:
        answer = input(f"{question} ").strip().lower()
    except EOFError:
        return False
    return answer[:1] in {"y", word("yes", language)[:1]}
