"""Damaged files at every door: each comes in or is refused in words, in little time and memory. The seeds are always the same."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform != "linux":
    pytest.skip("memory is bounded by Linux's own means", allow_module_level=True)

from tests.fuzz.doors import Doors
from tests.fuzz.watched import little_memory
from tests.fuzz.watched import opened

NAMES = (
    *("program", "examples", "layout", "laid_out", "till", "inspect", "list", "mended"),
    *("workbook", "inspected_workbook", "archive", "blocks", "planned", "forms", "events", "codes", "consents", "mailbox"),
    *("maildir", "left", "baskets", "basket", "given", "assigned", "target"),
    *("typed", "question", "verified", "database", "ran"),
)
# Some two seconds a door; tests/benchmarks/fuzz_for_an_hour.py goes on from here.
INPUTS = 60
# To look through a file takes the longest.
INPUTS_TO_INSPECT = 20


@pytest.mark.parametrize("door", NAMES)
def test_whatever_comes_in_by_a_door_is_taken_or_refused_in_words(door: str, tmp_path: Path) -> None:
    doors = Doors(tmp_path)
    with little_memory():
        inputs = INPUTS_TO_INSPECT if door.startswith("inspect") else INPUTS
        crashes = [crash for seed in range(inputs) if (crash := opened(doors, door, seed))]
    assert crashes == []


def test_every_door_is_tried(tmp_path: Path) -> None:
    assert set(Doors(tmp_path).names) == set(NAMES)
