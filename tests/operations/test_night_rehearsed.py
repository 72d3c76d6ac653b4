from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.nightly import rehearse
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

EVERY_STEP = "nightly: [backup, import, recalc, coupons, messages, dashboard]"
STEPS = next(line for line in PROGRAM.splitlines() if line.startswith("nightly:"))


def test_a_rehearsed_night_says_what_each_step_would_do_and_leaves_everything_as_it_was(there: SmallShop) -> None:
    there.shop.program.write_text(there.shop.program.read_text().replace(STEPS, EVERY_STEP))
    there.export("market-1003.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    nightly(there.shop)
    there.export("market-1004.csv", [sold(2, "2026-10-03 11:00", BORIS, "40.00")])
    before = there.dump(), sorted(there.folder.rglob("*")), (there.folder / "dashboard.html").read_bytes()
    night = rehearse(there.shop)
    assert (there.dump(), sorted(there.folder.rglob("*")), (there.folder / "dashboard.html").read_bytes()) == before
    said = [str(each) for each in night.said]
    assert [line.partition(":")[0] for line in said[:-1]] == ["backup", "import", "recalc", "coupons", "messages", "dashboard"]
    # One receipt of 40.00 would come in; it is not booked, so nobody would be recalculated for it yet.
    assert "1 receipt with 1 line came in, 40.00" in said[1]
    assert "0 members would be replayed" in said[2]


def test_the_night_after_a_rehearsal_does_what_it_said(there: SmallShop) -> None:
    there.export("market-1003.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    rehearse(there.shop)
    nightly(there.shop)
    assert there.ask("SELECT points FROM standing") == [(150,)]
