"""Work that several processes do at once: what a part is asked and what it answers are plain values.

A process costs about half a second to start, so small work stays in this one. What is answered is the same either way.
"""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    Part = TypeVar("Part")
    Answer = TypeVar("Answer")


def hands_for(much: int, at_a_time: int) -> int:
    """How many processes are worth their start: one for each `at_a_time` of the work, no more than the machine has."""
    return max(1, min(os.cpu_count() or 1, much // at_a_time))


class Hands:
    """So many processes, which begin with the first work that is for more than one of them and end with the `with` block.

    They begin afresh on every system alike, and share no open file with this one.
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
        if self.many < 2 or len(parts) < 2:
            return map(work, parts)
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.many, mp_context=get_context("spawn"))
        return self.pool.map(work, parts)


def that_travels(error: Exception) -> Exception:
    """A failure as it can be told to another process: some exceptions can not be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- made in this line
    except Exception:  # noqa: BLE001 -- whatever it is, its text can be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
