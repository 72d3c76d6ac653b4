"""A bar for long work: on a terminal only, on standard error, and only once the work takes longer than a moment."""

from __future__ import annotations

import sys
import time
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.cli import streams
from loyalty_cli.operations.progress import nobody_looks

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.progress import Progress

# Seconds after which somebody wonders, and between two movements of the bar.
A_MOMENT = 0.7
BETWEEN = 0.1


def progress_shown() -> Progress:
    """A bar where somebody sits at the terminal, and has not asked for quiet."""
    if not sys.stderr.isatty() or not {"-q", "--quiet"}.isdisjoint(sys.argv):
        return nobody_looks
    return Bar()


class Bar:
    """The bar of one command; Rich is loaded when it is drawn first."""

    def __init__(self) -> None:
        self.moved = time.monotonic() + A_MOMENT - BETWEEN
        self.drawn: Any = None
        self.tasks: dict[str, Any] = {}

    def __call__(self, what: Phrase, done: int, total: int) -> None:
        """Move the bar, not more often than an eye can follow."""
        now = time.monotonic()
        if now - self.moved < BETWEEN:
            return
        self.moved = now
        if self.drawn is None:
            self.begin()
        said = self.said(what)
        if said not in self.tasks:
            for task in self.tasks.values():
                self.drawn.remove_task(task)
            self.tasks = {said: self.drawn.add_task(said)}
        self.drawn.update(self.tasks[said], completed=done, total=total or None)
        self.drawn.refresh()

    def begin(self) -> None:
        """Draw it for the first time; whatever is written next takes it away."""
        from rich.console import Console
        from rich.progress import BarColumn
        from rich.progress import Progress as Drawn
        from rich.progress import TextColumn

        figures = TextColumn("{task.completed:,.0f}")
        console = Console(stderr=True, no_color=not streams.colour_wanted(sys.stderr))
        self.drawn = Drawn(TextColumn("{task.description}"), BarColumn(), figures, console=console, transient=True, auto_refresh=False)
        self.drawn.start()
        streams.passing.append(self.end)

    def end(self) -> None:
        """Take it away; what comes later begins another."""
        self.drawn.stop()
        self.drawn, self.tasks = None, {}

    def said(self, what: Phrase) -> str:
        """What is being done, in the language of the shop; a name in it is no markup of Rich's."""
        from rich.markup import escape

        from loyalty_cli.cli.language_spoken import spoken_here
        from loyalty_cli.render.words import say

        return escape(say(what, spoken_here()))
