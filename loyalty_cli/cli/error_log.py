"""The log of our own mistakes: beside the database if possible, else in the temporary folder."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from loyalty_cli.cli import clock

NAME = "loyalty-error.log"
NOWHERE = "-"


def write_log(error: Exception) -> str:
    """Append the traceback to the log and say where that is."""
    text = entry(error)
    for folder in (shop_folder(sys.argv), Path(tempfile.gettempdir())):
        if folder is None:
            continue
        path = folder / NAME
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return str(path)
    sys.stderr.write(text)
    return NOWHERE


def entry(error: Exception) -> str:
    """What the makers need: when, which versions, which command, where in the code; no values."""
    trace = "".join(traceback.format_exception(error))
    versions = f"Python {platform.python_version()} on {platform.platform()}"
    return f"--- {clock.now():%Y-%m-%dT%H:%M:%SZ} {versions}\n$ {' '.join(sys.argv)}\n{trace}\n"


def shop_folder(arguments: list[str]) -> Path | None:
    """The folder of the database that the command was about, if there is one."""
    database = after("--db", arguments) or os.environ.get("LOYALTY_DB")
    program = after("--program", arguments) or os.environ.get("LOYALTY_PROGRAM") or "program.yaml"
    folder = Path(database).parent if database else Path(program).parent
    return folder if (folder / (Path(database).name if database else "loyalty.db")).exists() else None


def after(option: str, arguments: list[str]) -> str | None:
    """The value of an option in the command's own words."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == option:
            return following
        if word.startswith(option + "="):
            return word.partition("=")[2]
    return None
