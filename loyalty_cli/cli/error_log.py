"""The log of our own mistakes: beside the database if possible, else in the temporary folder."""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli.all_commands import ALL_COMMANDS
from loyalty_cli.cli.language_spoken import at_hand

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "loyalty-error.log"
NOWHERE = "-"
OPTION = re.compile(r"--[a-z][a-z-]{1,20}(?==|$)|-[A-Za-z](?=$)")


def write_log(error: Exception) -> str:
    """Append the traceback to the log and say where that is."""
    import tempfile  # most commands end well, and need no more than its name

    text = entry(error)
    for folder in (shop_folder(), Path(tempfile.gettempdir())):
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
    """What the makers need: when, which versions, which command, where in the code. No values: they are people's."""
    versions = f"Python {platform.python_version()} on {platform.platform()}"
    command = " ".join(["loyalty", *words_of_ours(sys.argv[1:])])
    return f"--- {clock.now():%Y-%m-%dT%H:%M:%SZ} {versions}\n$ {command}\n{''.join(traces(error))}\n"


def words_of_ours(arguments: list[str]) -> Iterator[str]:
    """The command's own words and the names of its options; a dot for what somebody typed."""
    group = arguments[0] if arguments and arguments[0] in ALL_COMMANDS else ""
    for place, word in enumerate(arguments):
        option = OPTION.match(word)
        command = group and (place == 0 or (place == 1 and is_part_of(group, word)))
        yield option[0] if option else word if command else "."


def is_part_of(name: str, word: str) -> bool:
    """Whether a word is one of the commands of a group."""
    try:
        module = importlib.import_module(f"loyalty_cli.cli.{ALL_COMMANDS[name][1]}")
        return word in getattr(typer.main.get_command(module.app), "commands", {})
    except (AttributeError, ImportError):
        return False


def traces(error: BaseException | None) -> Iterator[str]:
    """The error, and the ones it came from, as kinds and places in the code; messages carry values and stay out."""
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__):
            place = "/".join(Path(frame.filename).parts[-3:])
            yield f"  {place}:{frame.lineno} {frame.name}: {frame.line or ''}\n"
        # SQLite's own names of its errors hold no values.
        yield f"{type(error).__name__} {getattr(error, 'sqlite_errorname', '')}".rstrip() + "\n"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def shop_folder() -> Path | None:
    """The folder of the database that the command was about, if there is one."""
    return next((shop.database.parent for shop in at_hand if shop.database.exists()), None)
