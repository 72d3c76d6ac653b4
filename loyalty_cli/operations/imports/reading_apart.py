"""A large file is read by another process while this one books what came before; what comes in is the same either way."""

from __future__ import annotations

import gc
import pickle
from functools import lru_cache
from functools import partial
from itertools import count
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.travelling import Packing
from loyalty_cli.importers.receipts.travelling import Unpacking
from loyalty_cli.operations.hands import cores
from loyalty_cli.operations.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Generator
    from collections.abc import Iterable
    from pathlib import Path

    from loyalty_cli.importers.receipts.purchases import PurchaseFile
    from loyalty_cli.importers.receipts.travelling import Packed
    from loyalty_cli.model.purchase_batch import PurchaseBatch

# Bytes: some 200,000 rows, which take about as long as a process takes to start three times.
LARGE = 1 << 24


class Part(NamedTuple):
    """A batch of a file; header and last line as they are known when it was read."""

    batch: Packed
    header: list[str]
    last_line: int


class ReadApart:
    """A file whose batches are read by a helper, one after the other."""

    def __init__(self, source: PurchaseFile, helper: Hands) -> None:
        self.source = pickle.dumps(source)
        self.helper = helper
        self.header: list[str] = []
        self.last_line = 0

    def batches(self, *, scattered: bool = False) -> Generator[PurchaseBatch, None, None]:
        """Whole receipts in batches, with their contents."""
        unpacking = Unpacking()
        for part in self.helper.in_turn(partial(part_of, self.source, scattered), count()):
            if part is None:
                return
            self.header, self.last_line = part.header, part.last_line
            yield unpacking.unpacked(part.batch)


class Reading:
    """A file that is being read, part by part."""

    def __init__(self, source: bytes, *, scattered: bool) -> None:
        # Nothing here goes in circles; looking for such things costs a tenth.
        gc.disable()
        self.source: PurchaseFile = pickle.loads(source)  # noqa: S301 -- our own, from the process that began this one
        self.batches = self.source.batches(scattered=scattered)
        self.packing = Packing()
        self.read = 0

    def part(self, number: int) -> Part | None:
        """The part of a number, which is not before the last one that was asked for; None behind the end."""
        part = None
        while self.read <= number:
            self.read += 1
            batch = next(self.batches, None)
            part = Part(self.packing.packed(batch), self.source.header, self.source.last_line) if batch else None
        return part


@lru_cache(maxsize=1)
def reading(source: bytes, scattered: bool) -> Reading:
    """The file that is being read."""
    return Reading(source, scattered=scattered)


def part_of(source: bytes, scattered: bool, number: int) -> Part | None:
    """One part of a file; the numbers are asked for one after the other."""
    return reading(source, scattered).part(number)


def helper_for(files: Iterable[Path]) -> Hands:
    """The helper for some files, who begins at once if one of them is large and there is a core for it."""
    helper = Hands(1, helper=cores() > 1 and any(map(is_large, files)))
    if helper.helper:
        helper.begin(part_of)
    return helper


def is_large(path: Path) -> bool:
    """Whether a file is read apart."""
    return path.stat().st_size >= LARGE
