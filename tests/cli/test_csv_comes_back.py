"""What CSV for scripts gives can be given back to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.running import run
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = """\
card_is: phone
country_prefix: "+48"
columns: {receipt: receipt, date: date, card: card, amount: amount}
"""


def test_a_phone_number_of_the_list_of_members_is_explained(tmp_path: Path) -> None:
    shop_in(tmp_path, PROGRAM + "points: {earn: {basic: {points: 1, for_every: 1.00}}}\n")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "ph.yaml").write_text(LAYOUT, encoding="utf-8")
    (tmp_path / "a.csv").write_text("receipt,date,card,amount\nR1,2026-03-01 10:00:00,600 100 200,50.00\n", encoding="utf-8")
    run("import", "purchases", "a.csv", "--store", "S", "--layout", "ph", folder=tmp_path)
    run("recalc", "--as-of", "2026-03-10", folder=tmp_path)
    card = run("report", "members", "-O", "csv", folder=tmp_path).stdout.splitlines()[1].split(",")[0]
    done = run("explain", card, folder=tmp_path)
    assert (card, done.returncode) == ("+48600100200", 0)
    assert "Card +48600100200" in done.stdout
