"""Kill a command at every single write, and fail every single write, each time on a fresh copy of a prepared shop.

    python tests/benchmarks/kills.py [--every N] [COMMAND ...]

Needs strace. After each kill the database must open and be sound, its content must be that of before or of after, the
same command must end as if it had never been killed, and nothing may be left over. Prints one line for each command.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "mkdir", "rmdir")
KILLED = 137
NOW = "2026-11-21T10:00:00+00:00"
LEFT = re.compile(r".*\.part|.*-journal|.*\.new|\.mending|\.demo-begun")
# What differs from one run to the next by nature: moments, and the numbers of nights.
MOMENTS = {"night"}


class Case(NamedTuple):
    """A command: its words, those that prepare its shop, and files to be put there."""

    words: str
    before: tuple[str, ...] = ()
    now: str = NOW


HEAD = "date,time,store,receipt,card,product,quantity,amount\n"
FIRST = HEAD + "".join(
    f"2026-{7 + n % 3:02}-{1 + n % 28:02},10:{n % 60:02}:00,Market,N{n},29{n % 20:05},P{n % 9},1,{20 + n % 90}.50\n"
    for n in range(300)
)
DAILY = HEAD + "".join(
    f"2026-11-20,11:{n % 60:02}:00,Market,D{n},29{n % 25:05},P{n % 9},1,{'x' if n == 7 else 60 + n}.50\n" for n in range(40)
)
CHANGED = FIRST.replace("N5,2900005,P5,1,25.50", "N5,2900005,P5,1,26.50")
PROGRAM = """\
program: Killed
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
stores:
  Market: {files: till/*.csv, layout: plain}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.01
coupons:
  thanks: {discount: 5%, valid_for: 90 days}
rewards:
  thanks: {when: {one_purchase: 50.00}, give: {coupon: thanks}}
draws:
  autumn:
    dates: 2026-07-01 to 2026-10-31
    one_ticket_for_every: 20.00
    prizes: {machine: 1, box: 2}
nightly: [backup, import, recalc, coupons]
"""
IMPORT = "import purchases first.csv --store Market"
WORKED = (IMPORT, "recalc --as-of 2026-11-19")
CASES = {
    "init": Case("init new"),
    "demo": Case("demo new"),
    "import-first": Case(IMPORT),
    "import-daily": Case("import purchases daily.csv --store Market", WORKED),
    "recalc-first": Case("recalc --as-of 2026-11-20", (IMPORT,)),
    "recalc-daily": Case("recalc --as-of 2026-11-20", (*WORKED, "import purchases daily.csv --store Market")),
    "take-back": Case("recalc --take-back 1 --reason wrong", WORKED),
    "coupons": Case("coupons issue", WORKED),
    "month": Case("month close 2026-07 --yes-without all --accept-open", WORKED),
    "conflicts": Case("import conflicts --accept all --by me", (*WORKED, "import purchases changed.csv --store Market")),
    "revert": Case("import revert 1", WORKED),
    "redeem": Case("redeem points 2900001 50 --store Market --key k1", WORKED),
    "draw-close": Case("draw close autumn --accept-late", WORKED),
    "draw-run": Case("draw run autumn --public 1-2-3-4", (*WORKED, "draw close autumn --accept-late")),
    "backup": Case("backup", WORKED),
    "restore": Case("restore kept.zip --yes", WORKED),
    "nightly": Case("nightly", WORKED),
    "store-rename": Case("store rename Market Corner", WORKED),
    "member-merge": Case("member merge 2900001 2900002", WORKED),
}


def prepared(folder: Path, case: Case) -> Path:
    """A shop in which the command can run."""
    shop = folder / "prepared"
    (shop / "till").mkdir(parents=True)
    if case.words.split()[0] in {"init", "demo"}:
        return shop
    (shop / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    for name, text in (("first", FIRST), ("daily", DAILY), ("changed", CHANGED)):
        (shop / f"{name}.csv").write_text(text, encoding="utf-8")
    for words in ("init", *case.before):
        done = run(shop, words, case)
        assert done.returncode in {0, 100}, (words, done.stdout, done.stderr)
    if case.words.startswith("restore"):
        assert not run(shop, "backup keep", case).returncode
        next((shop / "keep").glob("*.zip")).rename(shop / "kept.zip")
        (shop / "keep").rmdir()
        assert not run(shop, "recalc --as-of 2026-11-20", case).returncode
    if case.words == "nightly":
        shutil.copy(shop / "daily.csv", shop / "till" / "daily.csv")
    return shop


def run(shop: Path, words: str, case: Case, inject: str = "") -> subprocess.CompletedProcess[str]:
    """One command in a shop, under a hook that strikes at one call, if asked."""
    call = inject.partition(":")[0]
    hook = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={inject}"] if inject else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LOYALTY_NOW": case.now}
    command = [*hook, sys.executable, "-m", "loyalty_cli", *words.split()]
    return subprocess.run(
        command, cwd=shop, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def content(shop: Path) -> dict[str, object]:
    """All rows of the database, and the files beside it; moments and backups' names are the same in every run."""
    found: dict[str, object] = {}
    for path in sorted(shop.rglob("*")):
        name = path.relative_to(shop).as_posix()
        if path.is_file() and path.suffix not in {".db", ".lock", ".zip"} and not LEFT.fullmatch(path.name):
            found[name] = path.read_bytes()
    for path in shop.rglob("*.db"):
        if path.name.startswith(".") or ".before-" in path.name:
            continue
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "damaged"
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in sorted(tables):
                if table not in MOMENTS and not table.startswith(("_sqlite", "sqlite_")):
                    rows = connection.execute(f"SELECT * FROM {table}").fetchall()
                    found[f"{path.parent.name if path.parent != shop else '.'}/{table}"] = sorted(rows, key=repr)
    secret = [key for key in found if key.endswith("/setting")]
    for key in secret:
        found[key] = [row for row in found[key] if row[0] != "secret"]  # type: ignore[attr-defined]
    return found


def differing(found: dict[str, object], wanted: dict[str, object]) -> list[str]:
    """Where two contents differ."""
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def judged(shop: Path, case: Case, before: dict[str, object], after: dict[str, object]) -> str:
    """What is wrong after a command was struck; '' if nothing is."""
    if case.words.split()[0] not in {"init", "demo", "nightly", "restore"}:
        tables = {name: rows for name, rows in content(shop).items() if name.startswith("./")}
        if all(differing(tables, {k: v for k, v in whole.items() if k.startswith("./")}) for whole in (before, after)):
            return "partial: " + ", ".join(differing(tables, before))
    again = run(shop, case.words, case)
    if again.returncode == 1 or "Traceback" in again.stderr:
        return f"again ends with {again.returncode}: {again.stderr[-300:]}"
    if again.returncode and differing(content(shop), after):
        return f"again ends with {again.returncode}: {again.stderr[-300:]}"
    if wrong := differing(content(shop), after):
        return f"another end ({again.returncode}): " + ", ".join(wrong)[:300]
    left = [path.name for path in shop.rglob("*") if LEFT.fullmatch(path.name)]
    return f"left over: {left}" if left else ""


def strikes(case: Case, folder: Path, *, every: int) -> tuple[int, int, list[str]]:
    """Kill and fail a command at every call; how many kills, how many failures, what was wrong."""
    shop = prepared(folder, case)
    before = content(shop)
    whole = folder / "whole"
    shutil.copytree(shop, whole)
    done = run(whole, case.words, case)
    assert done.returncode in {0, 100}, (done.returncode, done.stderr)
    after = content(whole)
    counts = {"signal=KILL": 0, "error=ENOSPC": 0, "error=EIO": 0}
    wrong = []
    for how in counts:
        for call in CALLS:
            if how != "signal=KILL" and call in {"unlink", "rmdir"}:
                continue
            number = 1
            while True:
                copy = folder / "copy"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(shop, copy)
                struck = run(copy, case.words, case, f"{call}:{how}:when={number}")
                if struck.returncode in {0, 100} and (how == "signal=KILL" or not differing(content(copy), after)):
                    break
                counts[how] += 1
                if fault := judged(copy, case, before, after):
                    wrong.append(f"{call} {number} {how}: {fault}")
                number += every
    return counts["signal=KILL"], counts["error=ENOSPC"] + counts["error=EIO"], wrong


def main() -> None:
    """Every command, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(CASES))
    parser.add_argument("--every", type=int, default=1, help="strike at every N-th call only")
    asked = parser.parse_args()
    for name in asked.commands or CASES:
        with tempfile.TemporaryDirectory() as folder:
            kills, failures, wrong = strikes(CASES[name], Path(folder), every=asked.every)
        sys.stdout.write(f"{name}: {kills} kills, {failures} failing calls, {len(wrong)} wrong\n")
        for fault in wrong:
            sys.stdout.write(f"  {fault}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
