"""Two commands at once, and a command that is killed: one waits; the file is sound; the next run finishes."""

from __future__ import annotations

import dataclasses
import os
import random
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt
from tests.struck.calls import POSSIBLE
from tests.struck.calls import WHY_NOT
from tests.struck.commands import loyalty
from tests.struck.judging import striking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
NIGHT = "2026-12-31T05:00:00+00:00"
IMPORT = "import purchases sales.csv"
KILLED_BY_SIGNAL = 137


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
    return {**os.environ, "LOYALTY_NOW": NIGHT, "PYTHONPATH": paths}


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
    runs = [subprocess.Popen(command(shop, "recalc", "-O", "json"), env=environment(), stdout=subprocess.DEVNULL) for _ in range(3)]
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


def killed_at_eight_moments(shop: Shop, words: str) -> Iterator[None]:
    """A command killed before eight of its writing calls, each time in the shop as it was; what is left is sound."""
    before = shop.database.read_bytes()
    undisturbed = loyalty(shop.folder, words, lambda _: None, now=NIGHT)
    assert undisturbed.code == 0
    yield
    for moment in random.Random(20261121).sample(range(1, undisturbed.calls + 1), 8):
        shop.database.write_bytes(before)
        assert loyalty(shop.folder, words, striking("killed", moment), now=NIGHT).code == KILLED_BY_SIGNAL
        with sqlite3.connect(shop.database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        yield


@pytest.mark.skipif(not POSSIBLE, reason=WHY_NOT)
def test_a_recalculation_killed_at_eight_moments_leaves_all_or_nothing_and_the_next_run_finishes(shop: Shop) -> None:
    moments = killed_at_eight_moments(shop, "recalc")
    next(moments)
    undisturbed = dump(shop)
    for _ in moments:
        assert dump(shop) in ([[], []], undisturbed)
        assert loyalty(shop.folder, "recalc", now=NIGHT).code == 0
        assert dump(shop) == undisturbed


RECEIPTS = """
SELECT s.name, r.number, r.day, r.clock, r.total, c.number,
  (SELECT group_concat(l.amount || a.code) FROM line l
    JOIN article a ON a.id = l.article_id WHERE l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095)
FROM receipt r JOIN store s ON s.id = r.store_id JOIN card c ON c.id = r.card_id ORDER BY 1, 2
"""


@pytest.mark.skipif(not POSSIBLE, reason=WHY_NOT)
def test_an_import_killed_at_eight_moments_leaves_all_or_nothing_and_the_next_run_finishes(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    lines = [
        f"2026-03-{1 + n % 28:02},10:{n % 60:02}:00,Market,N{n},29{n % 90:02},P{line},1,{n % 70}.50"
        for n in range(8_000)
        for line in range(2)
    ]
    (shop.folder / "sales.csv").write_text(
        "date,time,store,receipt,card,product,quantity,amount\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )

    def receipts() -> list[tuple[object, ...]]:
        with shop.reading() as connection:
            return connection.execute(RECEIPTS).fetchall()

    moments = killed_at_eight_moments(shop, IMPORT)
    next(moments)
    undisturbed = receipts()
    assert len(undisturbed) == 8_000
    for _ in moments:
        assert receipts() in ([], undisturbed)
        assert loyalty(shop.folder, IMPORT, now=NIGHT).code == 0
        assert receipts() == undisturbed
