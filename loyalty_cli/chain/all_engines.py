"""Who can run a chain's tasks, by the address that the shop says: this very process (`here`), or Apache Spark at any other."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_cli.chain.engine import Here
from loyalty_cli.chain.extra import extra

if TYPE_CHECKING:
    from loyalty_cli.chain.engine import Engine

HERE = "here"


def engine_at(master: str) -> Engine:
    """The engine at an address: here, local[4,4], spark://…, yarn, k8s://…, sc://…."""
    if master == HERE:
        return Here()
    with extra():
        spark = importlib.import_module("loyalty_cli.chain.spark")
    engine: Engine = spark.Spark(master)
    return engine
