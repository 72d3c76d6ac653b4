"""Work that several processes do at once: what a part is asked and what it answers are plain values.

A process costs about half a second to start, so small work stays in this one. What is answered is the same either way.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import traceback
from collections import deque
from importlib import import_module
from queue import SimpleQueue
from typing import Any
from typing import NamedTuple
from typing import Self
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    Part = TypeVar("Part")
    Answer = TypeVar("Answer")

# So many parts wait for each process, so that none is idle and memory stays as it is.
AHEAD = 3
# More take more memory than they save time.
MOST = 60


def hands_for(much: int, at_a_time: int) -> int:
    """How many processes are worth their start: one for each `at_a_time` of the work, no more than there are cores for."""
    return max(1, min(cores(), MOST, much // at_a_time))


def cores() -> int:
    """The cores that this process may use; some systems tell only how many the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Hand:
    """One process, and two lines to it of which nobody else holds the ends: where it ends, so does what it says.

    OSError where none can be started.
    """

    def __init__(self, module: str) -> None:
        # Imported here because most commands need no hands.
        from multiprocessing import get_context

        afresh = get_context("spawn")
        hears, self.asks = afresh.Pipe(duplex=False)
        self.hears, says = afresh.Pipe(duplex=False)
        self.process = afresh.Process(target=serve, args=(hears, says, module), daemon=True)
        self.process.start()
        hears.close()
        says.close()
        # How many parts it was asked, and how many answers were heard.
        self.asked = self.heard = 0

    def ask(self, work: Callable[[Part], Answer], part: Part) -> int:
        """Let it begin with a part, whose number is told; OSError if it is lost."""
        self.asks.send((work, part))
        self.asked += 1
        return self.asked

    def answer(self, number: int) -> tuple[bool, Any]:
        """What it says to the part of a number, or why it failed; EOFError or OSError if it is lost.

        What it says to parts before it, for which nobody waits any more, is let go.
        """
        from multiprocessing.connection import wait

        said = False, None
        while self.heard < number:
            if self.hears not in wait((self.hears, self.process.sentinel)):
                raise EOFError
            said = self.hears.recv()
            self.heard += 1
        return said

    def end(self) -> None:
        """Let it go, whatever it is at: it ends because nobody asks it any more, and says no more."""
        self.asks.close()
        self.process.join()
        self.hears.close()


class Given(NamedTuple):
    """A part that is somebody's, under the number that it has there."""

    hand: Hand
    number: int


class Hands:
    """So many processes, which begin with the first work that is for more than one of them and end with the `with` block.

    They begin afresh on every system alike, and share no open file with this one. Where one is lost (somebody ended it, or memory
    ran out) or none can be started, this process does the rest itself.
    """

    def __init__(self, many: int) -> None:
        self.many = many
        self.others: list[Hand] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self.others or ():
            hand.end()

    def each(self, work: Callable[[Part], Answer], parts: Sequence[Part]) -> Iterator[Answer]:
        """What is answered to each part, in their order."""
        return self.in_turn(work, parts) if len(parts) > 1 else map(work, parts)

    def in_turn(self, work: Callable[[Part], Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """What is answered to each of any number of parts, in their order; few of them are made ahead."""
        if self.many < 2:
            yield from map(work, parts)
            return
        given: deque[tuple[Part, Given | None]] = deque()
        self.begin(work)
        for part in parts:
            given.append((part, self.give(work, part)))
            if len(given) > self.many * AHEAD:
                yield self.answer(work, *given.popleft())
        while given:
            yield self.answer(work, *given.popleft())

    def begin(self, work: Callable[..., object]) -> None:
        """Let the processes start, and read what the work needs, while the first part is made."""
        if self.others is not None:
            return
        self.others = []
        # A system may have no room for another process, or no way for two of them to speak.
        with contextlib.suppress(ImportError, NotImplementedError, OSError):
            for _ in range(self.many):
                self.others.append(Hand(work.__module__))

    def give(self, work: Callable[[Part], Answer], part: Part) -> Given | None:
        """Who has begun with a part: the one who has the fewest; None if all are lost."""
        while self.others:
            hand = min(self.others, key=lambda other: other.asked - other.heard)
            try:
                return Given(hand, hand.ask(work, part))
            except OSError:
                self.lose(hand)
        return None

    def answer(self, work: Callable[[Part], Answer], part: Part, given: Given | None) -> Answer:
        """What is answered to a part that was given to somebody; this process does what was given to nobody, or is lost."""
        if given is None or given.hand not in (self.others or ()):
            return work(part)
        try:
            done, said = given.hand.answer(given.number)
        except (EOFError, OSError):
            self.lose(given.hand)
            return work(part)
        if not done:
            raise said
        answer: Answer = said
        return answer

    def lose(self, hand: Hand) -> None:
        """Go on without one."""
        if self.others:
            self.others.remove(hand)
        hand.end()


def serve(hears: Connection, says: Connection, module: str) -> None:
    """What a process does: it reads the module of its work at once, and answers one part after the other.

    It leaves it to the one that began it what Ctrl+C means.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked: SimpleQueue[tuple[Callable[[Any], object], Any]] = SimpleQueue()
    threading.Thread(target=listen, args=(hears, asked), daemon=True).start()
    import_module(module)
    while True:
        work, part = asked.get()
        try:
            said = True, work(part)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is told where the answer is waited for
            error.add_note(traceback.format_exc())
            said = False, that_travels(error)
        try:
            says.send(said)
        except OSError:
            # Whoever asked has ended.
            os._exit(1)


def listen(hears: Connection, asked: SimpleQueue[Any]) -> None:
    """Hear what is asked while something else is answered, so that nobody waits for the other.

    Without ears it would wait for ever, as would the one that asks: so the process ends with that one, and where it does not
    understand what it hears.
    """
    try:
        while True:
            asked.put(hears.recv())
    finally:
        os._exit(1)


def that_travels(error: Exception) -> Exception:
    """A failure as it can be told to another process: some exceptions can not be sent."""
    # Imported here because every recalculation reads this file, and few fail.
    import pickle

    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- made in this line
    except Exception:  # noqa: BLE001 -- whatever it is, its text can be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
