"""What a quote costs: one basket beside an empty Typer command, and many baskets in one start, on the demo's shop.

python tests/benchmarks/quote_speed.py [--baskets 10000] [--rounds 7]
The aims: one quote at most 1.5 times an empty command, 2,000 baskets a second on two processors.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.side_by_side import in_turn
from tests.benchmarks.side_by_side import medians
from tests.benchmarks.side_by_side import timed

EMPTY = """\
import typer
app = typer.Typer()
@app.command()
def main(name: str = "x") -> None:
    print(name)
app()
"""
GOODS = (("T01", "tkanina"), ("H05", "herbata"), ("N04", "nici"), ("D04", "dodatki"), ("Z03", "zioła"))


def cards_of(folder: Path) -> list[str]:
    """The cards of the demo's members."""
    command = [sys.executable, "-m", "loyalty_cli", "report", "members", "-O", "json"]
    shown = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return [row["card"] for row in json.loads(shown)["tables"][0]["rows"]]


def write_baskets(path: Path, cards: list[str], count: int) -> None:
    """Seeded baskets of one to five lines, a tenth of them paid with as many points as may be."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            lines = [
                {"product": product, "category": category, "price": f"{chance.randint(100, 9000) / 100:.2f}"}
                for product, category in chance.choices(GOODS, k=chance.randint(1, 5))
            ]
            basket = {"id": number, "card": chance.choice(cards), "lines": lines, **({} if number % 10 else {"points": "most"})}
            file.write(json.dumps(basket, ensure_ascii=False) + "\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--baskets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        loyalty = [sys.executable, "-m", "loyalty_cli"]
        subprocess.run([*loyalty, "demo", str(folder)], check=True, capture_output=True)
        cards = cards_of(folder)
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        write_baskets(folder / "baskets.jsonl", cards, arguments.baskets)
        commands = {
            "quote": [*loyalty, "quote", cards[0], "120.00"],
            "empty": [sys.executable, "empty.py"],
        }
        runs = {label: partial(timed, command, folder=folder) for label, command in commands.items()}
        found = {label: medians(own) for label, own in in_turn(runs, rounds=arguments.rounds).items()}
        many = timed([*loyalty, "quote", "--many", "baskets.jsonl", "-o", "answers.jsonl"], folder=folder)
    said = [f"{label:<6} {run['cpu']:6.3f} s of processors  {run['seconds']:6.3f} s" for label, run in found.items()]
    said.append(f"quote / empty {found['quote']['cpu'] / found['empty']['cpu']:.2f}")
    # What else runs beside takes from the seconds, hardly from the processors' own time: on two free ones a basket may cost 1 ms of it.
    each = many.cpu / arguments.baskets
    said.append(f"{arguments.baskets} baskets: {many.seconds:.1f} s, {arguments.baskets / many.seconds:.0f} a second")
    said.append(f"{1000 * each:.2f} ms of processors a basket: no more than {2 / each:.0f} a second on two that are free")
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
