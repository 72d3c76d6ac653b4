"""How fast the recalculation is beside SQLite's window functions that write the same rows, and a day beside all of it.

Makes its own seeded shops in a temporary folder and runs whole processes in turn:
python tests/benchmarks/recalc_speed.py [--lines 1000000] [--more 3000000] [--rounds 5] [--output recalc_speed.json]
With DuckDB and its sqlite extension installed, the same arithmetic there is shown too; no promise rests on it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sqlite3
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from loyalty_cli.model.days import iso
from tests.benchmarks import recalc_shop
from tests.benchmarks.recalc_in_sql import PROGRAM
from tests.benchmarks.side_by_side import in_turn
from tests.benchmarks.side_by_side import medians
from tests.benchmarks.side_by_side import ratio
from tests.benchmarks.side_by_side import Run
from tests.benchmarks.side_by_side import timed

HERE = Path(__file__).resolve().parent
LAST = recalc_shop.FIRST + recalc_shop.DAYS - 1
DAY_LINES = 10_000
# What the README says: as fast as the peer, a day at most an eighth of all, never more memory than this.
PROMISED = {"full": 1.0, "day": 0.125, "megabytes": 150}
LEDGER = """
SELECT r.name, a.name, count(*), sum(l.quantity), sum(l.effective_on * l.quantity), sum(l.member_id * l.quantity)
FROM ledger l JOIN rule r ON r.id = l.rule_id JOIN asset a ON a.id = l.asset_id GROUP BY 1, 2 ORDER BY 1, 2
"""


def ours(folder: Path, *, fresh: str, until: int) -> Run:
    """Our recalculation of a fresh copy of a database."""
    shutil.copy(folder / fresh, folder / "loyalty.db")
    return timed([sys.executable, "-m", "loyalty_cli", "recalc", "--as-of", iso(until)], folder=folder)


def peer(folder: Path, *, script: str) -> Run:
    """The peer on a fresh copy of the same database."""
    shutil.copy(folder / "base.db", folder / "peer.db")
    return timed([sys.executable, str(HERE / script), "peer.db", str(LAST)], folder=folder)


def ledger(path: Path) -> list[tuple[object, ...]]:
    """The ledger of a database, added up by rule and asset."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(LEDGER).fetchall()
    finally:
        connection.close()


def measured(folder: Path, *, lines: int, rounds: int) -> dict[str, object]:
    """One shop: all of it beside the peer, then a day on top of it beside all of it."""
    folder.mkdir()
    (folder / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    members = recalc_shop.make_shop(folder / "base.db", lines=lines)
    ours(folder, fresh="base.db", until=LAST)
    peer(folder, script="recalc_in_sql.py")
    if ledger(folder / "loyalty.db") != ledger(folder / "peer.db"):
        raise SystemExit("The peer's ledger is not ours; nothing was measured.")
    shutil.copy(folder / "loyalty.db", folder / "day.db")
    recalc_shop.add_day(folder / "day.db", LAST + 1, lines=DAY_LINES, members=members)
    contestants = {
        "full": partial(ours, folder, fresh="base.db", until=LAST),
        "peer": partial(peer, folder, script="recalc_in_sql.py"),
        "day": partial(ours, folder, fresh="day.db", until=LAST + 1),
    }
    if importlib.util.find_spec("duckdb"):
        contestants["duckdb"] = partial(peer, folder, script="recalc_in_duckdb.py")
    runs = in_turn(contestants, rounds=rounds)
    ratios = {"full": ratio(runs["full"], runs["peer"]), "day": ratio(runs["day"], runs["full"])}
    if "duckdb" in runs:
        ratios["full to duckdb"] = ratio(runs["full"], runs["duckdb"])
    return {"lines": lines, "members": members, "ratios": ratios} | {name: medians(each) for name, each in runs.items()}


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--more", type=int, default=3_000_000, help="lines of a second, larger shop; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=Path("recalc_speed.json"))
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-speed-") as folder:
        shops = [measured(Path(folder) / str(lines), lines=lines, rounds=wish.rounds) for lines in (wish.lines, wish.more) if lines]
    figures = json.dumps({"promised": PROMISED, "shops": shops}, indent=2)
    wish.output.write_text(figures + "\n", encoding="utf-8")
    sys.stdout.write(figures + "\n")


if __name__ == "__main__":
    main()
