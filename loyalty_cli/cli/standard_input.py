"""Files that come through a pipe: `-` stands for what is on standard input, kept in a file while the command runs."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

STANDARD_INPUT = "-"
# What the file is called in reports and where its rows are set aside.
NAME = "stdin.csv"


@contextlib.contextmanager
def files_given(files: Sequence[str]) -> Iterator[list[str]]:
    """The files that were named, with one in place of standard input."""
    if STANDARD_INPUT not in files:
        yield list(files)
        return
    with tempfile.TemporaryDirectory(prefix="loyalty-") as folder:
        kept = Path(folder) / NAME
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [str(kept) if file == STANDARD_INPUT else file for file in files]
