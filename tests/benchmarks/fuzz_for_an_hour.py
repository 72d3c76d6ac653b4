"""A million damaged files, on every core, for an hour: `python -m tests.benchmarks.fuzz_for_an_hour [INPUTS] [FIRST SEED] [PROCESSES]`.

Each process opens the doors of tests/fuzz in turn (program, examples, layouts, tills, lists, inspect, workbooks, archives,
mails, baskets, what is typed, questions in SQL, published draws, a damaged database, a program at work), every input from a
seed of its own, under a limit of memory. One input takes some 12 thousandths of a second, so that a million need some
three and a half hours of one core: an hour of four cores, two of two. Every kind of crash is told once, when it is found,
with the door and the seed that makes it again, and after each batch what cost most so far:

    python -m tests.benchmarks.fuzz_for_an_hour again DOOR SEED

Each kind that is found is mended at its cause and becomes a case in tests/fuzz/test_crashes.py.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from tests.fuzz.doors import Doors
from tests.fuzz.mutations import Damage
from tests.fuzz.watched import Cost
from tests.fuzz.watched import little_memory
from tests.fuzz.watched import measured

if TYPE_CHECKING:
    from tests.fuzz.watched import Crash

A_MILLION = 1_000_000
# Inputs of one process before a fresh one takes its place, so that nothing adds up unseen.
AT_A_TIME = 5_000
BETWEEN_COLLECTIONS = 100


class Batch(NamedTuple):
    """Some inputs: what crashed, and those that took the most time and the most memory."""

    crashes: list[Crash]
    slowest: Cost
    largest: Cost


def batch_from(first: int) -> Batch:
    """Some inputs, from a seed on."""
    os.nice(10)
    with tempfile.TemporaryDirectory(prefix="loyalty-fuzz-") as folder:
        doors = Doors(Path(folder))
        seeds = range(first, first + AT_A_TIME)
        with little_memory():
            tried = [watched(doors, seed) for seed in seeds]
    costs = [cost for cost, _ in tried]
    return Batch([crash for _, crash in tried if crash], max(costs, key=Cost.of_100_kilobytes), max(costs, key=memory_of))


def watched(doors: Doors, seed: int) -> tuple[Cost, Crash | None]:
    """One input. An import freezes what is there for its own short life; here that would add up."""
    if seed % BETWEEN_COLLECTIONS == 0:
        gc.unfreeze()
        gc.collect()
    return measured(doors, doors.names[seed % len(doors.names)], seed)


def memory_of(cost: Cost) -> int:
    """The most memory that an input took, in bytes."""
    return cost.memory


def main() -> None:
    """All inputs; the kinds of crashes as they are found, and what it took."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else A_MILLION
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else None
    began, done = time.monotonic(), 0
    dearest: list[Cost] = []
    kinds: dict[tuple[str, str], int] = {}
    with get_context("spawn").Pool(processes, maxtasksperchild=1) as pool:
        for batch in pool.imap_unordered(batch_from, range(first, first + inputs, AT_A_TIME)):
            done += AT_A_TIME
            for crash in batch.crashes:
                kind = (crash.what.partition(":")[0], crash.where)
                kinds[kind] = kinds.get(kind, 0) + 1
                if kinds[kind] == 1:
                    said(" ".join(map(str, crash)))
            dearest += batch.slowest, batch.largest
            said(f"{done:,} inputs, {len(kinds)} kinds of crashes, {time.monotonic() - began:,.0f} s; {told(dearest)}")


def told(costs: list[Cost]) -> str:
    """The slowest input and the largest one, in words."""
    slowest, largest = max(costs, key=Cost.of_100_kilobytes), max(costs, key=memory_of)
    return (
        f"slowest {slowest.of_100_kilobytes():.2f} s for 100 kB ({slowest.door} {slowest.seed}, {slowest.size:,} bytes), "
        f"most memory {largest.memory / 1e6:.0f} MB ({largest.door} {largest.seed})"
    )


def said(text: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def again(door: str, seed: str) -> None:
    """One input once more, with what is raised."""
    with tempfile.TemporaryDirectory(prefix="loyalty-fuzz-") as folder:
        Doors(Path(folder)).open(door, Damage(random.Random(int(seed))))


if __name__ == "__main__":
    again(*sys.argv[2:]) if sys.argv[1:2] == ["again"] else main()
