"""What a chain's replay costs on Spark beside the single process, as it grows, and what a night on top of it costs.

Makes its own seeded shops (in a folder that may be kept for the next time) and runs whole processes in turn:
python tests/benchmarks/chain_speed.py [--lines 1000000,10000000] [--masters 'local[1,4];local[2,4]'] [--rounds 1] [--night local[2,4]]
`shop` is the one database, `here` the chain without Spark. What counts is processor seconds of the whole tree of processes: the
marginal cost is the difference between two sizes by the difference in lines. A night is an import of 10,000 lines and a
recalculation; beside it stands what Spark takes for a task that does nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from loyalty_cli.model.days import iso
from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.store.chain.control_book import Place
from tests.benchmarks import recalc_shop
from tests.benchmarks.process_tree import tree_of
from tests.benchmarks.recalc_in_sql import PROGRAM

if TYPE_CHECKING:
    from tests.benchmarks.process_tree import Tree

LAST = recalc_shop.FIRST + recalc_shop.DAYS - 1
NIGHT_LINES = 10_000
# A bucket of about so many lines is some seconds of one task.
LINES_IN_BUCKET = 125_000
SHOP, HERE = "shop", "here"
AT = "2026-01-01T00:00:00Z"
NAMES = ("date", "time", "store", "receipt", "card", "product", "category", "quantity", "amount")
LAYOUT = "columns:\n" + "".join(f"  {name}: {name}\n" for name in NAMES)
LOYALTY = [sys.executable, "-m", "loyalty_cli"]
# Spark's own fixed cost: it starts, gives workers tasks of nothing, and ends.
NOTHING = "from loyalty_cli.chain.spark import Spark; s = Spark({master!r}); s.run(str, 2); s.close()"


def made(folder: Path, lines: int) -> Path:
    """A shop of so many lines, and the same as a chain beside it; kept for the next time."""
    place = folder / f"{lines}"
    if not place.exists():
        part = folder / f"{lines}.part"
        shutil.rmtree(part, ignore_errors=True)
        for kind in (SHOP, "chain"):
            (part / kind / "layouts").mkdir(parents=True)
            (part / kind / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
            (part / kind / "program.yaml").write_text(PROGRAM, encoding="utf-8")
        members = recalc_shop.make_shop(part / SHOP / "loyalty.db", lines=lines)
        with sqlite3.connect(part / SHOP / "loyalty.db") as connection:
            connection.executemany("INSERT INTO card VALUES (?, ?, ?)", ((id_, f"C{id_}", id_) for id_ in range(1, members + 1)))
        (part / "night.csv").write_text(a_day(members), encoding="utf-8")
        shutil.copy(part / SHOP / "loyalty.db", part / "chain" / "loyalty.db")
        make_chain(part / "chain" / "loyalty.db", Place(HERE, "tables", max(4, lines // LINES_IN_BUCKET)), at=AT)
        part.rename(place)
    return place


def a_day(members: int) -> str:
    """The next day's export, three lines to a receipt."""
    chance = random.Random(1)
    rows = [",".join(NAMES)]
    for number in range(NIGHT_LINES // 3):
        head = f"{iso(LAST + 1)},12:{number % 60:02}:00,Shop 1,N{number},C{chance.randrange(1, members + 1)}"
        rows += [f"{head},{chance.randrange(1, 2001):05},tea,1,{chance.randrange(1, 50)}.00" for _ in range(3)]
    return "\n".join(rows) + "\n"


def as_new(folder: Path, source: Path, who: str) -> Path:
    """A copy to work on; files of a chain are never changed, so they are the same ones."""
    there = folder / "work"
    shutil.rmtree(there, ignore_errors=True)
    shutil.copytree(source, there, copy_function=linked)
    if who != SHOP:
        tree_of([*LOYALTY, "chain", "set", "--master", who], folder=there)
    return there


def linked(source: str, target: str) -> None:
    """A file of the tables under a second name, any other as a copy."""
    if source.endswith(".parquet"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)


def replayed(folder: Path, place: Path, who: str) -> Tree:
    """The recalculation of everybody."""
    there = as_new(folder, place / (SHOP if who == SHOP else "chain"), who)
    return tree_of([*LOYALTY, "recalc", "--as-of", iso(LAST)], folder=there)


def nights(folder: Path, place: Path, who: str) -> dict[str, Tree]:
    """The import of a day's lines and the recalculation after it; the books before are made without Spark, once."""
    after = place / f"after-{SHOP if who == SHOP else 'chain'}"
    if not after.exists():
        replayed(folder, place, SHOP if who == SHOP else HERE)
        (folder / "work").rename(after)
    there = as_new(folder, after, who)
    taken_in = ["import", "purchases", str(place / "night.csv"), "--layout", "till"]
    names = {"import": taken_in, "recalc": ["recalc", "--as-of", iso(LAST + 1)]}
    runs = {f"night {name}": tree_of([*LOYALTY, *words], folder=there) for name, words in names.items()}
    if who not in {SHOP, HERE}:
        runs["Spark alone"] = tree_of([sys.executable, "-c", NOTHING.format(master=who)], folder=there)
    return runs


def say(**figures: object) -> None:
    """A line for each run."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and say."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--lines", default="1000000,10000000")
    ask.add_argument("--masters", default=f"{SHOP};{HERE};local[1,4];local[2,4]", help="who replays everybody, separated by ;")
    ask.add_argument("--night", default="", help="who does a night on the largest, separated by ;")
    ask.add_argument("--rounds", type=int, default=1)
    ask.add_argument("--folder", type=Path)
    told = ask.parse_args()
    folder = told.folder or Path(tempfile.mkdtemp(prefix="chain-speed-"))
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [int(lines) for lines in told.lines.split(",")]
    whos = [*filter(None, told.masters.split(";"))]
    cpu: dict[tuple[str, int], list[float]] = {}
    for lines in sizes:
        place = made(folder, lines)
        for _ in range(told.rounds):
            for who in whos:
                run = replayed(folder, place, who)
                cpu.setdefault((who, lines), []).append(run.cpu())
                say(lines=lines, who=who, **run.figures())
    first, last = sizes[0], sizes[-1]
    for who in whos if last > first else ():
        more = statistics.median(cpu[who, last]) - statistics.median(cpu[who, first])
        say(who=who, cpu_seconds_for_a_million_lines_more=round(more / (last - first) * 1e6, 2))
    for _ in range(told.rounds):
        for who in filter(None, told.night.split(";")):
            for what, run in nights(folder, made(folder, last), who).items():
                say(lines=last, who=who, what=what, **run.figures())


if __name__ == "__main__":
    main()
