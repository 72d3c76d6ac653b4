"""A closed month's evidence: checked by its own script, with Python alone, and every change of it is found."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.evidence import month_evidence
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

EVERYTHING = Accepted(without=("all",), open_matters=True)
NOVEMBER = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)


@pytest.fixture
def unpacked(there: SmallShop, tmp_path: Path) -> Path:
    """Ana buys for 50.00 in September, Boris for 120.00 in October; both months are closed."""
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    there.export("market-10.csv", [sold(2, "2026-10-11 10:00", BORIS, "120.00")])
    later = replace(there.shop, now=NOVEMBER)
    nightly(later)
    month_close(later, through="2026-10", accepted=EVERYTHING, by="Ewa")
    content, _ = month_evidence(later, "2026-10")
    folder = tmp_path / "evidence"
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False)


def test_the_script_of_40_lines_finds_that_everything_holds(unpacked: Path) -> None:
    answer = verified(unpacked)
    # A point for every 1.00: 50 and 120.
    assert answer.stdout.startswith("Everything holds: ")
    assert " 170 points, " in answer.stdout
    assert answer.returncode == 0
    assert len((unpacked / "verify.py").read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("entries-2026-09.txt", ',50,"2026-09-10"', ',60,"2026-09-10"', "entries-2026-09.txt is not what was booked"),
        ("months.csv", "2026-09,", "2026-09,x", "months.csv is not the file that was written"),
        ("seals.txt", "month 2026-09", "month 2026-08", "does not prove the one before it"),
        ("points-by-store.csv", ",50,", ",70,", "points-by-store.csv"),
        ("changes.csv", "", "a line\n", "changes.csv is not the file that was written"),
    ],
)
def test_whatever_is_changed_is_found(unpacked: Path, file: str, old: str, new: str, told: str) -> None:
    path = unpacked / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    answer = verified(unpacked)
    assert told in answer.stdout
    assert answer.returncode == 1


def test_the_same_month_gives_the_same_bytes_after_another_one_is_closed(there: SmallShop, unpacked: Path) -> None:
    there.export("market-11.csv", [sold(3, "2026-11-02 10:00", ANA, "20.00")])
    before, _ = month_evidence(there.shop, "2026-10")
    nightly(replace(there.shop, now=NOVEMBER))
    assert month_evidence(there.shop, "2026-10")[0] == before


def test_an_open_month_has_none(there: SmallShop) -> None:
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    nightly(there.shop)
    with pytest.raises(Refused, match="is not closed"):
        month_evidence(there.shop, "2026-09")
