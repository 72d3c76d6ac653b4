"""Commands killed before a call that writes, or with that call failing: before or after, never between, and finished next time.

A sample that is always the same; `python -m tests.benchmarks.kills` strikes at every call of every command.
"""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.struck import calls
from tests.struck.judging import Trial
from tests.struck.judging import WAYS
from tests.struck.shops import CASES

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = 6
SAMPLE = (
    *("import with rejects", "conflicts accept", "recalc a day", "redeem coupon", "month close", "draw run", "backup"),
    *("nightly", "till export", "points move", "revert", "chain begun"),
)


@pytest.mark.skipif(not calls.POSSIBLE, reason=calls.WHY_NOT)
@pytest.mark.parametrize("name", SAMPLE)
def test_a_command_struck_at_any_call_has_happened_or_not_and_the_same_again_ends_it(tmp_path: Path, name: str) -> None:
    if name.startswith("chain"):
        pytest.importorskip("pyarrow")
    trial = Trial(CASES[name], tmp_path)
    chance = random.Random(zlib.crc32(name.encode()))
    # The calls near the end are those of the commit, of the renames after it and of tidying up.
    moments = trial.moments(WAYS)
    late = [moment for moment in moments if moment[1] > len(trial.names) - 12]
    struck = trial.struck([*chance.sample(moments, MOMENTS // 2), *chance.sample(late, MOMENTS // 2)])
    assert struck.moments.total() == MOMENTS
    assert struck.wrong == []


@pytest.mark.skipif(not calls.POSSIBLE, reason=calls.WHY_NOT)
def test_a_disk_that_fails_after_the_commit_is_on_it_does_not_make_the_command_say_that_nothing_was_changed(
    tmp_path: Path,
) -> None:
    # The last fdatasync of a commit brings to the disk that the journal is empty: the rows are there without it.
    trial = Trial(CASES["import with rejects"], tmp_path)
    last = len(trial.names) - trial.names[::-1].index("fdatasync")
    struck = trial.struck([("disk fails", last)])
    assert (struck.wrong, struck.codes) == ([], {100: 1})


@pytest.mark.skipif(not calls.POSSIBLE, reason=calls.WHY_NOT)
@pytest.mark.parametrize("name", ["import with rejects", "draw run"])
def test_a_command_that_lost_the_power_has_happened_or_not_and_the_same_again_ends_it(tmp_path: Path, name: str) -> None:
    changes, wrong = Trial(CASES[name], tmp_path).without_power(5, seed=20261128)
    assert changes > 10
    assert wrong == []
