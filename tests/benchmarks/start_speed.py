"""What a look costs to start: commands that go by the adopted program, and plain reports, beside an empty Typer command.

python tests/benchmarks/start_speed.py [--rounds 9]
The aims: explain and reports in JSON at most 1.3 times an empty command, quote 1.5, a table of 50 rows 2.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.quote_speed import cards_of
from tests.benchmarks.quote_speed import EMPTY
from tests.benchmarks.side_by_side import in_turn
from tests.benchmarks.side_by_side import medians
from tests.benchmarks.side_by_side import timed

LOYALTY = [sys.executable, "-m", "loyalty_cli"]


def looks(card: str) -> dict[str, list[str]]:
    """Commands that only look, by what they are called here."""
    return {
        "explain": ["explain", card, "-O", "json"],
        "quote": ["quote", card, "120.00"],
        "card": ["member", "card", card, "-O", "json"],
        "status": ["status", "-O", "json"],
        "members": ["report", "members", "-O", "json"],
        "progress": ["report", "progress", "-O", "json"],
        "money": ["report", "money", "-O", "json"],
        "texts": ["messages", "check", "-O", "json"],
        "prizes": ["report", "prizes", "-O", "json"],
        "draws": ["report", "draws", "-O", "json"],
        "program": ["program", "check", "-O", "json"],
        "dashboard": ["report", "dashboard", "-O", "json"],
        "rfm": ["report", "rfm", "-O", "csv"],
        "50 rows": ["report", "members", "--limit", "50"],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        subprocess.run([*LOYALTY, "demo", str(folder)], check=True, capture_output=True)
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        commands = {"empty": [sys.executable, "empty.py"]}
        commands |= {called: [*LOYALTY, *words] for called, words in looks(cards_of(folder)[0]).items()}
        runs = {called: partial(timed, command, folder=folder) for called, command in commands.items()}
        found = {called: medians(own) for called, own in in_turn(runs, rounds=arguments.rounds).items()}
    empty = found["empty"]["cpu"]
    lines = [f"{called:<9} {run['cpu']:6.3f} s of processors  {run['cpu'] / empty:5.2f}" for called, run in found.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
