"""What we write to: UTF-8 whatever the console, colour where wanted, quiet when nobody reads any more."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

COLOURS = ("auto", "always", "never")
# How to take away what stands on the screen only for a while.
passing: list[Callable[[], None]] = []
# What --color of this command says.
colour = ["auto"]
# Rows beyond so many heights of the window are shown on demand only.
SCREENFULS = 2
# A title, its basis, headings, rules, totals and notes.
LINES_AROUND_ROWS = 12


def speak_utf8() -> None:
    """Names in any alphabet reach any console and any redirected file."""
    for name in ("stdout", "stderr"):
        # Closed by whoever called us (`>&-`): what is written to it goes nowhere, and into no file that is opened in its place.
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.open(os.devnull, os.O_WRONLY), "w")))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def choose_colour(when: str) -> str:
    """Keep what --color says, for results and errors alike."""
    if when not in COLOURS:
        hint = phrase("Write one of: {choices}.", choices=", ".join(COLOURS))
        raise LoyaltyError("{option}: {value} is not understood here.", option="--color", value=when, hint=hint)
    colour[:] = [when]
    return when


def colour_wanted(stream: TextIO) -> bool:
    """Whether to colour: --color decides, then NO_COLOR forbids, FORCE_COLOR asks, else a terminal that can."""
    if colour != ["auto"]:
        return colour == ["always"]
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty() and understands_colour()


def understands_colour() -> bool:
    """Windows' old console has to be told to understand escape sequences; every other terminal does."""
    if sys.platform != "win32":
        return True
    import ctypes

    # ENABLE_VIRTUAL_TERMINAL_PROCESSING on the standard output and error handles.
    kernel = ctypes.windll.kernel32
    return all(kernel.SetConsoleMode(kernel.GetStdHandle(handle), 7) for handle in (-11, -12))


def screen_width(stream: TextIO) -> int | None:
    """The width of the terminal; None for a pipe or a file, where nothing is ever cropped."""
    if not stream.isatty():
        return None
    import shutil

    return max(40, shutil.get_terminal_size().columns)


def folded(text: str, stream: TextIO, indent: str = "") -> str:
    """A text with its lines broken between words on a terminal; elsewhere as it is."""
    width = screen_width(stream)
    if width is None:
        return indent + text
    import textwrap

    fold = textwrap.TextWrapper(width - 1, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(part for line in text.splitlines() for part in fold.wrap(line) or [""])


def put_below(hint: str) -> None:
    """Complain with a hint below; where it has a command to copy it stays one line."""
    complain(f"  {hint}" if "loyalty " in hint else folded(hint, sys.stderr, "  "))


def screenfuls(stream: TextIO) -> int | None:
    """How many lines are the first screenfuls of the terminal; None for a pipe or a file."""
    if not stream.isatty():
        return None
    import shutil

    return SCREENFULS * max(20, shutil.get_terminal_size().lines)


def put_on_screen(content: bytes) -> None:
    """Write to standard output; what is longer than the first screenfuls goes through the pager, if there is one."""
    lines = screenfuls(sys.stdout)
    if lines is None or content.count(b"\n") <= lines or not paged(content):
        put_out(content)


def paged(content: bytes) -> bool:
    """Show a long text in $PAGER or less; False where neither can."""
    import shlex
    import shutil
    import signal
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "less"))
    if os.environ.get("TERM") == "dumb" or not command or not shutil.which(command[0]):
        return False
    # An interrupt is for the pager: it ends its search, and not the command that is done already.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        settings = {"LESS": "FRX", "LESSCHARSET": "utf-8"} | dict(os.environ)
        return subprocess.run(command, input=content, env=settings, check=False).returncode == 0  # noqa: S603
    finally:
        signal.signal(signal.SIGINT, before)


def tidy() -> None:
    """Take away what stands on the screen only while work is going on."""
    while passing:
        passing.pop()()


def put_out(content: bytes) -> None:
    """Write to standard output; a reader who has gone (`| head`) has had enough and is no error."""
    tidy()
    try:
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(content.decode("utf-8"))
        else:
            sys.stdout.flush()
            binary.write(content)
        sys.stdout.flush()
    except OSError as error:
        if nobody_reads(error):
            hush()
            return
        error.filename = error.filename or "stdout"
        raise


def nobody_reads(error: OSError) -> bool:
    """Whether a write failed because its reader has gone; Windows says so in other words (bugs.python.org/issue35754)."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def hush() -> None:
    """Nobody reads: what Python still wants to flush at exit goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def complain(text: str) -> None:
    """Write a line to standard error; where that fails, too, the exit code has to say it."""
    tidy()
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201
