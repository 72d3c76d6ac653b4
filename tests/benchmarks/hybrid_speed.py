"""What twenty offers cost: a full recalculation and a night of the hybrid program beside the levels program, on one seeded shop.

python tests/benchmarks/hybrid_speed.py [--lines 300000] [--rounds 3]
The aims: all of the hybrid at most 2.5 times the levels, a night of 10,000 lines at most a sixth of all of it.
"""

from __future__ import annotations

import argparse
import shutil
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
from tests.benchmarks.side_by_side import Run
from tests.benchmarks.side_by_side import timed

LAST = recalc_shop.FIRST + recalc_shop.DAYS - 1
DAY_LINES = 10_000
REWARDS = """
coupons:
  next visit: {worth: 10.00, valid_for: 30 days}
rewards:
  welcome: {when: {joined: yes}, give: {points: 100}}
  from 100: {when: {one_purchase: {at_least: 100.00, below: 500.00}}, give: {points: 5}}
  from 500: {when: {one_purchase: 500.00}, give: {coupon: next visit}}
  every hundred of tea: {when: {one_purchase: {for_every: 100.00}, only: {categories: [tea]}}, give: {points: 3}}
  month: {when: {spend: 1000.00, counted_over: calendar month}, give: {points: 50}}
  each five thousand: {when: {spend: 5000.00, times: every time}, give: {coupon: next visit}}
  thirty days: {when: {spend: 800.00, counted_over: 30 days, times: every time}, give: {points: 10}}
  tenth visit: {when: {visits: 10, times: every time}, give: {coupon: next visit}}
  two days a week: {when: {visits: 2, a_visit_is: a day, counted_over: calendar week}, give: {points: 4}}
  ninth coffee: {when: {units: 9, times: every time, only: {categories: [coffee]}}, give: {points: 7}}
  breakfast: {when: {set: {categories: [bread, milk, tea]}, counted_over: calendar quarter}, give: {badge: breakfast}}
  breakfasts: {when: {badge: breakfast}, give: {points: 20}}
  all shops: {when: {set: {stores: ["Shop 1", "Shop 2", "Shop 3", "Shop 4", "Shop 5"]}}, give: {points: 200}}
  mondays: {when: {visits: 4, counted_over: calendar month, only: {weekdays: [monday]}}, give: {points: 9}}
  spring: {when: {spend: 300.00, only: {dates: 2024-03-01 to 2024-05-31}}, give: {points: 30}}
  summer: {when: {spend: 300.00, only: {dates: 2024-06-01 to 2024-08-31}}, give: {points: 30}}
  autumn: {when: {spend: 300.00, only: {dates: 2024-09-01 to 2024-11-30}}, give: {points: 30}}
  toys: {when: {spend: 200.00, only: {categories: [toys]}}, at_most: once in calendar year, give: {points: 15}}
"""


def recalculated(folder: Path, program: str, fresh: str, until: int) -> Run:
    """The recalculation of a fresh copy of a database under a program."""
    shutil.copy(folder / fresh, folder / "loyalty.db")
    (folder / "program.yaml").write_text(program, encoding="utf-8")
    return timed([sys.executable, "-m", "loyalty_cli", "recalc", "--as-of", iso(until)], folder=folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    programs = {"levels": PROGRAM, "hybrid": PROGRAM + REWARDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        members = recalc_shop.make_shop(folder / "base.db", lines=arguments.lines)
        runs = {}
        for label, program in programs.items():
            recalculated(folder, program, "base.db", LAST)
            shutil.copy(folder / "loyalty.db", folder / f"{label}.db")
            recalc_shop.add_day(folder / f"{label}.db", LAST + 1, lines=DAY_LINES, members=members)
            runs[label] = partial(recalculated, folder, program, "base.db", LAST)
            runs[f"{label}, a night"] = partial(recalculated, folder, program, f"{label}.db", LAST + 1)
        found = {label: medians(own) for label, own in in_turn(runs, rounds=arguments.rounds).items()}
    said = [f"{label:<16} {run['cpu']:6.2f} s of processors  {run['megabytes']:4.0f} MB" for label, run in found.items()]
    said.append(f"hybrid / levels  {found['hybrid']['cpu'] / found['levels']['cpu']:.2f}")
    said.append(f"a night / all    {found['hybrid, a night']['cpu'] / found['hybrid']['cpu']:.3f}")
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
