"""A draw of 5,000,000 tickets beside writing and hashing the same file: close, run of 1,000 winners, verify.

    python tests/benchmarks/draw_speed.py [TICKETS] [MEMBERS] [ROUNDS]

Each contestant is a process of its own, run in turn with the others; it prints seconds, peak memory and ratios.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from loyalty_cli.model.days import day_from_iso  # noqa: E402
from loyalty_cli.model.draw import DrawRules  # noqa: E402
from loyalty_cli.model.draw import Randomness  # noqa: E402
from loyalty_cli.operations.draws import close as draw_close  # noqa: E402
from loyalty_cli.operations.draws.run import draw_run  # noqa: E402
from loyalty_cli.operations.draws.verify import draw_verify  # noqa: E402
from loyalty_cli.operations.open_shop import Shop  # noqa: E402
from loyalty_cli.store.database import create  # noqa: E402
from tests.benchmarks.side_by_side import in_turn  # noqa: E402
from tests.benchmarks.side_by_side import medians  # noqa: E402
from tests.benchmarks.side_by_side import ratio  # noqa: E402
from tests.benchmarks.side_by_side import Run  # noqa: E402
from tests.benchmarks.side_by_side import timed  # noqa: E402

WINNERS = 1_000
NAME = "big draw"
RULES = DrawRules(
    name=NAME,
    first_day=day_from_iso("2026-03-01"),
    last_day=day_from_iso("2026-04-18"),
    prizes=(("prize", WINNERS),),
    reserves=10,
)
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


# Write the lines of the file of tickets, safely to the disk, and hash what was written; nothing else is imported.
WRITE_AND_HASH = """
import hashlib, os, sys
with open(sys.argv[1]) as whole, open(sys.argv[2], "w") as file:
    for line in whole:
        file.write(line)
    file.flush()
    os.fsync(file.fileno())
hash = hashlib.sha256()
with open(sys.argv[2], "rb") as file:
    while piece := file.read(1 << 20):
        hash.update(piece)
print(hash.hexdigest())
"""
# The same from memory to disk in one go: the least that any program needs.
COPY_AND_HASH = """
import hashlib, os, sys
whole = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb") as file:
    file.write(whole)
    file.flush()
    os.fsync(file.fileno())
print(hashlib.sha256(whole).hexdigest())
"""
PEERS = {"write and hash": WRITE_AND_HASH, "copy and hash": COPY_AND_HASH}


def shop_at(folder: Path, moment: str) -> Shop:
    """The benchmark's shop at a moment."""
    return Shop(
        program=folder / "program.yaml",
        database=folder / "loyalty.db",
        now=datetime.fromisoformat(moment),
        secret="",
    )


def make(folder: Path, tickets: int, members: int) -> None:
    """A shop whose members hold 1 to 9 tickets, all together as many as asked for."""
    connection = create(folder / "loyalty.db")
    settings = {"secret": "07" * 32, "timezone": "Europe/Warsaw", "currency": "PLN"}
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", settings.items())
    connection.execute("INSERT INTO asset (id, name) VALUES (1, ?)", (f"ticket:{NAME}",))
    connection.executemany(
        "INSERT INTO member (id, number, name) VALUES (?, ?, ?)",
        ((member, f"M{member}", f"Person {member}") for member in range(1, members + 1)),
    )
    share = tickets // members
    counts = [share + (member % 3 - 1 if share > 1 else 0) for member in range(members)]
    counts[-1] += tickets - sum(counts)
    day = RULES.first_day
    connection.executemany(
        "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity,"
        " effective_on, booked_on, run_id) VALUES (?, 1, 1, ?, 1, ?, ?, ?, 1)",
        ((member, member, count, day, day) for member, count in enumerate(counts, 1)),
    )
    connection.execute("COMMIT")
    connection.close()


def step(word: str, folder: Path) -> None:
    """One contestant, in this process."""
    if word == "close":
        with patch.object(draw_close, "draw_rules", return_value=RULES):
            draw_close.draw_close(shop_at(folder, "2026-04-19T08:00:00+00:00"), NAME)
    elif word == "run":
        chance = Randomness(public=f"drand {CHAIN} 27946612 {'5a' * 32}")
        draw_run(shop_at(folder, "2026-04-20T18:00:00+00:00"), NAME, chance=chance)
    else:
        assert int(draw_verify(folder / "draws" / "big-draw").exit_code) == 0


def fresh(folder: Path, word: str) -> Run:
    """A contestant's process, after the shop was put back to before its step."""
    if word in PEERS:
        files = [str(folder / "draws" / "big-draw" / "entries.txt"), str(folder / "again.txt")]
        return timed([sys.executable, "-c", PEERS[word], *files], folder=folder)
    kept = folder / f"before_{word}.db"
    if kept.exists():
        shutil.copyfile(kept, folder / "loyalty.db")
    if word == "close":
        shutil.rmtree(folder / "draws", ignore_errors=True)
    if word == "run":
        for name in ("seed.txt", "proof.tsv", "proof.json", "verify.py", "recipe.sh", "README.txt"):
            (folder / "draws" / "big-draw" / name).unlink(missing_ok=True)
    return timed([sys.executable, __file__, "--step", word, str(folder)], folder=folder)


def main(tickets: int, members: int, rounds: int) -> None:
    """Make the shop once, then run everybody in turn."""
    folder = Path(tempfile.mkdtemp(prefix="draw_speed_"))
    make(folder, tickets, members)
    shutil.copyfile(folder / "loyalty.db", folder / "before_close.db")
    fresh(folder, "close")
    shutil.copyfile(folder / "loyalty.db", folder / "before_run.db")
    fresh(folder, "run")
    words = (*PEERS, "run", "verify")
    runs = in_turn({word: partial(fresh, folder, word) for word in words}, rounds=rounds)
    closes = [fresh(folder, "close") for _ in range(min(3, rounds))]
    figures = {word: medians(runs[word]) for word in words} | {"close": medians(closes)}
    ratios = {word: {peer: ratio(runs[word], runs[peer]) for peer in PEERS} for word in ("run", "verify")}
    sys.stdout.write(json.dumps({"figures": figures, "ratios": ratios}, indent=1) + "\n")
    shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        step(sys.argv[2], Path(sys.argv[3]))
    else:
        numbers = [int(text) for text in sys.argv[1:]] + [5_000_000, 1_000_000, 3][len(sys.argv) - 1 :]
        main(*numbers[:3])
