"""Lose the power at any moment of a command: what was synced is on the disk, of the rest any part is.

    TMPDIR=/dev/shm python -m tests.benchmarks.power_loss [--images N] [--seed N] [COMMAND ...]

Linux on x86-64 only. Each image must pass `check --full` and be the shop of before or of after, and the same command must
end as if nothing had happened. Prints one line for each command.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.kills import say
from tests.struck.judging import Trial
from tests.struck.shops import CASES

COMMANDS = ("import with rejects", "import revert", "recalc a day", "redeem points", "coupons issue", "month close", "draw run")


def main() -> None:
    """Every command, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", default=COMMANDS, help=", ".join(CASES))
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261128)
    asked = parser.parse_args()
    for name in asked.commands:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="loyalty-power-") as folder:
            trial = Trial(CASES[name], Path(folder))
            events, wrong = trial.without_power(asked.images, seed=asked.seed)
            different = len(trial.known)
        say(f"{name}: {events} changes, {asked.images} images, {different} different, {len(wrong)} wrong, {time.monotonic() - began:.0f} s")
        for fault in wrong:
            say(f"  {fault}")


if __name__ == "__main__":
    main()
