"""The demo shop on Spark itself, with a task that dies on the way. Without Java or Spark this is skipped, in plain words."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.chain.move import move
from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from pyarrow import RecordBatch

    from loyalty_cli.operations.open_shop import Shop

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'loyalty-cli[cluster]'")
if not shutil.which("java"):
    pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from loyalty_cli.chain import books


@dataclass(frozen=True)
class DiesOnce(books.Replay):
    """A worker that is killed after it has given all its books, the first time anywhere."""

    mark: str = ""

    def __call__(self, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        yield from super().__call__(batches)
        if not Path(self.mark).exists():
            Path(self.mark).touch()
            os._exit(1)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    there = demo_shop(tmp_path_factory.mktemp("chain") / "demo")
    for _ in demo(there):
        pass
    return there


# What Spark and pandas warn of among themselves is no fault of ours.
@pytest.mark.filterwarnings("ignore")
def test_a_killed_task_is_done_again_and_the_books_are_the_shops(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shop.database.read_bytes()
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(books, "Replay", lambda texts, until: DiesOnce(texts, until, str(tmp_path / "died")))
    outcome = move(shop, tmp_path / "chain", master="local[2,4]", buckets=2)
    assert (tmp_path / "died").exists()
    assert outcome.data["failed_tasks"] == 1
    assert outcome.data["members"] == 361
    assert {path.name for path in (tmp_path / "chain").iterdir()} == {"facts", "books", "chain.json"}
    assert shop.database.read_bytes() == before


@pytest.mark.filterwarnings("ignore")
def test_an_unknown_master_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError):
        move(shop, tmp_path / "chain", master="nowhere", buckets=1)
    assert list(tmp_path.iterdir()) == []
