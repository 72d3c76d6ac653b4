"""Where the files of an export go: aside first, in place once the database has them, the flag last."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import put_in_place
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.exporters.target import Target
    from loyalty_cli.exporters.writing import Part
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.tills.exports import Export

OWN_FOLDER = "till-export"


def paths_of(shop: Shop, target: Target, to: str, run: int) -> list[Path]:
    """Where the file goes, from the shop's folder."""
    name = (to or target.file_name).replace("{run}", f"{run:04}")
    path = shop.folder / name
    if path.parent != shop.folder / OWN_FOLDER and not path.parent.is_dir():
        raise ExportRefused("There is no folder {folder}.", folder=str(path.parent), hint=phrase("Make it first."))
    return [path]


def numbered(files: Sequence[Path], count: int) -> list[Path]:
    """A name for each part; the second is NAME.2.csv."""
    first = files[0]
    return [first, *(first.with_name(f"{first.stem}.{part}{first.suffix}") for part in range(2, count + 1))]


def flag_of(target: Target, file: Path) -> Path:
    """The empty file that starts the load."""
    return file.with_name(target.flag.replace("{name}", file.stem))


def refuse_unread(target: Target, files: Sequence[Path], *, again: bool, whole: bool) -> None:
    """A file that the till has not loaded yet is not overwritten, as what it says would be lost."""
    file = files[0]
    waiting = flag_of(target, file) if target.flag else file
    if waiting.exists() and not (again or (whole and not target.flag and not target.adds)):
        raise ExportRefused(
            "{file} is still there: the till has not loaded the last export.",
            file=str(waiting),
            hint=phrase("Load it, then remove the file; or write the last one again with --again."),
        )


def aside(file: Path, run: int) -> Path:
    """Where a file waits until the database has committed."""
    return file.with_name(f".{file.name}.{run}.new")


def write_aside(files: Sequence[Path], parts: Sequence[Part], run: int) -> None:
    """Write the parts beside their places."""
    if files[0].parent.name == OWN_FOLDER:
        files[0].parent.mkdir(exist_ok=True)
    for file, part in zip(files, parts, strict=True):
        write_file(aside(file, run), part.content)


def put_all(target: Target, files: Sequence[Path], run: int) -> None:
    """Put the files in place, the flag last."""
    for file in files:
        put_in_place(aside(file, run), file)
    folder_to_disk(files[0].parent)
    if target.flag:
        write_file(flag_of(target, files[0]), b"")


def finish_left(shop: Shop, target: Target, exports: Sequence[Export]) -> bool:
    """Put in place what a command left aside that was killed after it had committed."""
    files = [shop.folder / name for name in exports[-1].files] if exports else []
    left = [file for file in files if aside(file, exports[-1].id).exists()]
    for file in left:
        put_in_place(aside(file, exports[-1].id), file)
    if left and target.flag:
        write_file(flag_of(target, files[0]), b"")
    with contextlib.suppress(OSError):
        for file in files:
            for path in file.parent.glob(f".{file.name}.*.new"):
                path.unlink()
    return bool(left)
