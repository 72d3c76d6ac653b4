"""Whether a command that was struck at one of its calls has left what it may leave."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from tests.struck.calls import KILLED
from tests.struck.calls import NEEDS_ROOM
from tests.struck.commands import loyalty
from tests.struck.disk import image_after
from tests.struck.disk import Recorder
from tests.struck.shops import prepared

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from pathlib import Path

    from tests.struck.calls import Call
    from tests.struck.calls import Ran
    from tests.struck.case import Case

LEFT = re.compile(r".*\.part|.*-journal|.*\.new|\.working|\.demo-begun|loyalty-error\.log")
NUMBER_OF_PROCESS = re.compile(rb'(?<="pid": )\d+')
OF_PROCESS = re.compile(r"\.\d+\.part$")
# What differs from one run to the next by nature: the numbers of nights.
MOMENTS = {"night"}
WELL = {0, 100}
TOLD = {ExitCode.NO_SPACE, ExitCode.READ_ONLY}
# The ways to strike: killed before the call; the call fails for want of room, or by the disk; no room from then on.
WAYS = ("killed", "no room", "disk fails", "full")


@dataclass(slots=True)
class Struck:
    """How many moments of a command were struck in each way, and what was wrong."""

    moments: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


Content = dict[str, object]


def striking(way: str, number: int) -> Callable[[Call], int | None]:
    """The judge that strikes at one call, or from one call on."""

    def judge(call: Call) -> int | None:
        if way == "full":
            needs_room = call.name in NEEDS_ROOM and call.path_of(0) != os.devnull
            return errno.ENOSPC if call.number >= number and needs_room else None
        if call.number != number:
            return None
        return {"killed": KILLED, "no room": errno.ENOSPC, "disk fails": errno.EIO}[way]

    return judge


def may_strike(way: str, name: str) -> bool:
    """Whether a call can end so: only some calls need room."""
    return way in {"killed", "disk fails"} or name in NEEDS_ROOM or (way == "no room" and name in {"fsync", "rename"})


class Trial:
    """A command in its prepared shop, with the contents before and after it."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case = case
        self.folder = folder
        self.shop, self.words = prepared(folder, case)
        self.before = content(self.shop)
        whole = folder / "whole"
        shutil.copytree(self.shop, whole)
        self.names: list[str] = []
        done = loyalty(whole, self.words, lambda call: self.names.append(call.name))
        assert done.code not in {1, 2}, (done.code, done.err)
        self.code = done.code
        self.after = content(whole)
        # Struck at its very end a command has happened, and the same again is a second one.
        loyalty(whole, self.words)
        self.twice = content(whole)
        # Verdicts by the state of the folder: many moments leave the same.
        self.known: dict[str, str] = {}

    def struck(self, moments: Iterable[tuple[str, int]]) -> Struck:
        """Strike at each moment, on a fresh copy of the shop each time."""
        result = Struck()
        for way, number in moments:
            copy = self.folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self.shop, copy)
            ran = loyalty(copy, self.words, striking(way, number))
            result.moments[way] += 1
            result.codes[ran.code] += 1
            fault = self.said_wrong(ran, way, copy) or self.judged(copy)
            if fault:
                result.wrong.append(f"{way} at {number} ({self.names[number - 1]}): {fault}")
        return result

    def without_power(self, images: int, *, seed: int) -> tuple[int, list[str]]:
        """Images of the disk after a loss of power: how many changes the command makes, and what was wrong."""
        recorded = self.folder / "recorded"
        shutil.copytree(self.shop, recorded)
        recorder = Recorder(recorded)
        loyalty(recorded, self.words, recorder)
        wrong = []
        for number in range(images):
            chance = random.Random(seed + number)
            count = chance.randint(0, len(recorder.events))
            copy = self.folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            image_after(recorder, self.shop, count, chance, copy)
            if fault := self.judged(copy):
                wrong.append(f"image {seed + number}, after change {count}: {fault}")
        return len(recorder.events), wrong

    def moments(self, ways: Iterable[str] = WAYS, *, every: int = 1) -> list[tuple[str, int]]:
        """Every moment at which the command can be struck."""
        return [
            (way, number)
            for way in ways
            for number, name in list(enumerate(self.names, 1))[::every]
            if may_strike(way, name)
        ]

    def said_wrong(self, ran: Ran, way: str, copy: Path) -> str:
        """What is wrong with how a struck command ended."""
        if way == "killed":
            return "" if ran.code == 137 else f"was not killed ({ran.code})"
        if "Traceback" in ran.err or "inside loyalty" in ran.err or "mistake of ours" in ran.err:
            return f"internal ({ran.code}): {ran.err[-600:]}"
        if ran.code in WELL | {self.code}:
            differs = differing(content(copy), self.after)
            return f"ended well, but differs: {differs[:5]}" if differs else ""
        if "nothing was changed" in ran.err and not self.case.parts and self.changed(copy):
            return f"ended with {ran.code}, says that nothing was changed, but something was"
        wanted = TOLD if way == "disk fails" else {ExitCode.NO_SPACE}
        return "" if ran.code in wanted else f"ended with {ran.code}: {ran.err[-300:]}"

    def changed(self, copy: Path) -> bool:
        """Whether the database is another than before; looked at in a copy."""
        look = self.folder / "look"
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(copy, look)
        return bool(differing(tables(content(look)), tables(self.before)))

    def judged(self, copy: Path) -> str:
        """What is wrong with what a struck command left, and with the end that the same command makes of it."""
        state = state_of(copy)
        if state not in self.known:
            self.known[state] = self.partial(copy) or self.again(copy)
        return self.known[state]

    def partial(self, copy: Path) -> str:
        """Whether the database is neither as before nor as after, or does not pass the check; looked at in a copy."""
        look = self.folder / "look"
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(copy, look)
        if (look / "loyalty.db").exists():
            checked = loyalty(look, "check --full")
            if checked.code:
                return f"check ends with {checked.code}: {(checked.out + checked.err)[-400:]}"
        if self.case.parts:
            content(look)
            return ""
        found = tables(content(look))
        if any(not differing(found, tables(whole)) for whole in (self.before, self.after)):
            return ""
        return f"partial: {differing(found, tables(self.before))}"

    def again(self, copy: Path) -> str:
        """The same command once more, with nothing between."""
        again = loyalty(copy, self.words)
        if again.code in {1, 120} or "Traceback" in again.err:
            return f"again ends with {again.code}: {again.err[-400:]}"
        wrong = self.other_end(content(copy))
        if wrong:
            return f"another end ({again.code}): {wrong[:8]} {again.err[-300:]}"
        left = sorted(path.name for path in copy.rglob("*") if LEFT.fullmatch(path.name))
        if left:
            return f"left over: {left}"
        place = copy / "new" if (copy / "new").is_dir() else copy
        checked = loyalty(place, "check --full")
        return f"check after it ends with {checked.code}: {checked.out[-300:]}" if checked.code else ""

    def other_end(self, found: Content) -> list[str]:
        """Where the end is neither that of the command nor that of the command twice."""
        if self.case.parts:
            ends = (as_booked(self.after), as_booked(self.twice))
            return differing(as_booked(found), ends[0]) and differing(as_booked(found), ends[1])
        return differing(found, self.after) and differing(found, self.twice)


def content(shop: Path) -> Content:
    """All rows of the database, and the files beside it; moments and backups' names are the same in every run."""
    found: Content = {}
    for path in sorted(shop.rglob("*")):
        below = path.relative_to(shop)
        if path.is_file() and path.suffix not in {".db", ".lock", ".zip"} and not any(map(LEFT.fullmatch, below.parts)):
            # A database kept beside another is compared by its rows: what the check looked up in it may move bytes.
            found[below.as_posix()] = sorted(rows_of(path)) if ".db.before-" in path.name else path.read_bytes()
    for path in shop.rglob("*.db"):
        if path.name.startswith(".") or ".before-" in path.name:
            continue
        place = path.relative_to(shop).parent.as_posix()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "damaged"
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for name in sorted(names):
                if name not in MOMENTS and not name.startswith(("_sqlite", "sqlite_")):
                    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                    found[f"{place}/{name}"] = sorted(rows, key=repr)
    return found


def rows_of(path: Path) -> list[str]:
    """All rows of a database file, as text; its own mistakes are told by SQLite."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if not line.startswith("INSERT INTO \"night\"")]


def as_booked(found: Content) -> Content:
    """Without what a command that the next one finishes has twice.

    Runs are left out; the ledger counts by what is booked, not by which run; a message by what became of it last, not by how often
    it was begun.
    """
    sums: Counter[tuple[object, ...]] = Counter()
    booked = cast("list[tuple[int, ...]]", found.get("./ledger", []))
    for _, *key, quantity, day, booked_on, _ in booked:
        sums[(*key, day, booked_on)] += quantity
    events = cast("list[tuple[int, ...]]", found.get("./message_event", []))
    last = {message: rest for _, message, *rest in sorted(events)}
    rest = {name: rows for name, rows in found.items() if name not in {"./run", "./seal", "./ledger", "./message_event"}}
    rest["./message_event"] = sorted(last.items())
    rest["./ledger"] = sorted((key, quantity) for key, quantity in sums.items() if quantity)
    return rest


def tables(found: Content) -> Content:
    """The shop's database alone."""
    return {name: rows for name, rows in found.items() if name.startswith("./")}


def differing(found: Content, wanted: Content) -> list[str]:
    """Where two contents differ."""
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def state_of(folder: Path) -> str:
    """A hash of a folder's names and bytes; numbers of processes do not matter."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"\n{OF_PROCESS.sub('.N.part', path.relative_to(folder).as_posix())}\n".encode())
        if path.is_file():
            digest.update(NUMBER_OF_PROCESS.sub(b"N", path.read_bytes()))
    return digest.hexdigest()
