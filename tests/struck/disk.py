"""What a disk may hold after the power was lost: everything that was synced, and any part of what was only written.

A command's calls are recorded with their bytes. An image is what is left at one of them: of each file the writes since
its last sync survive in any subset and may be torn between sectors; names survive in the order in which they were
made, changed and removed, as file systems with a journal keep them, up to any place behind the last sync of a folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from tests.struck.calls import Call

SECTOR = 512


class Event(NamedTuple):
    """One change of the disk: what happens to which file (by number), with its place and bytes, or to which names."""

    what: str
    file: int = 0
    place: int = 0
    content: bytes = b""
    names: tuple[str, ...] = ()


class Recorder:
    """Watches a command's calls in a folder and notes what they do to its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {self.inside(str(path)): number for number, path in enumerate(files_in(folder))}
        self.first = dict(self.names)
        self.numbers = len(self.names)
        self.events: list[Event] = []

    def inside(self, path: str) -> str:
        """A path as seen from the folder; '' for one outside."""
        return os.path.relpath(path, self.folder) if path.startswith(f"{self.folder}/") else ""

    def __call__(self, call: Call) -> None:
        """Note one call; it is about to happen."""
        match call.name:
            case "write" | "pwrite64":
                file = self.names.get(self.inside(call.path_of(0)))
                if file is not None:
                    self.events.append(Event("write", file, call.position(), call.content()))
            case "fsync" | "fdatasync":
                path = call.path_of(0)
                if Path(path).is_dir():
                    self.events.append(Event("sync folder"))
                elif self.inside(path) in self.names:
                    self.events.append(Event("sync", self.names[self.inside(path)]))
            case "ftruncate":
                file = self.names.get(self.inside(call.path_of(0)))
                if file is not None:
                    self.events.append(Event("cut", file, call.arguments[1]))
            case _:
                self.name_changes(call)

    def name_changes(self, call: Call) -> None:
        """Note what a call does to names."""
        at = [self.inside(str(Path(f"/proc/{call.process}/cwd").readlink() / call.text(place))) for place in places_of(call)]
        if not all(at):
            return
        match call.name:
            case "openat":
                if at[0] in self.names:
                    if call.arguments[2] & os.O_TRUNC:
                        self.events.append(Event("cut", self.names[at[0]], 0))
                else:
                    self.names[at[0]] = self.numbers
                    self.events.append(Event("name", self.numbers, names=(at[0],)))
                    self.numbers += 1
            case "unlink" if at[0] in self.names:
                del self.names[at[0]]
                self.events.append(Event("remove", names=(at[0],)))
            case "rename" if at[0] in self.names:
                self.names[at[1]] = self.names.pop(at[0])
                self.events.append(Event("rename", names=(at[0], at[1])))
            case "unlink" | "rename" | "mkdir" | "rmdir":
                pass  # a folder, or a file that is not there: an image has the folders that its files need
            case _:
                raise NotImplementedError(call.name)


def places_of(call: Call) -> tuple[int, ...]:
    """Which arguments of a call are paths."""
    return {"openat": (1,), "rename": (0, 1)}.get(call.name, (0,))


def files_in(folder: Path) -> list[Path]:
    """All files of a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@dataclass(slots=True)
class Disk:
    """The files by number, the names, and what has not been synced yet."""

    files: dict[int, bytes]
    names: dict[str, int]
    pending: dict[int, list[Event]] = field(default_factory=dict)
    pending_names: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Let an event happen."""
        match event.what:
            case "write" | "cut":
                self.pending.setdefault(event.file, []).append(event)
            case "sync":
                for each in self.pending.pop(event.file, []):
                    self.change(each, each.content)
                # A file that is synced has its name, and so has all that was named before.
                own = [number for number, each in enumerate(self.pending_names) if each.file == event.file]
                self.settle_names(own[-1] + 1 if own else 0)
            case "sync folder":
                self.settle_names(len(self.pending_names))
            case _:
                self.pending_names.append(event)

    def change(self, event: Event, content: bytes) -> None:
        """Write some bytes of an event to its file, or cut the file."""
        old = self.files.get(event.file, b"")
        if event.what == "cut":
            self.files[event.file] = old[: event.place].ljust(event.place, b"\0")
        else:
            old = old.ljust(event.place, b"\0")
            self.files[event.file] = old[: event.place] + content + old[event.place + len(content) :]

    def settle_names(self, count: int) -> None:
        """Let the first changes of names be on the disk."""
        for event in self.pending_names[:count]:
            match event.what:
                case "name":
                    self.names[event.names[0]] = event.file
                    self.files.setdefault(event.file, b"")
                case "remove":
                    self.names.pop(event.names[0], None)
                case "rename":
                    self.names[event.names[1]] = self.names.pop(event.names[0])
        del self.pending_names[:count]

    def lose_power(self, chance: random.Random) -> None:
        """Any subset of the pending writes survives, some of them torn; of the names, the first so many."""
        share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for events in self.pending.values():
            for event in events:
                if chance.random() < share:
                    torn = len(event.content) > SECTOR and chance.random() < 0.1
                    sectors = chance.randrange(1, len(event.content) // SECTOR + 1) if torn else 0
                    self.change(event, event.content[: sectors * SECTOR] if torn else event.content)
        self.settle_names(chance.randint(0, len(self.pending_names)))

    def put_into(self, folder: Path) -> None:
        """The image as files."""
        for name, number in self.names.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.files.get(number, b""))
            path.chmod(0o600)


def image_after(recorder: Recorder, start: Path, count: int, chance: random.Random, folder: Path) -> None:
    """An image of the disk when the power is lost after some events; `start` is the folder as it was before."""
    files = {number: (start / name).read_bytes() for name, number in recorder.first.items()}
    disk = Disk(files, dict(recorder.first))
    for event in recorder.events[:count]:
        disk.take(event)
    disk.lose_power(chance)
    disk.put_into(folder)
