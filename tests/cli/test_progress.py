"""A bar stands on the screen while long work is going on, and nowhere else."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from loyalty_cli.cli import streams
from loyalty_cli.cli.progress import progress_shown
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.progress import nobody_looks

if TYPE_CHECKING:
    import pytest

FILE = phrase("Rows read of {file}", file="till[1].csv")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class AtTerminal:
    """Somebody sits at a terminal, and time goes on when the test says so."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.screen = Terminal()
        patch.setattr("time.monotonic", lambda: self.now)
        patch.setattr(sys, "stderr", self.screen)
        patch.setattr(sys, "argv", ["loyalty", "recalc"])
        patch.setenv("LOYALTY_LANG", "en")
        patch.setenv("TERM", "xterm")


def test_short_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    there = AtTerminal(monkeypatch)
    shown = progress_shown()
    there.now += 0.5
    shown(FILE, 1000, 0)
    assert there.screen.getvalue() == ""


def test_long_work_shows_how_far_it_is_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    there = AtTerminal(monkeypatch)
    shown = progress_shown()
    there.now += 1
    shown(FILE, 12000, 0)
    there.now += 1
    shown(phrase("Members worked out"), 50, 100)
    said = there.screen.getvalue()
    assert "Rows read of till[1].csv" in said
    assert "12,000" in said
    assert "Members worked out" in said
    assert len(streams.passing) == 1
    streams.tidy()
    # The last thing written takes the line away.
    assert there.screen.getvalue().endswith("\x1b[2K")


def test_a_pipe_and_whoever_wants_quiet_see_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    AtTerminal(monkeypatch)
    monkeypatch.setattr(sys, "argv", ["loyalty", "recalc", "-q"])
    assert progress_shown() is nobody_looks
    monkeypatch.setattr(sys, "argv", ["loyalty", "recalc"])
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_shown() is nobody_looks
