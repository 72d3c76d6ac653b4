"""Which files of a shop's folder a backup takes, what it says of them, and which old backups go."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from pathlib import PurePosixPath
from pathlib import PureWindowsPath
from typing import IO
from typing import NoReturn
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

MANIFEST = "manifest.json"
FORM = 1
BACKUPS = "backups"
OURS = re.compile(r"loyalty-(\d{4}-\d{2}-\d{2})-\d{6}\.zip")
CHUNK = 1 << 20
# Traces of commands at work, what a restore put beside, of programs that have a file open, hidden things.
LEFT_OUT = re.compile(
    r".*(\.lock|-journal|-wal|-shm|\.part|\.tmp)|.*\.before-\d{4}-\d\d-\d\d-\d{6}.*|\..*|~\$.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInBackup:
    """One file of a backup: its path from the shop's folder with /, its size and fingerprint."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: when it was made, which of its files is the database, how many rows that has."""

    made_at: str
    database: str
    counts: dict[str, int]
    files: tuple[FileInBackup, ...]

    def as_json(self) -> bytes:
        """The manifest as it lies in the backup."""
        text = json.dumps({"loyalty_backup": FORM, **asdict(self)}, ensure_ascii=False, indent=1)
        return text.encode()


def manifest_from(text: bytes) -> Manifest:
    """The manifest of a backup; ValueError or TypeError if it is none of ours."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.pop("loyalty_backup", None) != FORM:
        raise ValueError("no manifest of a backup")
    files = tuple(FileInBackup(**entry) for entry in content.pop("files"))
    return Manifest(files=files, **content)


def files_of(folder: Path, database: Path, target: Path) -> Iterator[Path]:
    """Every file of the folder but the database, backups, and what commands leave behind while they work."""
    left_out = {database.resolve(), *(path.resolve() for path in (target, folder / BACKUPS))}
    for here, folders, names in os.walk(folder, onerror=give_up):
        place = Path(here)
        folders[:] = sorted(
            name for name in folders if not LEFT_OUT.fullmatch(name) and (place / name).resolve() not in left_out
        )
        for name in sorted(names):
            path = place / name
            usual = path.is_file() and not path.is_symlink() and path.resolve() not in left_out
            if usual and not LEFT_OUT.fullmatch(name) and not OURS.fullmatch(name):
                yield path


def give_up(error: OSError) -> NoReturn:
    """A backup that silently leaves a folder out is none."""
    raise error


def name_in_backup(path: Path, folder: Path) -> str:
    """A file's path from the folder, with / on every system; the bare name if it lies elsewhere."""
    inside = path.resolve().is_relative_to(folder.resolve())
    return path.resolve().relative_to(folder.resolve()).as_posix() if inside else path.name


def is_safe(name: str) -> bool:
    """Whether a name in a backup stays inside the folder it is unpacked into, on every system."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    relative = not (posix.is_absolute() or windows.drive or windows.root)
    plain = relative and not set("\\:") & set(name) and name.isprintable()
    return plain and bool(posix.parts) and ".." not in posix.parts


def copy_hashed(source: IO[bytes], target: IO[bytes] | None) -> tuple[int, str]:
    """Copy a file in pieces (or only read it); its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        size += len(piece)
        if target is not None:
            target.write(piece)
    return size, digest.hexdigest()


def too_old(names: Iterable[str], keep: int) -> list[str]:
    """The backups made by us of all days but the last `keep` that have one."""
    days: dict[str, list[str]] = {}
    for name in names:
        if match := OURS.fullmatch(name):
            days.setdefault(match[1], []).append(name)
    return [name for day in sorted(days)[: max(0, len(days) - keep)] for name in sorted(days[day])]


def folder_to_disk(folder: Path) -> None:
    """Make sure that a new name in a folder is on the disk; Windows has no call for it and needs none."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
