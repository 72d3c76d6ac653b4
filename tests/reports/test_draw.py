"""What the report of a draw says before its close, after it, and after the draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.draws.striking import Struck
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.void import draw_void
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import changed
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import DRAW
from tests.operations.draws.announced_shop import EVENING

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop

CONTEST = """  best buyers:
    dates: 2027-03-01 to 2027-05-31
    contest: most bought
    prizes: {hamper: 1}
    claim_within: 14 days
"""


def shop_with_buyers(folder: Path) -> Shop:
    """Members 1 to 3 bought for 150.00, 100.00 and 50.00; 3 is blocked; at most two tickets count."""
    shop = at(announced_shop(folder, DRAW + "    at_most: 2 tickets\n" + CONTEST), CLOSING)
    for member, paid in ((1, 15_000), (2, 10_000), (3, 5_000)):
        buy(shop, member, "2027-03-05", paid, "xABC"[member])
    changed(shop, "INSERT INTO block (member_id, from_day, reason) VALUES (3, 2461200, 'fraud')")
    recalc(shop)
    return shop


def of(shop: Shop, name: str | None) -> Table:
    (table,) = report(shop, "draw", Wanted(draw=name)).tables
    return table


def test_before_the_close_it_has_the_tickets_that_would_be_frozen(tmp_path: Path) -> None:
    shop = shop_with_buyers(tmp_path)
    table = of(shop, None)
    # A ticket for every 50.00, at most two.
    assert list(table.rows) == [("spring draw", "2901", "", 2), ("spring draw", "2902", "", 2)]
    assert str(table.notes[1]) == "spring draw: left out, blocked: 1 member."


def test_a_contest_before_its_close_has_scores(tmp_path: Path) -> None:
    table = of(shop_with_buyers(tmp_path), "best buyers")
    assert list(table.rows) == [("best buyers", "2901", "", "150.00"), ("best buyers", "2902", "", "100.00")]


def test_after_the_close_it_has_what_was_frozen_and_struck_out(tmp_path: Path) -> None:
    shop = shop_with_buyers(tmp_path)
    draw_close(shop, "spring draw")
    draw_void(shop, "spring draw", Struck(ticket=2, code="returned"))
    # Whatever members return later.
    buy(shop, 2, "2027-06-01", -10_000, "B")
    recalc(shop)
    rows = of(shop, "spring draw").rows
    # card, name, pseudonym, first, last, tickets, void: two entrants with tickets 1 and 2, 3 and 4; one of 2 is void.
    assert [row[3:] for row in rows] == [(1, 2, 2, 1), (3, 4, 2, 0)]
    assert sorted(str(row[0]) for row in rows) == ["2901", "2902"]


def test_after_the_draw_it_has_claims_and_handed_over_prizes(tmp_path: Path) -> None:
    shop = shop_with_buyers(tmp_path)
    draw_close(shop, "spring draw")
    draw_run(at(shop, EVENING), "spring draw", chance=draw_chance.from_drand(39_805_012, "ab" * 32))
    later = at(shop, "2027-06-07T10:00:00+00:00")
    draw_claim(later, "spring draw", 1, claiming=Claiming(what="accepted", handed_over=True))
    rows = of(later, "spring draw").rows
    # A machine and two boxes for two entrants, each of whom wins once: a box stays empty, and there is no reserve.
    assert [(row[0], row[1], str(row[7])) for row in rows] == [
        (1, "sewing machine", "accepted"),
        (2, "fabric box", "waiting"),
    ]
    assert rows[0][8] == rows[0][9] is not None
    (register,) = report(later, "prizes", Wanted()).tables
    assert register.columns[-1].name == "handed_over_on"
    assert sorted(row[-1] is None for row in register.rows) == [False, True]
