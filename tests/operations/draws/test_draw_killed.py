"""A command killed at any moment has either happened or not; the same command again finishes it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.numbers.chance import from_drand
from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.redraw import draw_redraw
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness
    from tests.operations.draws.conftest import DrawShop

ROOT = Path(__file__).parents[3]
NAME = "spring draw"
FROZEN = {"entries.txt", "void.txt", "rules.txt", "hashes.txt"}
# The moments between the start of the real work, which the process announces, and its end.
MOMENTS = [0.0, 0.002, 0.004, 0.008, 0.012, 0.018, 0.025, 0.04, 0.08]
IN_A_PROCESS = """
import sys
from datetime import datetime
from pathlib import Path
from loyalty_cli.model.draw import Randomness
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.redraw import draw_redraw
database, moment, public, step = sys.argv[1:5]
shop = Shop(program=Path(database), database=Path(database), now=datetime.fromisoformat(moment), secret="", wait=5)
sys.stdout.write("now"), sys.stdout.flush()
chance = Randomness(public=public)
draw_run(shop, "spring draw", chance=chance) if step == "run" else draw_redraw(shop, "spring draw", 1, chance=chance)
"""


def killed_after(there: DrawShop, moment: str, chance: Randomness, *, step: str, seconds: float) -> None:
    """The command in a process of its own, killed so many seconds after it began."""
    arguments = [str(there.shop.database), moment, chance.public, step]
    with subprocess.Popen(
        [sys.executable, "-c", IN_A_PROCESS, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(3) == b"now"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seconds", MOMENTS)
def test_a_run_that_is_killed_has_happened_or_not(there: DrawShop, chance: Randomness, evening: str, seconds: float) -> None:
    draw_close(there.shop, NAME)
    killed_after(there, evening, chance, step="run", seconds=seconds)
    recorded = there.ask("SELECT run_at IS NOT NULL, (SELECT count(*) FROM draw_winner) FROM draw")[0]
    assert recorded in {(0, 0), (1, 5)}
    if recorded == (0, 0):
        assert {path.name for path in there.folder.iterdir()} == FROZEN
    with contextlib.suppress(Refused):  # it may have been through before it was killed
        draw_run(there.at(evening), NAME, chance=chance)
    assert draw_verify(there.folder).exit_code == ExitCode.OK
    assert (there.folder / "proof.json").is_file()
    assert not list(there.folder.parent.glob(".*.new"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seconds", MOMENTS[::2])
def test_a_redraw_that_is_killed_has_happened_or_not(there: DrawShop, chance: Randomness, evening: str, seconds: float) -> None:
    there.give({6: 2, 7: 4, 8: 1})
    draw_close(there.shop, NAME)
    draw_run(there.at(evening), NAME, chance=chance)
    draw_claim(there.at(evening), NAME, 1, claiming=Claiming(what="refused"))
    number = first_round_after(QUICKNET, int(there.at(evening).now.timestamp()))
    fresh = from_drand(number, "c3" * 32)
    later = "2026-04-26T10:00:00+00:00"
    killed_after(there, later, fresh, step="redraw", seconds=seconds)
    counts = there.ask("SELECT count(*), (SELECT count(*) FROM draw_redraw) FROM draw_winner")[0]
    assert counts in {(5, 0), (6, 1)}
    if counts == (5, 0):
        assert draw_verify(there.folder).exit_code == ExitCode.OK
    with contextlib.suppress(Refused):
        draw_redraw(there.at(later), NAME, 1, chance=fresh)
    assert draw_verify(there.folder).exit_code == ExitCode.OK
    assert (there.folder / "redraws.txt").is_file()
