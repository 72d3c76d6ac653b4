"""Files through a pipe: `-` is what is on standard input, for every import and for inspect."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.cli.running import CLEAN
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

SALES = """receipt,date,card,product,category,quantity,amount
R1,2026-01-05,2900001,P,c,1,100.00
R2,2026-01-06,2900002,P,c,2,x
"""


def piped(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "loyalty_cli", *words],
        cwd=folder, env=CLEAN, input=text, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_purchases_come_in_through_a_pipe(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    done = piped(tmp_path, SALES, "import", "purchases", "-", "--store", "Market", "-O", "json")
    assert (done.returncode, done.stderr) == (100, "")
    assert asked(shop, "SELECT number, total FROM receipt") == [("R1", 10000)]
    assert [path.name for path in (tmp_path / "set-aside").iterdir()] == ["stdin.1.csv"]


def test_members_come_in_through_a_pipe(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    done = piped(tmp_path, "card,name\n2900001,Maria Nowak\n", "import", "members", "-")
    assert done.returncode == 0
    assert asked(shop, "SELECT name FROM member") == [("Maria Nowak",)]


def test_what_inspect_says_next_reads_the_pipe_again(tmp_path: Path) -> None:
    shop_in(tmp_path)
    done = piped(tmp_path, SALES.replace(",x", ",7.00"), "import", "inspect", "-")
    assert "loyalty import purchases - " in done.stdout.replace("\n", " \n")
