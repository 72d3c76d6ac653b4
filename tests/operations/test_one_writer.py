"""Two commands at once, and a command that is killed: one waits; the file is sound; the next run finishes."""

from __future__ import annotations

import dataclasses
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Killed
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 3 months
"""
ROOT = Path(__file__).parents[2]


def command(shop: Shop, *words: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "loyalty_cli",
        *words,
        "--program",
        str(shop.program),
        "--db",
        str(shop.database),
    ]


def environment() -> dict[str, str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**os.environ, "LOYALTY_NOW": "2026-12-31T05:00:00+00:00", "PYTHONPATH": paths}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=60)
    start = day("2026-01-01")
    put_receipts(shop, *(Receipt(f"N{n}", 1 + n % 60, start + n % 360, (("tea", 100 + n),)) for n in range(1200)))
    return shop


def test_a_second_command_waits_and_then_says_who_holds_the_shop_since_when(shop: Shop) -> None:
    hasty = dataclasses.replace(shop, wait=0.2)
    with shop.changing(), pytest.raises(StoreTrouble) as caught, hasty.changing():
        pass
    assert caught.value.exit_code == ExitCode.LOCKED
    assert f"process {os.getpid()}" in str(caught.value)
    assert "since 2027-03-01T06:00:00" in str(caught.value)


def test_a_second_command_goes_on_when_the_first_has_finished(shop: Shop) -> None:
    runs = [
        subprocess.Popen(command(shop, "recalc", "-O", "json"), env=environment(), stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM run WHERE entries > 0").fetchone() == (1,)


def test_a_viewer_that_holds_the_file_gives_the_same_exit_code(shop: Shop) -> None:
    viewer = sqlite3.connect(shop.database, isolation_level=None)
    viewer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreTrouble) as caught:
        recalc(dataclasses.replace(shop, wait=0.2), as_of=day("2026-12-31"))
    assert caught.value.exit_code == ExitCode.LOCKED
    viewer.close()


# Everything but the moments at which things were done.
DUMP = "SELECT member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on, booked_on FROM ledger ORDER BY id"
STANDINGS = "SELECT * FROM standing ORDER BY member_id"


def dump(shop: Shop) -> list[list[tuple[object, ...]]]:
    with shop.reading() as connection:
        return [connection.execute(query).fetchall() for query in (DUMP, STANDINGS)]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX; Windows ends a process the same way")
def test_a_recalculation_killed_at_eight_moments_leaves_all_or_nothing_and_the_next_run_finishes(
    shop: Shop,
) -> None:
    before = shop.database.read_bytes()
    started = time.perf_counter()
    subprocess.run(command(shop, "recalc"), env=environment(), check=True, stdout=subprocess.DEVNULL)
    whole = time.perf_counter() - started
    undisturbed = dump(shop)
    chance = random.Random(20261121)
    for _ in range(8):
        shop.database.write_bytes(before)
        run = subprocess.Popen(
            command(shop, "recalc"), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        run.send_signal(signal.SIGKILL)
        run.wait()
        with sqlite3.connect(shop.database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert dump(shop) in ([[], []], undisturbed)
        subprocess.run(command(shop, "recalc"), env=environment(), check=True, stdout=subprocess.DEVNULL)
        assert dump(shop) == undisturbed


RECEIPTS = """
SELECT s.name, r.number, r.day, r.clock, r.total, c.number,
  (SELECT group_concat(l.amount || a.code) FROM line l
    JOIN article a ON a.id = l.article_id WHERE l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095)
FROM receipt r JOIN store s ON s.id = r.store_id JOIN card c ON c.id = r.card_id ORDER BY 1, 2
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX; Windows ends a process the same way")
def test_an_import_killed_at_eight_moments_leaves_all_or_nothing_and_the_next_run_finishes(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    export = shop.folder / "sales.csv"
    lines = [
        f"2026-03-{1 + n % 28:02},10:{n % 60:02}:00,Market,N{n},29{n % 90:02},P{line},1,{n % 70}.50"
        for n in range(8_000)
        for line in range(2)
    ]
    export.write_text(
        "date,time,store,receipt,card,product,quantity,amount\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    before = shop.database.read_bytes()
    run_it = command(shop, "import", "purchases", str(export))

    def receipts() -> list[tuple[object, ...]]:
        with shop.reading() as connection:
            return connection.execute(RECEIPTS).fetchall()

    started = time.perf_counter()
    subprocess.run(run_it, env=environment(), check=True, stdout=subprocess.DEVNULL)
    whole = time.perf_counter() - started
    undisturbed = receipts()
    assert len(undisturbed) == 8_000
    chance = random.Random(20261122)
    for _ in range(8):
        shop.database.write_bytes(before)
        run = subprocess.Popen(run_it, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        run.send_signal(signal.SIGKILL)
        run.wait()
        with sqlite3.connect(shop.database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert receipts() in ([], undisturbed)
        subprocess.run(run_it, env=environment(), check=True, stdout=subprocess.DEVNULL)
        assert receipts() == undisturbed
