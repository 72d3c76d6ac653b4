"""Replay on Apache Spark: each file of facts is a task, a member is never split, and files appear when all is written."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple
from typing import TYPE_CHECKING

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from loyalty_cli.chain.books import SCHEMA
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from pyarrow import RecordBatch

    Step = Callable[[Iterable[RecordBatch]], Iterator[RecordBatch]]

# Few members at once keep a worker small; a screen of Spark's own and its adapting plans are of no use to one job.
# A file is never cut: a task is a file.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
    "spark.sql.parquet.columnarReaderBatchSize": "200",
    "spark.sql.files.openCostInBytes": str(1 << 30),
    "spark.sql.files.maxPartitionBytes": str(1 << 30),
    "spark.sql.session.timeZone": "UTC",
}

# How Spark says that its Java did not start.
NO_JAVA = "JAVA_GATEWAY_EXITED"


class Cost(NamedTuple):
    """What a run took of the engine: seconds of its tasks added up, bytes moved between tasks, tasks that were tried again."""

    task_seconds: float
    shuffled: int
    failed_tasks: int


def run(step: Step, facts: Path, books: Path, *, master: str) -> Cost:
    """Send all facts through a step; the books are there when every task is through, or not at all."""
    try:
        builder = SparkSession.builder.master(master).appName("loyalty")
        session = builder.config(map=dict(SETTINGS)).getOrCreate()
        try:
            rows = session.read.parquet(str(facts)).mapInArrow(step, from_arrow_schema(SCHEMA))
            rows.write.parquet(str(books), compression="zstd")
            return cost_of(session)
        finally:
            # Whoever breaks off a run takes Spark's own process down with it: then there is nothing to stop.
            with suppress(Exception):
                session.stop()
    except (PySparkException, Py4JError) as error:
        if NO_JAVA in str(error):
            hint = phrase("On Debian or Ubuntu: {command}", command="apt-get install openjdk-17-jre-headless")
            raise LoyaltyError("Spark needs Java 17, which is not installed here.", hint=hint) from error
        why = next((line for line in reversed(str(error).splitlines()) if line and not line.startswith("\t")), "")
        raise LoyaltyError("Spark could not finish: {why}", why=why) from error


def cost_of(session: SparkSession) -> Cost:
    """What the executors say they did."""
    executors = session.sparkContext._jsc.sc().statusStore().executorList(False)  # noqa: SLF001 -- Spark's only way to ask
    each = [executors.apply(place) for place in range(executors.size())]
    return Cost(
        sum(executor.totalDuration() for executor in each) / 1000,
        sum(executor.totalShuffleWrite() for executor in each),
        sum(executor.failedTasks() for executor in each),
    )
