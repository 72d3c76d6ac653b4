"""Work that several processes do at once: what a part is asked and what it answers are plain values.

A process costs about half a second to start, so small work stays in this one. What is answered is the same either way.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from importlib import import_module
from typing import Self
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from concurrent.futures import Future
    from concurrent.futures import ProcessPoolExecutor

    Part = TypeVar("Part")
    Answer = TypeVar("Answer")

# So many parts wait for each process, so that none is idle and memory stays as it is.
AHEAD = 3
# Windows can wait for no more at once.
MOST = 60


def hands_for(much: int, at_a_time: int) -> int:
    """How many processes are worth their start: one for each `at_a_time` of the work, no more than there are cores for."""
    return max(1, min(cores(), MOST, much // at_a_time))


def cores() -> int:
    """The cores that this process may use; some systems tell only how many the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Hands:
    """So many processes, which begin with the first work that is for more than one of them and end with the `with` block.

    They begin afresh on every system alike, and share no open file with this one. Where one is lost (somebody ended it, or memory
    ran out) or none can be started, this process does the rest itself.
    """

    def __init__(self, many: int) -> None:
        self.many = many
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def each(self, work: Callable[[Part], Answer], parts: Sequence[Part]) -> Iterator[Answer]:
        """What is answered to each part, in their order."""
        return self.in_turn(work, parts) if len(parts) > 1 else map(work, parts)

    def in_turn(self, work: Callable[[Part], Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """What is answered to each of any number of parts, in their order; few of them are made ahead."""
        if self.many < 2:
            yield from map(work, parts)
            return
        given: deque[tuple[Part, Future[Answer] | None]] = deque()
        self.begin(work)
        for part in parts:
            given.append((part, self.give(work, part)))
            if len(given) > self.many * AHEAD:
                yield answer(work, *given.popleft())
        while given:
            yield answer(work, *given.popleft())

    def begin(self, work: Callable[[Part], Answer]) -> None:
        """Let the processes start, and read what the work needs, while the first part is made."""
        # Imported here because most commands need no hands.
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        if self.pool is not None:
            return
        afresh, module = get_context("spawn"), work.__module__
        # A system may have no room for another process, or no way for two of them to speak.
        with contextlib.suppress(ImportError, NotImplementedError, OSError):
            pool = ProcessPoolExecutor(self.many, mp_context=afresh, initializer=follow_parent, initargs=(module,))
            # They start with the first thing that is asked of them.
            pool.submit(int)
            self.pool = pool

    def give(self, work: Callable[[Part], Answer], part: Part) -> Future[Answer] | None:
        """Let a process begin with a part; None if one was lost before."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self.pool.submit(work, part) if self.pool else None
        except BrokenProcessPool:
            return None


def answer(work: Callable[[Part], Answer], part: Part, given: Future[Answer] | None) -> Answer:
    """What a process answers to a part, or this one in its place."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return given.result() if given else work(part)
    except BrokenProcessPool:
        return work(part)


def follow_parent(module: str) -> None:
    """A process that ends with its parent, as it would wait for work forever, and leaves it to the parent what Ctrl+C means.

    It reads the module of its work at once.
    """
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
    import_module(module)


def that_travels(error: Exception) -> Exception:
    """A failure as it can be told to another process: some exceptions can not be sent."""
    # Imported here because every recalculation reads this file, and few fail.
    import pickle

    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- made in this line
    except Exception:  # noqa: BLE001 -- whatever it is, its text can be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
