"""Returns where the program has changed since the receipt: the whole road, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from tests.operations.imports.till_shop import export
from tests.operations.test_returns import bring
from tests.operations.test_returns import PROGRAM
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns_and_other_rules import quiet

if TYPE_CHECKING:
    from pathlib import Path


def test_a_receipt_of_before_a_change_keeps_its_rule_when_a_part_of_it_comes_back(tmp_path: Path) -> None:
    # 250.00 are two of 100.00: 250 + 10. From 15 March on every 50.00 counts; 20.00 back leave 230.00, which are two of 100.00: 230 + 10.
    reward = "rewards: {{each: {{when: {{one_purchase: {{for_every: {}}}}}, give: {{points: 5}}}}}}\n"
    shop = shop_with(tmp_path, "1,2026-03-02 10:00:00,Market,2901,X,x,1,250.00,,", program=PROGRAM + reward.format("100.00"))
    assert stand(shop, "2026-03-14")["2901"][0] == 260
    shop.program.write_text(PROGRAM + reward.format("50.00"), encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-03-15"), by="Ola")
    bring(shop, "2,2026-03-20 10:00:00,Market,2901,X,x,-1,-20.00,1,")
    assert stand(shop)["2901"][0] == 240
    assert quiet(shop)


def of_both(tmp_path: Path, before: int, after: int, bought: int, *later: str) -> tuple[int, int]:
    """What who brings a friend has, and the friend: the reward asks for another amount from 15 March on; the friend joined before."""
    reward = "rewards: {{f: {{when: {{friend_spends: {}, settled_after: 0 days}}, give: {{points: 30, to_friend: {{points: 10}}}}}}}}\n"
    program = PROGRAM.replace("  earn:\n    basic: {points: 1, for_every: 1.00}", "  earn: {}")
    shop = shop_with(tmp_path, program=program + reward.format(before))
    import_members(shop, [export(shop, "friends.csv", "2901,2026-01-02,", "2902,2026-01-10,2901", header="card,joined,referred_by")])
    bring(shop, f"1,2026-02-01 10:00:00,Market,2902,X,x,1,{bought}.00,,")
    recalc(shop, as_of=day_from_iso("2026-03-14"))
    shop.program.write_text(program + reward.format(after), encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-03-15"), by="Ola")
    bring(shop, *later)
    points = stand(shop)
    assert quiet(shop)
    return points["2901"][0], points["2902"][0]


def test_a_friend_brought_before_a_change_is_a_friend_still_by_what_was_asked_then_or_now(tmp_path: Path) -> None:
    # 60.00 and 240.00 are the 300.00 that are asked now.
    assert of_both(tmp_path / "up", 100, 300, 60, "2,2026-03-20 10:00:00,Market,2902,X,x,1,240.00,,") == (30, 10)
    # 200.00 are the 150.00 that are asked now.
    assert of_both(tmp_path / "down", 300, 150, 200, "2,2026-03-20 10:00:00,Market,2902,X,x,-1,-1.00,1,") == (30, 10)
    # 200.00 - 20.00 are more than the 100.00 of their day, 200.00 - 120.00 are less; 300.00 are asked since.
    assert of_both(tmp_path / "little", 100, 300, 200, "2,2026-03-20 10:00:00,Market,2902,X,x,-1,-20.00,1,") == (30, 10)
    assert of_both(tmp_path / "much", 100, 300, 200, "2,2026-03-20 10:00:00,Market,2902,X,x,-1,-120.00,1,") == (0, 0)
