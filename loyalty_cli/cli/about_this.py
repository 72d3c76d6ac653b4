"""What a report of a mistake needs to know of this computer and this shop; nothing of people."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path

from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.cli.options import above
from loyalty_cli.cli.options import this_folder
from loyalty_cli.store.health import sqlite_release

LIBRARIES = ("typer", "rich", "pydantic", "pyyaml", "babel", "sqlite-utils", "xlsxwriter", "jinja2")

LANGUAGE = ("LOYALTY_LANG", "LC_ALL", "LANG")


def version(name: str = "loyalty-cli") -> str:
    """The version of an installed package."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(run from its source, not installed)" if name == "loyalty-cli" else "not installed"


def about_this() -> str:
    """A block of lines to put into a report: versions, the system, the streams, the shop's files."""
    program = above(this_folder())
    database = program.parent / "loyalty.db"
    lines = {
        "loyalty": version(),
        "Python": f"{platform.python_version()} ({sys.executable})",
        "SQLite": sqlite_release(),
        "system": platform.platform(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "language": ", ".join([spoken_here(), *(f"{name}={os.environ[name]}" for name in LANGUAGE if name in os.environ)]),
        "output": f"{sys.stdout.encoding}, {shutil.get_terminal_size().columns} columns" if sys.stdout.isatty() else "a pipe or a file",
        "program": size_of(program),
        "database": size_of(database),
    }
    return "\n".join(f"{name + ':':<11}{value}" for name, value in lines.items())


def size_of(path: Path) -> str:
    """A file and how large it is."""
    return f"{path}, {path.stat().st_size} bytes" if path.is_file() else f"{path} is not there"
