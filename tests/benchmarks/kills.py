"""Kill every command before each of its writing calls, and fail each of these calls, on a fresh copy of a small shop.

    TMPDIR=/dev/shm python -m tests.benchmarks.kills [--every N | --sample N] [--way WAY] [--left] [COMMAND ...]

Linux on x86-64 only. After each strike the database must pass `check --full` and be that of before or of after, the same
command must end as if nothing had happened, and nothing may be left over; a failing call must be told with its own
exit code. Prints one line for each command.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.struck.judging import Trial
from tests.struck.judging import WAYS
from tests.struck.shops import CASES


def main() -> None:
    """Every command, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(CASES))
    parser.add_argument("--every", type=int, default=1, help="strike at every N-th call only")
    parser.add_argument("--sample", type=int, help="strike at so many moments only, by chance that is always the same")
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--left", action="store_true", help="what a kill leaves at each call, of one run: cheaper than to kill")
    asked = parser.parse_args()
    for name in asked.commands or CASES:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="loyalty-struck-") as folder:
            trial = Trial(CASES[name], Path(folder))
            moments = trial.moments(["killed"] if asked.left else asked.way or WAYS, every=asked.every)
            struck = random.Random(zlib.crc32(name.encode())).sample(moments, min(asked.sample or len(moments), len(moments)))
            result = trial.left_by_kills([number for _, number in struck]) if asked.left else trial.struck(struck)
        counts = ", ".join(f"{result.moments[way]} {way}" for way in WAYS)
        codes = " ".join(f"{code}:{count}" for code, count in sorted(result.codes.items()))
        seconds = time.monotonic() - began
        say(
            f"{name}: {len(trial.names)} calls, {len(struck)} of {len(moments)} moments, {counts}, {len(result.wrong)} wrong, "
            f"{seconds:.0f} s; exit codes {codes}"
        )
        for fault in result.wrong:
            say(f"  {fault}")


def say(text: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
