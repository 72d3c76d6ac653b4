"""What we write to: UTF-8 whatever the console, colour where wanted, quiet when nobody reads any more."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO


def speak_utf8() -> None:
    """Names in any alphabet reach any console and any redirected file."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def colour_wanted(stream: TextIO) -> bool:
    """Whether to colour: NO_COLOR forbids, FORCE_COLOR asks, else a terminal that can."""
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


def put_out(content: bytes) -> None:
    """Write to standard output; a reader who has gone (`| head`) has had enough and is no error."""
    try:
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(content.decode("utf-8"))
        else:
            sys.stdout.flush()
            binary.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def hush() -> None:
    """Nobody reads: what Python still wants to flush at exit goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def complain(text: str) -> None:
    """Write a line to standard error; where that fails, too, the exit code has to say it."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201
