"""`loyalty backup`: a verified copy of the whole folder in one file."""

from __future__ import annotations

import contextlib
import os
import zipfile
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.local_day import local_now
from loyalty_cli.operations.shop import backup_files
from loyalty_cli.operations.shop.backup_files import FileInBackup
from loyalty_cli.operations.shop.backup_files import MANIFEST
from loyalty_cli.operations.shop.backup_files import Manifest
from loyalty_cli.store.copies import copy_database
from loyalty_cli.store.copies import faults_and_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

KEEP = 30
# Fast rather than small: a night has more disk than time.
LEVEL = 2
A_DAY = 86_400


def backup(shop: Shop, folder: Path | None = None, *, keep: int = KEEP) -> Outcome:
    """Copy the shop's folder into a zip file that was opened again and compared; old ones of ours go."""
    target = folder or shop.folder / backup_files.BACKUPS
    with disk_troubles(target):
        target.mkdir(parents=True, exist_ok=True)
        remove_leavings(shop, target)
        with contextlib.ExitStack() as leavings:
            copy = leavings.enter_context(own_file(target / f".loyalty-{os.getpid()}.db.part"))
            whole = leavings.enter_context(own_file(target / f".loyalty-{os.getpid()}.zip.part"))
            name, counts = copied_database(shop, copy)
            manifest = write_zip(shop, target, copy, whole, counts)
            verify(whole, manifest)
            whole.replace(target / name)
            backup_files.folder_to_disk(target)
        gone = backup_files.too_old((path.name for path in target.iterdir() if path.is_file()), keep)
        for old in gone:
            (target / old).unlink(missing_ok=True)
        size = (target / name).stat().st_size
    said = phrase(
        "Backup {file}: {count} file, checked.",
        "Backup {file}: {count} files, checked.",
        file=str(target / name),
        count=len(manifest.files),
    )
    data: dict[str, object] = {"file": str(target / name), "size": size, "files": len(manifest.files)}
    return Outcome(said=[said], data={**data, "counts": counts, "removed": gone})


@contextlib.contextmanager
def disk_troubles(folder: Path) -> Iterator[None]:
    """A full or missing disk in words and with its exit code."""
    try:
        yield
    except OSError as error:
        code = ExitCode.READ_ONLY if isinstance(error, PermissionError) else ExitCode.NO_SPACE
        raise StoreTrouble(
            code,
            "{file} could not be read or written: {why}.",
            file=error.filename or str(folder),
            why=error.strerror or str(error),
            hint=phrase("Free some space, check the rights, or name another folder."),
        ) from error


def remove_leavings(shop: Shop, target: Path) -> None:
    """What a killed backup left; one that is being made now is younger than a day."""
    for path in target.glob(".loyalty-*.part"):
        if shop.now.timestamp() - path.stat().st_mtime > A_DAY:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def own_file(path: Path) -> Iterator[Path]:
    """An empty file that only its owner may read, gone at the end if it still has this name."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def copied_database(shop: Shop, copy: Path) -> tuple[str, dict[str, int]]:
    """Copy the database and check the copy; the backup's name by the shop's clock, and the copy's counts."""
    with shop.reading() as connection:
        copy_database(connection, copy)
        moment = local_now(shop, connection)
    faults, counts = faults_and_counts(copy)
    if faults:
        raise StoreTrouble(
            ExitCode.DAMAGED,
            "{file} is damaged: {fault}",
            file=str(shop.database),
            fault=faults[0],
            hint=phrase("No backup was made or removed. Bring back the last one: loyalty restore BACKUP"),
        )
    return f"loyalty-{moment:%Y-%m-%d-%H%M%S}.zip", counts


def write_zip(shop: Shop, target: Path, copy: Path, whole: Path, counts: dict[str, int]) -> Manifest:
    """Pack the copy and the other files, and say in the manifest what is inside."""
    base = backup_files.name_in_backup(shop.database, shop.folder)
    sources = [(base, copy)]
    sources += [
        (backup_files.name_in_backup(path, shop.folder), path)
        for path in backup_files.files_of(shop.folder, shop.database, target)
    ]
    with whole.open("r+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
            files = tuple(pack(packed, name, path) for name, path in sources)
            manifest = Manifest(made_at=shop.moment, database=base, counts=counts, files=files)
            packed.writestr(MANIFEST, manifest.as_json())
        file.flush()
        os.fsync(file.fileno())
    return manifest


def pack(packed: zipfile.ZipFile, name: str, path: Path) -> FileInBackup:
    """Put one file in; what was read is what is counted and hashed."""
    with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as inside:
        size, sha256 = backup_files.copy_hashed(source, inside)
    return FileInBackup(name=name, size=size, sha256=sha256)


def verify(whole: Path, manifest: Manifest) -> None:
    """Open the zip again and compare every file with what was read."""
    with zipfile.ZipFile(whole) as packed:
        for entry in manifest.files:
            with packed.open(entry.name) as inside:
                if backup_files.copy_hashed(inside, None) != (entry.size, entry.sha256):
                    raise StoreTrouble(ExitCode.NO_SPACE, "{file} did not reach the disk as it was.", file=entry.name)
