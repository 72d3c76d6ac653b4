"""A reader that is open while a writer is killed reads on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.store.database import connect
from loyalty_cli.store.database import create
from loyalty_cli.store.database import finish_interrupted

if TYPE_CHECKING:
    from pathlib import Path

WRITES_AND_IS_KILLED = """
import os, sys
from pathlib import Path
from loyalty_cli.store.database import connect
connection = connect(Path(sys.argv[1]))
connection.execute("PRAGMA cache_size = 5")
connection.execute("BEGIN IMMEDIATE")
for number in range(2000):
    connection.execute("INSERT INTO store (name) VALUES (?)", (f"half done {number}" * 20,))
os._exit(9)
"""
STORES = "SELECT count(*) FROM store"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create(tmp_path / "loyalty.db").close()
    return tmp_path / "loyalty.db"


def test_what_a_killed_writer_left_is_undone_by_the_next_look(path: Path) -> None:
    with closing(connect(path, read_only=True)) as reader:
        before = reader.execute(STORES).fetchone()
        done = subprocess.run([sys.executable, "-c", WRITES_AND_IS_KILLED, str(path)], check=False)
        assert done.returncode == 9
        assert path.with_name("loyalty.db-journal").exists()
        assert reader.execute(STORES).fetchone() == before


def test_another_trouble_of_the_next_look_is_told_at_once(path: Path) -> None:
    tries = []
    with closing(connect(path, read_only=True, wait=0.1)) as reader, closing(sqlite3.connect(path, isolation_level=None)) as writer:

        def undone_and_locked() -> None:
            tries.append(1)
            if len(tries) == 1:
                finish_interrupted(path, wait=1)
                writer.execute("BEGIN EXCLUSIVE")

        reader.finish = undone_and_locked
        subprocess.run([sys.executable, "-c", WRITES_AND_IS_KILLED, str(path)], check=False)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            reader.execute(STORES)
    # As often as a reader waits for a writer that is at work.
    assert len(tries) == 1
