"""Opening doors under watch: what is no refusal in words, what takes too long, what needs too much memory."""

from __future__ import annotations

import contextlib
import random
import resource
import time
import traceback
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from tests.fuzz.mutations import Damage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fuzz.doors import Doors

# What an input may cost beyond what the program has at the start.
MOST_MEMORY = 200 << 20
MOST_SECONDS = 2.0
PAGE = resource.getpagesize()


class Cost(NamedTuple):
    """What an input took: the door and the seed that makes it again, its bytes, processor seconds, the most memory in bytes."""

    door: str
    seed: int
    size: int
    seconds: float
    memory: int

    def of_100_kilobytes(self) -> float:
        """Seconds as if the file had 100 kB; a smaller one counts as that, for it has no right to less."""
        return self.seconds * 100_000 / max(self.size, 100_000)


class Crash(NamedTuple):
    """An input that did not end as it should: the door, the seed that makes it again, what happened and where."""

    door: str
    seed: int
    what: str
    where: str


def opened(doors: Doors, door: str, seed: int) -> Crash | None:
    """Bring in the damaged file of a seed; what went wrong, if anything."""
    return measured(doors, door, seed)[1]


def measured(doors: Doors, door: str, seed: int) -> tuple[Cost, Crash | None]:
    """Bring in the damaged file of a seed; what it took, and what went wrong, if anything."""
    damage = Damage(random.Random(seed))
    doors.ready(door)
    # Linux begins to look for the most memory anew (proc(5), clear_refs).
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    began = time.process_time()
    raised = None
    try:
        doors.open(door, damage)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        raised = error
    cost = Cost(door, seed, damage.size, time.process_time() - began, most_memory())
    return cost, crash_of(cost, raised)


def crash_of(cost: Cost, raised: Exception | None) -> Crash | None:
    """What was wrong with an input: an error that is no refusal, or too much time."""
    if raised is not None:
        own = [frame for frame in traceback.extract_tb(raised.__traceback__) if "loyalty_cli" in frame.filename]
        where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""
        return Crash(cost.door, cost.seed, f"{type(raised).__name__}: {str(raised)[:200]}", where)
    if cost.of_100_kilobytes() > MOST_SECONDS:
        return Crash(cost.door, cost.seed, f"took {cost.seconds:.1f} seconds for {cost.size:,} bytes", "")
    return None


def most_memory() -> int:
    """The most memory that this process had since it was looked at anew, in bytes."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@contextlib.contextmanager
def little_memory() -> Iterator[None]:
    """A process that may grow by so much and no more; beyond it a MemoryError is a crash like any other."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * PAGE
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
