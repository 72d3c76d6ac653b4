"""Tasks on Apache Spark: one for each bucket or file, tried again where it dies."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from loyalty_cli.chain.engine import Cost
from loyalty_cli.chain.engine import Here
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.chain.engine import Task

# A screen of Spark's own and its adapting plans are of no use to jobs of one step.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
}
SAID = pa.schema([("number", pa.int64()), ("said", pa.string())])
# A client of Spark Connect alone (pyspark-client) has no Java and none of its errors.
TROUBLE: tuple[type[Exception], ...] = (PySparkException,)
with suppress(ImportError):
    TROUBLE = (PySparkException, importlib.import_module("py4j.protocol").Py4JError)
# How Spark says that its Java did not start.
NO_JAVA = "JAVA_GATEWAY_EXITED"


@dataclass(frozen=True, slots=True)
class Each:
    """A task for each number of a batch."""

    task: Task

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Run them; what each says is a row."""
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield pa.RecordBatch.from_pylist([{"number": number, "said": self.task(number)}], schema=SAID)


class Spark:
    """A session, also by Spark Connect (sc://…), where nothing but the plan of the tasks is asked of this machine.

    It is begun for the first work that can be shared: one task alone is done in this process, as Spark's start takes longer.
    """

    def __init__(self, master: str) -> None:
        self.master = master
        self.connected = master.startswith("sc://")
        self.here = Here()
        self.shared = 0
        self.session: SparkSession | None = None

    def begun(self) -> SparkSession:
        """The session."""
        builder = SparkSession.builder.appName("loyalty")
        where = builder.remote(self.master) if self.connected else builder.master(self.master)
        # Workers on this machine are other processes: of this Python, not of the first one on the path.
        own = {"spark.pyspark.python": sys.executable} if self.master.startswith("local") else {}
        # A session that is only connected to has the settings of its own cluster.
        return where.config(map={} if self.connected else {**SETTINGS, **own}).getOrCreate()

    def run(self, task: Task, tasks: int) -> list[str]:
        """Run a task for each number below so many; a partition is a task."""
        if tasks <= 1:
            return self.here.run(task, tasks)
        self.shared += tasks
        with said_plainly():
            self.session = self.session or self.begun()
            numbers = self.session.range(0, tasks, 1, tasks)
            rows = numbers.mapInArrow(Each(task), "number long, said string").collect()
            return [row.said for row in sorted(rows, key=lambda row: row.number)]

    def cost(self) -> Cost:
        """What the executors say they did; a session that is only connected to does not tell."""
        alone = self.here.cost()
        tasks = self.shared + alone.tasks
        if self.session is None or self.connected:
            return alone._replace(tasks=tasks)
        executors = self.session.sparkContext._jsc.sc().statusStore().executorList(False)  # noqa: SLF001 -- Spark's only way to ask
        each = [executors.apply(place) for place in range(executors.size())]
        return Cost(
            tasks,
            alone.task_seconds + sum(executor.totalDuration() for executor in each) / 1000,
            sum(executor.totalShuffleWrite() for executor in each),
            sum(executor.failedTasks() for executor in each),
        )

    def close(self) -> None:
        """End the session. Whoever breaks off a run takes Spark's own process down with it: then there is nothing to stop."""
        if self.session is not None:
            with suppress(Exception):
                self.session.stop()


@contextmanager
def said_plainly() -> Iterator[None]:
    """What Spark says when it can not, as one sentence."""
    try:
        yield
    except TROUBLE as error:
        if NO_JAVA in str(error):
            hint = phrase("On Debian or Ubuntu: {command}", command="apt-get install openjdk-17-jre-headless")
            raise LoyaltyError("Spark needs Java 17, which is not installed here.", hint=hint) from error
        why = next((line for line in reversed(str(error).splitlines()) if line and not line.startswith("\t")), "")
        raise LoyaltyError("Spark could not finish: {why}", why=why) from error
