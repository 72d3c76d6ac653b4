"""Timing of a process with all that it starts: Spark's Java and the Python workers below it, which nobody waits for.

Looks at /proc several times a second, so that a process of less than a tenth of a second may be missed; Linux only.
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.side_by_side import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.1
JAVA, PYTHON = "java", "python"


@dataclass(slots=True)
class Process:
    """What was last seen of one process: its processor seconds without its children's, its highest memory."""

    name: str
    cpu: float = 0.0
    megabytes: float = 0.0


@dataclass(slots=True)
class Tree:
    """A process and those it started. `processes` are by their number."""

    seconds: float = 0.0
    first: int = 0
    processes: dict[int, Process] = field(default_factory=dict)
    megabytes: float = 0.0

    def cpu(self, name: str = "") -> float:
        """Processor seconds of all, or of those that run a program."""
        return sum(process.cpu for process in self.processes.values() if process.name.startswith(name))

    def driver(self) -> Process:
        """The process that was started."""
        return self.processes[self.first]

    def workers(self) -> list[Process]:
        """The Python processes below it."""
        return [each for number, each in self.processes.items() if number != self.first and each.name.startswith(PYTHON)]

    def figures(self) -> dict[str, float]:
        """What a run came to."""
        return {
            "seconds": round(self.seconds, 1),
            "cpu": round(self.cpu(), 1),
            "java": round(self.cpu(JAVA), 1),
            "driver": round(self.driver().cpu, 1),
            "workers": round(sum(each.cpu for each in self.workers()), 1),
            "megabytes": round(self.megabytes),
            "driver_megabytes": round(self.driver().megabytes),
            "worker_megabytes": round(max((each.megabytes for each in self.workers()), default=0)),
        }


def tree_of(command: Sequence[str], *, folder: Path, said: str = "said.txt") -> Tree:
    """Run a process in a session of its own and watch the session; a failure ends the benchmark."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / said).open("w", encoding="utf-8") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder, env=environment, start_new_session=True)
        tree = Tree(first=process.pid)
        while process.poll() is None:
            look(tree)
            time.sleep(EVERY)
        tree.seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {(folder / said).read_text(encoding='utf-8')}")
    return tree


def look(tree: Tree) -> None:
    """What the processes of the session, and those below one of them, have taken so far."""
    found = {number: each for number, each in ((int(path.name), stat_of(path)) for path in Path("/proc").glob("[0-9]*")) if each}
    known = set(tree.processes) | {tree.first}
    # Spark's workers have sessions of their own: whoever has a parent in the tree belongs to it.
    while more := {number for number, (_, parent, *_) in found.items() if parent in known and number not in known}:
        known |= more
    together = 0.0
    for number in known & found.keys():
        name, _, cpu, megabytes = found[number]
        seen = tree.processes.setdefault(number, Process(name))
        seen.name, seen.cpu, seen.megabytes = name, cpu, max(seen.megabytes, megabytes)
        together += megabytes
    tree.megabytes = max(tree.megabytes, together)


def stat_of(process: Path) -> tuple[str, int, float, float] | None:
    """Name, parent, processor seconds and megabytes of a process; None if it is gone."""
    try:
        text = (process / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
    return name, int(rest[1]), (int(rest[11]) + int(rest[12])) / TICKS, int(rest[21]) * PAGE / 1_048_576
