"""`loyalty restore`: bring a backup back, checked before anything is touched; what was there stays beside."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import by_the_clock
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.operations.shop.backup import copy_hashed
from loyalty_cli.operations.shop.backup import disk_troubles
from loyalty_cli.operations.shop.backup import kept_apart
from loyalty_cli.operations.shop.backup import MANIFEST
from loyalty_cli.operations.shop.backup import Manifest
from loyalty_cli.operations.shop.backup import manifest_from
from loyalty_cli.operations.shop.backup import OURS
from loyalty_cli.reading import archives
from loyalty_cli.store.copies import found_in
from loyalty_cli.store.copies import made_by_newer_release
from loyalty_cli.store.lock import lock
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop

# A database packs five to ten times, one with much free room a hundred times; a bomb a thousand times.
FREE = 64 << 20
TIMES = 200
MOST_OF_MANIFEST = 8 << 20
# Beside a database, so that nothing of the old one is ever applied to the new one.
COMPANIONS = ("-journal", "-wal", "-shm")


def restore(shop: Shop, file: Path, *, into: Path | None = None, yes: bool = False) -> Outcome:
    """Unpack a backup aside, check it, and put it in place; an existing shop only with `yes`."""
    folder = into or shop.folder
    with disk_troubles(folder):
        manifest = read_manifest(file)
        database = folder / manifest.database if into else shop.database
        refuse_existing(folder, database, yes=yes)
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / ".restored.part"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        try:
            unpack(file, manifest, aside)
            check_database(file, manifest, aside / manifest.database)
            with lock(database, since=shop.moment, wait=shop.wait, anew=True):
                kept = put_all_in_place(shop, manifest, aside, folder, database)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    with replace(shop, database=database).reading() as connection:
        timezone = kept_facts(connection).timezone
    return outcome(file, folder, manifest, kept, timezone=timezone)


def read_manifest(file: Path) -> Manifest:
    """The backup's list of its files; refused if it is not one of ours or names files outside the folder."""
    if file.is_dir():
        newest = max((each for each in file.glob("loyalty-*.zip") if OURS.fullmatch(each.name)), default=None)
        hint = phrase("The newest backup in it: {command}", command=f"loyalty restore {typed(newest)}") if newest else None
        raise LoyaltyError("{file} can not be read: {why}.", file=str(file), why=phrase("it is a folder"), hint=hint)
    if not file.is_file():
        raise LoyaltyError("There is no file {file}.", file=str(file), hint=phrase("Check the folder and the name."))
    try:
        with archives.opened(file) as packed:
            refuse_bomb(file, packed)
            manifest = manifest_from(packed.read(MANIFEST))
            names = [name for name in packed.namelist() if name != MANIFEST]
    except (*archives.DAMAGE, TypeError) as error:
        raise damaged(file, phrase("it is not a whole backup made by loyalty")) from error
    expected = [entry.name for entry in manifest.files]
    if sorted(names) != sorted(expected) or len(set(names)) != len(names) or manifest.database not in names:
        raise damaged(file, phrase("its files are not those of its manifest"))
    _, refused = kept_apart(names)
    if refused:
        raise damaged(file, phrase("not every system can take a file of the name {name}", name=refused[0]))
    return manifest


def refuse_bomb(file: Path, packed: zipfile.ZipFile) -> None:
    """Refuse an archive that says it holds far more than its size can; it never gives more of a file than it says."""
    whole = sum(entry.file_size for entry in packed.infolist())
    if whole > archives.budget(file, free=FREE, times=TIMES) or packed.getinfo(MANIFEST).file_size > MOST_OF_MANIFEST:
        raise StoreTrouble(
            ExitCode.DAMAGED,
            "{file} can not be restored: it would become {count} megabytes, far more than a backup of its size holds.",
            file=str(file),
            count=whole >> 20,
            hint=phrase("Nothing was changed. If it is yours all the same, unpack it by hand into an empty folder."),
        )


def damaged(file: Path, why: Phrase) -> StoreTrouble:
    """The refusal of a backup that can not be trusted."""
    return StoreTrouble(
        ExitCode.DAMAGED,
        "{file} can not be restored: {why}.",
        file=str(file),
        why=why,
        hint=phrase("Nothing was changed. Try an older backup."),
    )


def refuse_existing(folder: Path, database: Path, *, yes: bool) -> None:
    """A folder with a shop in it is only replaced when somebody says so."""
    there = [path for path in (database, folder / "program.yaml") if path.exists()]
    if there and not yes:
        raise Refused(
            "{file} is there already.",
            file=str(there[0]),
            hint=phrase("Restore into an empty folder with --into FOLDER, or say --yes: what is there is kept beside."),
        )


def unpack(file: Path, manifest: Manifest, aside: Path) -> None:
    """Unpack every file and compare it with the manifest."""
    with zipfile.ZipFile(file) as packed:
        for entry in manifest.files:
            place = aside / entry.name
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                with packed.open(entry.name) as inside, place.open("xb") as out:
                    found = copy_hashed(inside, out)
            except archives.DAMAGE as error:
                raise damaged(file, phrase("{name} can not be read", name=entry.name)) from error
            if found != (entry.size, entry.sha256):
                raise damaged(file, phrase("{name} is not what was saved", name=entry.name))
            place.chmod(0o600)


def check_database(file: Path, manifest: Manifest, database: Path) -> None:
    """The database must be whole and hold as many rows as when it was saved."""
    if made_by_newer_release(database):
        raise StoreTrouble(ExitCode.NEWER_VERSION, "{file} was made by a newer release of loyalty.", file=str(file))
    found = found_in(database)
    if found.faults or found.counts != manifest.counts or found.proof != manifest.proof:
        raise damaged(file, phrase("its database is not what was saved"))


def put_all_in_place(shop: Shop, manifest: Manifest, aside: Path, folder: Path, database: Path) -> list[str]:
    """Move every file to its place, the database last; the new names of what was there and differs."""
    if database.exists():
        # Windows moves no file that another program has open: that is seen here, before anything has its place.
        put_in_place(database, database)
    mark = free_mark(folder, f".before-{shop.now:%Y-%m-%d-%H%M%S}")
    kept = []
    for entry in manifest.files:
        place = folder / entry.name
        if entry.name == manifest.database or (place.is_file() and is_same(place, entry.sha256)):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        kept += put_beside(place, mark)
        put_in_place(aside / entry.name, place)
    kept += put_beside(database, mark)
    for ending in COMPANIONS:
        kept += put_beside(database.with_name(database.name + ending), mark, ending)
    put_in_place(aside / manifest.database, database)
    folder_to_disk(folder)
    return kept


def free_mark(folder: Path, mark: str) -> str:
    """The mark, made longer until no name has it: what was kept in the same second is never replaced."""
    while any(folder.rglob(f"*{mark}*")):
        mark += "x"
    return mark


def is_same(path: Path, sha256: str) -> bool:
    """Whether a file is what the backup has."""
    with path.open("rb") as file:
        return copy_hashed(file, None)[1] == sha256


def put_beside(path: Path, mark: str, ending: str = "") -> list[str]:
    """Give a file that is there another name; the journal's keeps belonging to its database's."""
    if not path.exists():
        return []
    beside = path.with_name(f"{path.name.removesuffix(ending)}{mark}{ending}")
    put_in_place(path, beside)
    return [str(beside)]


def outcome(file: Path, folder: Path, manifest: Manifest, kept: list[str], *, timezone: str) -> Outcome:
    """What was brought back, and what was kept."""
    said = [
        phrase(
            "{file} of {at} is restored into {folder}: {count} file.",
            "{file} of {at} is restored into {folder}: {count} files.",
            file=file.name,
            at=by_the_clock(manifest.made_at, timezone),
            folder=str(folder),
            count=len(manifest.files),
        )
    ]
    if kept:
        said.append(phrase("What was there before is kept as {names}.", names=", ".join(kept)))
    return Outcome(said=said, data={"folder": str(folder), "made_at": manifest.made_at, "kept": kept})
