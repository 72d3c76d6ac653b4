"""Returns where the program has changed since the receipt: the whole road, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.program.adopt import adopt_program
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
