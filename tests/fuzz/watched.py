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


class Crash(NamedTuple):
    """An input that did not end as it should: the door, the seed that makes it again, what happened and where."""

    door: str
    seed: int
    what: str
    where: str


def opened(doors: Doors, door: str, seed: int) -> Crash | None:
    """Bring in the damaged file of a seed; what went wrong, if anything."""
    began = time.process_time()
    try:
        doors.open(door, Damage(random.Random(seed)))
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if "loyalty_cli" in frame.filename]
        where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""
        return Crash(door, seed, f"{type(error).__name__}: {str(error)[:200]}", where)
    took = time.process_time() - began
    return Crash(door, seed, f"took {took:.1f} seconds", "") if took > MOST_SECONDS else None


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
