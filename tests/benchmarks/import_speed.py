"""How fast a validated import is beside SQLite's own `.import` of the same file as raw text with two indexes.

Makes its own seeded data in a temporary folder, runs both in turn, prints medians and ratios and writes them to a
JSON file: python tests/benchmarks/import_speed.py [--lines 1000000] [--rounds 3] [--output import_speed.json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
HEADER = "date,time,store,receipt,card,sku,category,quantity,amount"
LAYOUT = """\
columns:
  date: date
  time: time
  store: store
  receipt: receipt
  card: card
  product: sku
  category: category
  quantity: quantity
  amount: amount
card_check: ean
"""
PROGRAM = """\
program: Speed Club
currency: PLN
timezone: Europe/Warsaw
starts: 2024-01-01
"""
FIRST_DAY = date(2024, 1, 1)
DAYS = 730
STORES = ("Market", "Station", "Old Town", "Harbour")
CATEGORIES = ("fabric", "thread", "buttons", "zips", "ribbon", "patterns", "tools", "gifts")
ITEMS = 2000
RETURNS = 0.01
BAD = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds by the wall clock, those of the processor, and its highest memory."""

    seconds: float
    busy: float
    megabytes: float


def ean13(number: int) -> str:
    """Twelve digits with their EAN check digit."""
    digits = f"{number:012}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def spoiled(cells: list[str], chance: random.Random) -> list[str]:
    """A row with one cell as tills and spreadsheets spoil it."""
    kind = chance.randrange(4)
    if kind == 0:
        cells[0] = "2024-02-30"
    elif kind == 1:
        cells[4] = f"{float(cells[4] or 2900000000000):.5E}".replace("E+", "E+")
    elif kind == 2:
        cells[8] = "1.2.3"
    else:
        cells[7] = "one"
    return cells


def write_export(path: Path, *, lines: int, seed: int = 20261121, first_receipt: int = 1, first_day: int = 0) -> int:
    """A till export of about so many lines, three to a receipt; the number of receipts."""
    chance = random.Random(seed)
    cards = [ean13(290_000_000_000 + number) for number in range(max(1, lines * 3 // 100))]
    prices = [chance.randrange(100, 20_000) for _ in range(ITEMS)]
    written, receipt = 0, first_receipt
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER + "\n")
        while written < lines:
            day = FIRST_DAY + timedelta(days=first_day + (written * (DAYS - first_day)) // lines)
            moment = f"{chance.randrange(8, 21):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
            head = [
                day.isoformat(),
                moment,
                chance.choice(STORES),
                f"{receipt:08}",
                chance.choice(cards) if chance.random() < 0.9 else "",
            ]
            for _ in range(min(chance.choice((1, 2, 3, 4, 5)), lines - written)):
                item = chance.randrange(ITEMS)
                sign = "-" if chance.random() < RETURNS else ""
                pieces = chance.choice((1, 1, 1, 2, 3))
                row = [
                    *head,
                    f"SKU-{item:06}",
                    CATEGORIES[item % 8],
                    f"{sign}{pieces}",
                    f"{sign}{pieces * prices[item] / 100:.2f}",
                ]
                file.write(",".join(spoiled(row, chance) if chance.random() < BAD else row) + "\n")
                written += 1
            receipt += 1
    return receipt - first_receipt


def timed(command: list[str], *, script: str = "", folder: Path, expected: tuple[int, ...] = (0,)) -> Run:
    """Run a process and measure it."""
    # As it is once installed: modules are compiled by the first run, not by every one.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **compiled}
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(script)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    assert process.stderr is not None
    trouble = process.stderr.read()
    process.stderr.close()
    if code not in expected:
        raise SystemExit(f"{command} ended with {code}: {trouble}")
    return Run(seconds=seconds, busy=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024)


def run_peer(folder: Path) -> Run:
    """SQLite's own import of raw text, and two indexes."""
    database = folder / "peer.db"
    database.unlink(missing_ok=True)
    script = (
        ".mode csv\n.import export.csv raw\nCREATE INDEX raw_receipt ON raw (receipt);\nCREATE INDEX raw_card ON raw (card, date, time);\n"
    )
    return timed(["sqlite3", str(database)], script=script, folder=folder)


def run_ours(folder: Path, *, fresh: bool) -> Run:
    """Our import of the same file, into a new shop or again."""
    if fresh:
        make_shop(folder)
    command = [sys.executable, "-m", "loyalty_cli", "import", "purchases", "export.csv", "--layout", "till"]
    return timed(command, folder=folder, expected=(0, 100))


def make_shop(folder: Path) -> None:
    """An empty shop beside the export."""
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    for name in ("loyalty.db", "loyalty.db-journal"):
        (folder / name).unlink(missing_ok=True)
    code = "import sys, pathlib; from loyalty_cli.store.database import create; create(pathlib.Path(sys.argv[1])).close()"
    timed([sys.executable, "-c", code, str(folder / "loyalty.db")], folder=folder)


def measured(folder: Path, *, lines: int, rounds: int) -> dict[str, object]:
    """All runs in turn, and what they come to."""
    export = folder / "export.csv"
    receipts = write_export(export, lines=lines)
    runs: dict[str, list[Run]] = {"peer": [], "import": [], "again": []}
    # Compiles the modules, as an installation does.
    run_ours(folder, fresh=True)
    for number in range(rounds):
        order = ("peer", "import") if number % 2 == 0 else ("import", "peer")
        for name in order:
            runs[name].append(run_peer(folder) if name == "peer" else run_ours(folder, fresh=True))
        runs["again"].append(run_ours(folder, fresh=False))
    ratios = {name: ratio_of(runs[name], runs["peer"], "seconds") for name in ("import", "again")}
    busy = ratio_of(runs["import"], runs["peer"], "busy")
    return {
        "lines": lines,
        "receipts": receipts,
        "bytes_a_line": round(export.stat().st_size / lines, 1),
        "median_seconds": {name: round(statistics.median(run.seconds for run in each), 3) for name, each in runs.items()},
        "peak_megabytes": {name: round(max(run.megabytes for run in each), 1) for name, each in runs.items()},
        "ratio_of_processor_time": round(busy, 3),
        "ratio_to_peer": {name: round(ratio, 3) for name, ratio in ratios.items()},
        "aim": {"import": 1.6, "again": 0.1, "megabytes": 150},
        "runs": {name: [asdict(run) for run in each] for name, each in runs.items()},
    }


def ratio_of(ours: Sequence[Run], peers: Sequence[Run], what: str) -> float:
    """How many times as long we take, run by run."""
    ratios: list[float] = [getattr(mine, what) / getattr(peer, what) for mine, peer in zip(ours, peers, strict=True)]
    return statistics.median(ratios)


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=Path("import_speed.json"))
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-speed-") as folder:
        figures = measured(Path(folder), lines=wish.lines, rounds=wish.rounds)
    wish.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({name: value for name, value in figures.items() if name != "runs"}, indent=2) + "\n")


if __name__ == "__main__":
    main()
