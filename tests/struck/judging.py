"""Whether a command that was struck at one of its calls has left what it may leave."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from tests.struck.calls import KILLED
from tests.struck.calls import NEEDS_ROOM
from tests.struck.commands import loyalty
from tests.struck.contents import as_booked
from tests.struck.contents import content
from tests.struck.contents import differing
from tests.struck.contents import LEFT
from tests.struck.contents import state_of
from tests.struck.contents import tables
from tests.struck.disk import image_after
from tests.struck.disk import Recorder
from tests.struck.shops import prepared

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from tests.struck.calls import Call
    from tests.struck.calls import Ran
    from tests.struck.case import Case
    from tests.struck.contents import Content

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


# Copies of a folder that are kept at once.
AT_A_TIME = 200


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

    def left_by_kills(self, numbers: Sequence[int]) -> Struck:
        """What a kill before each call leaves: the folder as it stands there, of one run for many calls."""
        result = Struck()
        for some in (numbers[at : at + AT_A_TIME] for at in range(0, len(numbers), AT_A_TIME)):
            for copy, number in self.as_it_stood(set(some)):
                result.moments["killed"] += 1
                if fault := self.judged(copy):
                    result.wrong.append(f"left at {number} ({self.names[number - 1]}): {fault}")
                shutil.rmtree(copy)
        return result

    def as_it_stood(self, numbers: set[int]) -> list[tuple[Path, int]]:
        """Copies of the folder as it stood before some calls of an unbroken run; that is over before they are looked at."""
        running = self.folder / "running"
        shutil.rmtree(running, ignore_errors=True)
        shutil.copytree(self.shop, running)
        copies = []

        def copied(call: Call) -> None:
            if call.number in numbers:
                copies.append((self.folder / f"left-{call.number}", call.number))
                shutil.copytree(running, copies[-1][0])

        loyalty(running, self.words, copied)
        return copies

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
        return [(way, number) for way in ways for number, name in list(enumerate(self.names, 1))[::every] if may_strike(way, name)]

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
        if self.case.anew and self.begins_anew(copy):
            return ""
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

    def begins_anew(self, copy: Path) -> bool:
        """Whether the same command comes to a folder with nothing but its mark: from there on it is the unbroken run."""
        reached = []

        def judge(call: Call) -> int | None:
            mark = copy / self.case.anew
            if mark.exists() and [*mark.parent.iterdir()] == [mark]:
                reached.append(call.number)
            return KILLED if reached else None

        again = self.folder / "again"
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(copy, again)
        loyalty(copy, self.words, judge)
        if not reached:
            shutil.rmtree(copy)
            again.rename(copy)
        return bool(reached)

    def other_end(self, found: Content) -> list[str]:
        """Where the end is neither that of the command nor that of the command twice."""
        if self.case.parts:
            ends = (as_booked(self.after), as_booked(self.twice))
            return differing(as_booked(found), ends[0]) and differing(as_booked(found), ends[1])
        return differing(found, self.after) and differing(found, self.twice)
