"""Which files a command means, and whether one is still being written."""

from __future__ import annotations

import glob
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.forms.encodings import stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.program.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command says of its files; the program is that of its file, unless the caller has read it.

    `another_store` says that it is a store of its own, though its name is new or its receipts look like another one's.
    """

    layout: str | None = None
    store: str = ""
    another_store: bool = False
    program: Program | None = None


def files_meant(patterns: Sequence[str]) -> list[Path]:
    """The files of paths and patterns, each once; a Windows shell leaves `*.csv` as it is."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        path = Path(pattern)
        # Path.glob takes no pattern that begins at the root or at a drive.
        names = [path] if path.exists() else sorted(map(Path, glob.glob(pattern, recursive=True)))  # noqa: PTH207
        files = [name for name in names if name.is_file()]
        if path.is_dir():
            hint = phrase("Name the files in it: {files}", files=str(path / "*.csv"))
            raise LoyaltyError("{folder} is a folder.", folder=pattern, hint=hint)
        if not files:
            raise LoyaltyError("There is no file {file}.", file=pattern, hint=phrase("Check the folder and the name."))
        found.update(dict.fromkeys(files))
    return list(found)


@contextmanager
def found_again(paths: Collection[Path]) -> Iterator[None]:
    """A refusal whose hint is a command with the name of one of some files has it with its path: so it can be typed as it stands."""
    try:
        yield
    except ExportRefused as error:
        # Of two folders with a file of one name, the wrong one would be worse than none.
        times = Counter(path.name for path in paths)
        named = {typed(path.name): typed(path) for path in paths if times[path.name] == 1}
        if error.hint is not None and error.hint.values.get("file") in named:
            error.hint = replace(error.hint, values={**error.hint.values, "file": named[str(error.hint.values["file"])]})
        raise


def refuse_if_growing(path: Path, stamp: tuple[int, int]) -> None:
    """Stop if a file changed while it was being read."""
    if stamp_of(path) != stamp:
        raise growing(path)


def growing(path: Path) -> ExportRefused:
    """The refusal of a file that is not finished."""
    return ExportRefused(
        "{file} is still being written, or was cut off.",
        exit_code=ExitCode.STILL_GROWING,
        hint=phrase("Wait until the till has finished its export, then run the same command again."),
        file=path.name,
    )
