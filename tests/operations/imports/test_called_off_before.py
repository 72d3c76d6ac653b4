"""An order that was cancelled and counts again: a later file does not win by coming later, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

WOO = "Date,Order #,Status,Customer ID,Product(s),Items sold,Net Sales\n"
SHOPIFY = "Name,Email,Financial Status,Created at,Total,Lineitem quantity,Lineitem price,Refunded Amount\n"


def order(number: int, status: str) -> str:
    return f"2026-03-0{number} 10:00:00,{number},{status},7,1× Kubek,1,100\n"


def paid(number: int, refunded: str) -> str:
    return f"#{number},a@x.pl,paid,2026-03-0{number} 10:00:00 +0100,100.00,1,100.00,{refunded}\n"


def brought(shop: Shop, name: str, text: str) -> list[str]:
    (shop.folder / name).write_text(text)
    return [str(said) for said in import_purchases(shop, [str(shop.folder / name)], store="Web").warnings]


def turnover(shop: Shop) -> int:
    return int(asked(shop, "SELECT sum(total) FROM receipt WHERE gone = 0")[0][0])


def test_a_cancelled_order_that_counts_again_is_told_with_the_command_that_lets_it(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    assert brought(shop, "a.csv", WOO + order(1, "completed") + order(2, "completed")) == []
    assert brought(shop, "b.csv", WOO + order(1, "cancelled") + order(2, "completed")) == []
    assert turnover(shop) == 10_000
    (told,) = brought(shop, "c.csv", WOO + order(1, "completed") + order(2, "completed") + order(3, "completed"))
    assert told == (
        "c.csv: 1 receipt counts in full there, which import 2 told was cancelled or paid back; that stands. "
        "If this file is the newer one: loyalty import revert 2"
    )
    assert turnover(shop) == 20_000
    import_revert(shop, 2)
    assert turnover(shop) == 30_000
    assert brought(shop, "d.csv", WOO + order(1, "completed") + order(3, "completed")) == []


@pytest.mark.parametrize(("later", "told"), [("30.00", 0), ("40.00", 0), ("20.00", 1), ("0.00", 1), ("", 1)])
def test_less_paid_back_than_was_told_before_is_told(tmp_path: Path, later: str, told: int) -> None:
    shop = shop_in(tmp_path)
    brought(shop, "a.csv", SHOPIFY + paid(1, "30.00"))
    assert len(brought(shop, "b.csv", SHOPIFY + paid(1, later) + paid(2, "0.00"))) == told


def test_a_till_that_never_tells_what_was_paid_back_takes_no_word_of_another_back(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    brought(shop, "a.csv", SHOPIFY + paid(1, "30.00"))
    (shop.folder / "layouts").mkdir(exist_ok=True)
    (shop.folder / "layouts" / "bare.yaml").write_text("columns: {receipt: no, date: day, amount: sum}\n")
    (shop.folder / "b.csv").write_text("no,day,sum\n#1,2026-03-01 10:00:00,100.00\n")
    assert import_purchases(shop, [str(shop.folder / "b.csv")], layout="bare", store="Web").warnings == []
