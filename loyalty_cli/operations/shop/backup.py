"""`loyalty backup`: a verified copy of the whole folder in one file; which files it takes, and which old backups go."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import unicodedata
import zipfile
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from typing import NoReturn
from typing import TYPE_CHECKING

from loyalty_cli.model.device_names import is_device
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import code_of_trouble
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.local_day import local_now
from loyalty_cli.store.chain import control_book
from loyalty_cli.store.copies import BACKUPS
from loyalty_cli.store.copies import copy_database
from loyalty_cli.store.copies import found_in
from loyalty_cli.store.database import connect
from loyalty_cli.store.written_file import clear_parts
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import own_file
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.copies import Found

KEEP = 30
# Fast rather than small: a night has more disk than time.
LEVEL = 2

MANIFEST = "manifest.json"
FORM = 1
# A backup of another year was made by no computer of a shop.
YEARS = range(2000, 2200)
OURS = re.compile(r"loyalty-(\d{4}-\d{2}-\d{2})-\d{6}\.zip")
CHUNK = 1 << 20
LONGEST_NAME = 1000
LONGEST_PART = 255
# Traces of commands at work, what a restore put beside, of programs that have a file open, hidden things.
LEFT_OUT = re.compile(r".*(\.lock|-journal|-wal|-shm|\.part|\.tmp)|.*\.before-\d{4}-\d\d-\d\d-\d{6}.*|\..*|~\$.*", re.IGNORECASE)


def backup(shop: Shop, folder: Path | None = None, *, keep: int = KEEP) -> Outcome:
    """Copy the shop's folder into a zip file that was opened again and compared; old ones of ours go."""
    target = folder or shop.folder / BACKUPS
    with disk_troubles(target):
        target.mkdir(parents=True, exist_ok=True)
        clear_parts(target, ".loyalty-*.part")
        with contextlib.ExitStack() as leavings:
            copy = leavings.enter_context(own_file(target / f".loyalty-{os.getpid()}.db.part"))
            whole = leavings.enter_context(own_file(target / f".loyalty-{os.getpid()}.zip.part"))
            name, found = copied_database(shop, copy)
            manifest, left_out = write_zip(shop, target, copy, whole, found)
            verify(whole, manifest)
            put_in_place(whole, target / name)
            folder_to_disk(target)
        gone = too_old((path.name for path in target.iterdir() if path.is_file()), keep)
        for old in gone:
            (target / old).unlink(missing_ok=True)
        size = (target / name).stat().st_size
    said = [
        phrase(
            "Backup {file}: {count} file, checked.",
            "Backup {file}: {count} files, checked.",
            file=str(target / name),
            count=len(manifest.files),
        )
    ]
    if found.proof:
        said.append(phrase("Proof of everything until now: {proof}", proof=found.proof))
    data: dict[str, object] = {"file": str(target / name), "size": size, "files": len(manifest.files)}
    text = "{name} is not in the backup: not every system can take a file of this name. Give it another one."
    return Outcome(
        said=said,
        warnings=[phrase(text, name=name) for name in left_out],
        data={**data, "counts": found.counts, "proof": found.proof, "removed": gone, "left_out": left_out},
    )


@contextlib.contextmanager
def disk_troubles(folder: Path) -> Iterator[None]:
    """A full or missing disk in words and with its exit code."""
    try:
        yield
    except OSError as error:
        code = ExitCode.NO_SPACE if isinstance(error, FileNotFoundError) else code_of_trouble(error)
        raise StoreTrouble(
            code,
            "{file} could not be read or written: {why}.",
            file=error.filename or str(folder),
            why=why_not(error),
            hint=phrase("Free some space, check the rights, or name another folder."),
        ) from error


def copied_database(shop: Shop, copy: Path) -> tuple[str, Found]:
    """Copy the database and check the copy; the backup's name by the shop's clock, and what the copy holds."""
    with shop.reading() as connection:
        copy_database(connection, copy)
        moment = local_now(shop, connection)
    found = found_in(copy)
    if found.faults:
        raise StoreTrouble(
            ExitCode.DAMAGED,
            "{file} is damaged: {fault}",
            file=str(shop.database),
            fault=found.faults[0],
            hint=phrase("No backup was made or removed. Bring back the last one: loyalty restore BACKUP"),
        )
    return f"loyalty-{moment:%Y-%m-%d-%H%M%S}.zip", found


def write_zip(shop: Shop, target: Path, copy: Path, whole: Path, found: Found) -> tuple[Manifest, list[str]]:
    """Pack the copy and the other files, and say in the manifest what is inside; and the names that were left out."""
    base = name_in_backup(shop.database, shop.folder)
    there = {name_in_backup(path, shop.folder): path for path in files_of(shop.folder, shop.database, target)}
    program = [shop.program.name] if shop.program.name in there else []
    kept, left_out = kept_apart(dict.fromkeys([base, *program, *there]))
    if base in left_out:
        raise Refused("Not every system can take a database of the name {file}.", file=base, hint=phrase("Give it one such as loyalty.db."))
    if not parts_of(copy) <= set(kept):
        # Of a chain, a command that came between has taken files away which the copy still names.
        hint = phrase("No backup was made or removed. Say the same again.")
        raise Refused("{file} was changed while it was copied.", file=base, hint=hint)
    sources = [(name, copy if name == base else there[name]) for name in kept]
    with disk_troubles(whole), whole.open("r+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
            files = tuple(pack(packed, name, path) for name, path in sources)
            manifest = Manifest(made_at=shop.moment, database=base, counts=found.counts, files=files, proof=found.proof)
            packed.writestr(MANIFEST, manifest.as_json())
        file.flush()
        os.fsync(file.fileno())
    return manifest, left_out


def pack(packed: zipfile.ZipFile, name: str, path: Path) -> FileInBackup:
    """Put one file in; what was read is what is counted and hashed."""
    with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as inside:
        size, sha256 = copy_hashed(source, inside)
    return FileInBackup(name=name, size=size, sha256=sha256)


def verify(whole: Path, manifest: Manifest) -> None:
    """Open the zip again and compare every file with what was read."""
    with zipfile.ZipFile(whole) as packed:
        for entry in manifest.files:
            with packed.open(entry.name) as inside:
                if copy_hashed(inside, None) != (entry.size, entry.sha256):
                    raise StoreTrouble(ExitCode.NO_SPACE, "{file} did not reach the disk as it was.", file=entry.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInBackup:
    """One file of a backup: its path from the shop's folder with /, its size and fingerprint."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: when it was made, which of its files is the database, its rows and their proof."""

    made_at: str
    database: str
    counts: dict[str, int]
    files: tuple[FileInBackup, ...]
    proof: str = ""

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
    manifest = Manifest(files=files, **content)
    texts = (manifest.made_at, manifest.database, *(entry.name for entry in files))
    if not all(isinstance(text, str) for text in texts) or datetime.fromisoformat(manifest.made_at).year not in YEARS:
        raise ValueError("no manifest of a backup")
    return manifest


def parts_of(copy: Path) -> set[str]:
    """The files in which a part of a chain's books lies, by their names in a backup; a shop has none."""
    with contextlib.closing(connect(copy, read_only=True)) as connection:
        place = control_book.place_of(connection)
        return {f"{place.tables}/{name}" for name in control_book.names_held(connection)} if place else set()


def files_of(folder: Path, database: Path, target: Path) -> Iterator[Path]:
    """Every file of the folder but the database, backups, and what commands leave behind while they work."""
    left_out = {database.resolve(), *(path.resolve() for path in (target, folder / BACKUPS))}
    for here, folders, names in os.walk(folder, onerror=give_up):
        place = Path(here)
        folders[:] = sorted(name for name in folders if not LEFT_OUT.fullmatch(name) and (place / name).resolve() not in left_out)
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
    """Whether a name in a backup means one usual file inside the folder it is unpacked into, on every system.

    Hidden files (`.bashrc`), journals and other traces of commands at work, devices of Windows (`CON`, `aux.csv`) and
    names that Windows cuts short (`a.`) are none.
    """
    plain = name.isprintable() and not set("\\:") & set(name) and len(name) <= LONGEST_NAME
    return plain and all(is_safe_part(part) for part in name.split("/"))


def is_safe_part(part: str) -> bool:
    """Whether a name of a file or folder alone is one on every system."""
    usual = part and len(part.encode()) <= LONGEST_PART and part[-1] not in ". "
    return bool(usual) and not is_device(part) and not LEFT_OUT.fullmatch(part)


def kept_apart(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The names that every system takes, each another one where case is not told apart; and those to be refused.

    A name can not be a file's and a folder's.
    """
    kept: dict[str, str] = {}
    folders: set[str] = set()
    refused = []
    for name in names:
        alike = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        above = {alike[:at] for at, sign in enumerate(alike) if sign == "/"}
        if not is_safe(name) or alike in kept or alike in folders or above & kept.keys():
            refused.append(name)
        else:
            kept[alike] = name
            folders |= above
    return list(kept.values()), refused


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
