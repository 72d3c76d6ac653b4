"""Laying facts as Parquet files: a member lies in one file, all facts together, so that replay moves nothing."""

from __future__ import annotations

from contextlib import ExitStack
from typing import NamedTuple
from typing import TYPE_CHECKING

import pyarrow.parquet

from loyalty_cli.chain.facts import batch_of
from loyalty_cli.chain.facts import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from loyalty_cli.model.facts import MemberFacts

# So many facts are held before they are written: some 100 MB.
FACTS_AT_A_TIME = 200_000


class Laid(NamedTuple):
    """How much was laid."""

    members: int
    facts: int


def lay(members: Iterable[MemberFacts], folder: Path, *, buckets: int) -> Laid:
    """Write members to the files of their buckets; a member's bucket is the number modulo the buckets."""
    folder.mkdir(parents=True)
    laid, held = Laid(0, 0), 0
    waiting: list[list[MemberFacts]] = [[] for _ in range(buckets)]
    with ExitStack() as files:
        writers = [
            files.enter_context(pyarrow.parquet.ParquetWriter(folder / f"bucket-{bucket:05}.parquet", SCHEMA, compression="zstd"))
            for bucket in range(buckets)
        ]

        def write() -> None:
            for own, writer in zip(waiting, writers, strict=True):
                if own:
                    writer.write_batch(batch_of(own))
                own.clear()

        for member in members:
            waiting[member.member % buckets].append(member)
            laid = Laid(laid.members + 1, laid.facts + len(member.facts))
            held += len(member.facts)
            if held >= FACTS_AT_A_TIME:
                write()
                held = 0
        write()
    return laid
