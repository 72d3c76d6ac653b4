"""Points that were used come back after some of those who gave them are owed: whose they are, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.test_returns import bring
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns import use
from tests.operations.test_returns_and_other_rules import with_terms

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_left_after_two_returns_that_points_were_owed_for_lapses_with_its_own_receipt(tmp_path: Path) -> None:
    # A gives 200 and E, on 12 January, 50; A's 200 pay B. A comes back in halves: 100 - 50 of E are owed, then 100 more.
    shop = shop_with(
        tmp_path,
        "A,2026-01-10 10:00:00,Market,2901,X,x,1,200.00,,",
        "E,2026-01-12 10:00:00,Market,2901,X,x,1,50.00,,",
        program=with_terms("lapse_after: 1 month"),
    )
    stand(shop, "2026-01-12")
    use(shop, 200, basket="20.00", receipt="B", day="2026-01-13")
    bring(
        shop,
        "B,2026-01-13 10:00:00,Market,2901,Y,y,1,20.00,,",
        "C,2026-01-14 10:00:00,Market,2901,X,x,-1,-100.00,A,",
        "D,2026-01-15 10:00:00,Market,2901,X,x,-1,-100.00,A,",
    )
    assert stand(shop, "2026-01-15")["2901"][0] == -150
    # B comes back with its 200 points: nothing is owed any more, and E's 50 are as if only E had been bought.
    bring(shop, "F,2026-01-16 10:00:00,Market,2901,Y,y,-1,-20.00,B,")
    assert stand(shop, "2026-02-12")["2901"][0] == 50
    assert stand(shop, "2026-02-13")["2901"][0] == 0
