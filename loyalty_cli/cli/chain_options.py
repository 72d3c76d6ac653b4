"""Where a chain lies: options of those commands that begin one."""

from __future__ import annotations

from typing import Annotated

import typer

MASTER, BUCKETS = "local[*,4]", 16
MasterOption = Annotated[
    str, typer.Option("--master", metavar="URL", help="Where Spark runs: local[4,4], spark://…, sc://…; here: without Spark.")
]
BucketsOption = Annotated[
    int, typer.Option("--buckets", metavar="N", min=1, max=4096, help="Into how many parts members are divided; it stays so.")
]
