"""Whether a shop's folder is a safe place: no file-sync service, no network drive, room for a night, no strangers' eyes."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path
from pathlib import PurePath
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase

# How the services name their folders; each may go on, as `OneDrive - Fabric Corner` does.
SYNC_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "yandex.disk": "Yandex Disk",
    "yandexdisk": "Yandex Disk",
    "pcloud": "pCloud",
    "syncthing": "Syncthing",
}
# Files and folders that the services leave in the top folder they look after.
MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}
NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "fuse.davfs2"})
MOUNTS = Path("/proc/mounts")
# GetDriveTypeW answers 4 for a drive of another machine.
DRIVE_REMOTE = 4
# So many times the database: its copy, the packed backup, and what a large import writes beside it.
A_NIGHT_NEEDS = 3
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def folder_warnings(folder: Path, database: Path) -> Iterator[Phrase]:
    """What may harm the database where it lies."""
    place = database.parent.resolve()
    service = sync_service(place) or marked_by(place)
    if service:
        yield phrase(
            "{folder} is looked after by {service}, which can tear the database. "
            "Keep the shop in a plain folder, and let the service have the backups.",
            folder=str(place),
            service=service,
        )
    if is_on_network(place):
        yield phrase(
            "{folder} is on another machine's drive, where locks can not be relied on. Keep the database on this machine.",
            folder=str(place),
        )
    yield from room_warnings(database)
    yield from rights_warnings(folder, database)


def room_warnings(database: Path) -> Iterator[Phrase]:
    """A disk on which the next night may not find room; a drive that does not tell its size has none to warn of."""
    try:
        total, _, free = shutil.disk_usage(database.parent)
    except OSError:
        return
    needed = A_NIGHT_NEEDS * database.stat().st_size
    if total and free < needed:
        text = "Free on the disk of {folder}: {free} MB; a night with its backup may need {needed} MB. Free some space."
        yield phrase(text, folder=str(database.parent), free=free >> 20, needed=(needed >> 20) + 1)


def sync_service(folder: PurePath) -> str:
    """The service whose folder is on the path; '' if there is none."""
    for part in folder.parts:
        for name, service in SYNC_FOLDERS.items():
            if part.casefold() == name or part.casefold().startswith((f"{name} ", f"{name}-", f"{name}drive", f"{name}(")):
                return service
    return ""


def marked_by(folder: Path) -> str:
    """The service that left its mark in the folder or above it; '' if none did."""
    for place in (folder, *folder.parents):
        for mark, service in MARKS.items():
            if (place / mark).exists():
                return service
    return ""


def is_on_network(folder: Path) -> bool:
    """Whether a folder lies on a drive of another machine."""
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == DRIVE_REMOTE)
    mounts = MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""
    return kind_of_mount(folder, mounts) in NETWORK_KINDS


def kind_of_mount(folder: PurePath, mounts: str) -> str:
    """The kind of file system a folder is on, by /proc/mounts: that of the longest mount point that fits."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        # The kernel writes blanks in a name as \040.
        point = PurePath(words[1].replace("\\040", " ").replace("\\011", "\t"))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), words[2]
    return kind


def rights_warnings(folder: Path, database: Path) -> Iterator[Phrase]:
    """Files with members' data that others on this machine may read."""
    if sys.platform == "win32":
        yield from windows_warnings(database.parent.absolute(), Path.home())
        return
    set_aside = sorted((database.parent / "set-aside").glob("*.csv"))
    for path in (database, *sorted((folder / "backups").glob("loyalty-*.zip"))[-1:], *set_aside[-1:]):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield phrase("Others on this machine may read {file}. Close it to them: chmod 600 {file}", file=str(path))


def windows_warnings(folder: PurePath, home: PurePath) -> Iterator[Phrase]:
    """Windows keeps rights by lists that a folder inherits: only those of a person's own folder are closed to others."""
    if not folder.is_relative_to(home):
        yield phrase(
            "{folder} lies outside of {home}; on Windows every user of this machine can usually read it. Move the shop "
            "there, or take the others' rights away: Properties, Security.",
            folder=str(folder),
            home=str(home),
        )
