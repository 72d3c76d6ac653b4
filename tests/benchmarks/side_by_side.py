"""Timing of whole processes beside each other: in turn, by median, each with its highest memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds by the wall clock, seconds of both processors' time, its highest memory."""

    seconds: float
    cpu: float
    megabytes: float


def timed(command: Sequence[str], *, folder: Path, expected: tuple[int, ...] = (0,)) -> Run:
    """Run a process and measure it; an unexpected exit code ends the benchmark."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "said.txt").open("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=folder, env=environment)
        # wait4 is the one call that tells the memory of a single child.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode not in expected:
            raise SystemExit(f"{command} ended with {process.returncode}: {said.read()}")
    return Run(seconds=seconds, cpu=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024)


def in_turn(contestants: Mapping[str, Callable[[], Run]], *, rounds: int) -> dict[str, list[Run]]:
    """Run each in every round, in turning order, so that a busy moment of the machine hits none alone."""
    runs: dict[str, list[Run]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            runs[name].append(contestants[name]())
    return runs


def medians(runs: Sequence[Run]) -> dict[str, float]:
    """What several runs of one come to."""
    return {
        "seconds": round(statistics.median(run.seconds for run in runs), 3),
        "cpu": round(statistics.median(run.cpu for run in runs), 3),
        "megabytes": round(max(run.megabytes for run in runs), 1),
    }


def ratio(runs: Sequence[Run], peers: Sequence[Run]) -> float:
    """The median of the first by the median of the second, by the wall clock."""
    return round(statistics.median(r.seconds for r in runs) / statistics.median(p.seconds for p in peers), 3)
