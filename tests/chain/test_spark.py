"""The demo shop on Spark itself, with a task and a driver that die on the way. Without Java or Spark this is skipped, in plain words."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.chain.move import move
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'loyalty-cli[cluster]'")
if not shutil.which("java"):
    pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from loyalty_cli.operations.ledger import on_engine
from loyalty_cli.operations.ledger.bucket import Replay
from tests.chain.chained import all_of
from tests.chain.chained import SET_ASIDE

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class DiesOnce(Replay):
    """A worker that is killed after it has written all its files, the first time anywhere."""

    def __call__(self, number: int) -> str:
        said = Replay.__call__(self, number)
        mark = Path(self.folder).parents[2] / "died"
        if not mark.exists():
            mark.touch()
            os._exit(1)
        return said


@pytest.fixture(autouse=True)
def workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    there = demo_shop(tmp_path_factory.mktemp("chain") / "demo")
    for _ in demo(there):
        pass
    return there


def in_folder(shop: Shop, folder: Path) -> Shop:
    return Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=shop.now, secret=shop.secret)


# What Spark and pandas warn of among themselves is no fault of ours.
@pytest.mark.filterwarnings("ignore")
def test_a_killed_task_is_done_again_and_the_night_after_is_the_shops(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, all_before = shop.database.read_bytes(), all_of(shop)
    monkeypatch.setattr(on_engine, "Replay", DiesOnce)
    outcome = move(shop, tmp_path / "chain", master="local[2,4]", buckets=2)
    monkeypatch.undo()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert (tmp_path / "died").exists()
    assert outcome.data["failed_tasks"] == 1
    assert outcome.data["members"] == 361
    assert shop.database.read_bytes() == before
    # The night after: two files, one of them with receipts that are known.
    shop = replace(shop, now=shop.now + timedelta(days=9))
    chain = in_folder(shop, tmp_path / "chain")
    lines = (shop.folder / "exports" / "rynek.csv").read_bytes().splitlines(keepends=True)
    files = [tmp_path / "again.csv", tmp_path / "new.csv"]
    files[0].write_bytes(b"".join(lines[:40]))
    # A new receipt, and a row whose day is none; the last row of an export is its sum.
    new = b"05.11.2026;10:57;2;99001;2900041006666;T02;x;23;1;67,20;0;\n"
    none = b"99.99.2026;10:57;2;99002;;T02;x;23;1;1,00;0;\n"
    files[1].write_bytes(b"".join([*lines[:2], new, none, lines[-1]]))
    night = local_day(shop.now, "Europe/Warsaw") - 1
    for each in (shop, chain):
        import_purchases(each, [str(file) for file in files], store="Rynek", layout="rynek")
        recalc(each, as_of=night)
    after = all_of(chain)
    assert after == all_of(shop)
    assert len(after[SET_ASIDE]) > len(all_before[SET_ASIDE])


def test_a_killed_driver_leaves_nothing_that_counts(shop: Shop, tmp_path: Path) -> None:
    from loyalty_cli.operations.chain.begin import make_chain
    from loyalty_cli.store.chain.control_book import Place

    folder = tmp_path / "chain"
    shutil.copytree(shop.folder, folder)
    chain = in_folder(shop, folder)
    make_chain(chain.database, Place("local[2,4]", "tables", 2), at=shop.moment)
    before = all_of(chain)
    command = [sys.executable, "-m", "loyalty_cli", "check", "--full"]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    for _ in range(600):
        if list((folder / "tables").glob(".work-*/brief-1")):
            break
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert list((folder / "tables").glob(".work-*"))
    assert all_of(chain) == before
    with chain.changing():
        pass
    assert not list((folder / "tables").glob(".work-*"))


@pytest.mark.filterwarnings("ignore")
def test_an_unknown_master_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError):
        move(shop, tmp_path / "chain", master="nowhere", buckets=2)
    assert list(tmp_path.iterdir()) == []
