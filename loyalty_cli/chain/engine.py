"""What a chain asks of who runs its tasks, and this very process, which runs them one after another."""

from __future__ import annotations

import time
from typing import NamedTuple
from typing import Protocol
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Task = Callable[[int], str]


class Cost(NamedTuple):
    """What a command took of the engine: tasks, their seconds added up, bytes moved between them, tasks that were tried again."""

    tasks: int = 0
    task_seconds: float = 0
    shuffled: int = 0
    failed_tasks: int = 0


class Engine(Protocol):
    """Runs a task for each number; what each says comes back in the order of the numbers."""

    def run(self, task: Task, tasks: int) -> list[str]:
        """Run a task for each number below so many."""
        ...

    def cost(self) -> Cost:
        """What was taken so far."""
        ...

    def close(self) -> None:
        """Nothing more will be run."""
        ...


class Here:
    """The process of the command itself."""

    def __init__(self) -> None:
        self.tasks = 0
        self.seconds = 0.0

    def run(self, task: Task, tasks: int) -> list[str]:
        """Run a task for each number below so many."""
        begun = time.process_time()
        done = [task(number) for number in range(tasks)]
        self.tasks += tasks
        self.seconds += time.process_time() - begun
        return done

    def cost(self) -> Cost:
        """What was taken so far."""
        return Cost(self.tasks, self.seconds)

    def close(self) -> None:
        """Nothing to let go of."""
