"""What a look costs to start: every report and every other command that only looks, beside an empty Typer command.

python tests/benchmarks/start_speed.py [--rounds 9] [NAME ...]
The aims: 1.3 times an empty command in JSON, a quote 1.5, a table of 50 rows 2. What is above its aim is marked. Whatever proves
the books (check, doctor, month pack) works first and looks then, and is not here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from loyalty_cli.reports.all_reports import ALL_REPORTS
from tests.benchmarks.quote_speed import cards_of
from tests.benchmarks.quote_speed import EMPTY
from tests.benchmarks.side_by_side import in_turn
from tests.benchmarks.side_by_side import medians
from tests.benchmarks.side_by_side import timed

LOYALTY = [sys.executable, "-m", "loyalty_cli"]


AIM = 1.3
AIMS = {"quote": 1.5, "50 rows": 2.0}
# Commands that only look, besides reports; {card} is a member's.
LOOKS = (
    *("explain {card}", "explain D01846", "member card {card}", "member find Anna", "consent list {card}", "status"),
    *("messages check", "messages list", "messages preview", "messages told {card}"),
    *("program check", "program show", "program terms", "program diff", "draw list", "feedback list", "feedback show 1"),
    *("till audit", "import conflicts", "import tills"),
)


def looks(card: str) -> dict[str, list[str]]:
    """Commands that only look, by what they are called here."""
    return {
        "quote": ["quote", card, "120.00"],
        "query": ["query", "SELECT card FROM members", "-O", "json"],
        **{look.format(card="CARD"): [*look.format(card=card).split(), "-O", "json"] for look in LOOKS},
        "rfm as CSV": ["report", "rfm", "-O", "csv"],
        "50 rows": ["report", "members", "--limit", "50"],
        **{name: ["report", name, "-O", "json"] for name in ALL_REPORTS},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        subprocess.run([*LOYALTY, "demo", str(folder)], check=True, capture_output=True)
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        commands = {"empty": [sys.executable, "empty.py"]}
        for called, words in looks(cards_of(folder)[0]).items():
            if not arguments.names or called in arguments.names:
                commands[called] = [*LOYALTY, *words]
        runs = {called: partial(timed, command, folder=folder) for called, command in commands.items()}
        found = {called: medians(own) for called, own in in_turn(runs, rounds=arguments.rounds).items()}
    empty = found["empty"]["cpu"]
    lines = []
    for called, run in sorted(found.items(), key=lambda each: -each[1]["cpu"]):
        ratio = run["cpu"] / empty
        over = f"  above {AIMS.get(called, AIM)}" if ratio > AIMS.get(called, AIM) else ""
        lines.append(f"{called:<20} {run['cpu']:6.3f} s of processors  {ratio:5.2f}{over}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
