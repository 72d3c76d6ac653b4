"""What must never matter to a draw: the order and the nights in which purchases came in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import iso
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import DRAW
from tests.shop_builder import balances
from tests.shop_builder import day

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "amount": "one_ticket_for_every: 50.00",
    "receipt": "tickets_per_receipt: 2\n    receipt_at_least: 20.00",
    "visit": "tickets_per_visit: 1\n    visit_at_least: 40.00",
    "member": "tickets_per_member: 1\n    bought_at_least: 100.00",
}
# Member, days after 1 March, amount, seconds of the day; two of one day in one store are one visit.
PURCHASES = [
    (1, 0, 2500, 30_000),
    (1, 0, 2000, 40_000),
    (1, 5, 9900, 30_000),
    (2, 5, 3900, 30_000),
    (2, 6, 100, 30_000),
    (2, 40, 9000, 30_000),
    (3, 60, 15_000, 30_000),
    (3, 60, 100, 31_000),
]
# Each receipt is returned in part ten days later, as far as it is named here: by its place in the list, the amount.
RETURNS = {2: 9000, 6: 14_000}
# amount: 1: 25 + 20 + 99 - 90 = 54.00, 1. 2: 39 + 1 + 90 = 130.00, 2. 3: 150 + 1 - 140 = 11.00, 0.
# receipt (20.00): 1: 25.00 and 20.00, 9.00 is left of 99.00, 4. 2: 39.00 and 90.00, 4. 3: 10.00 and 1.00, 0.
# visit (40.00): 1: 45.00; 9.00 is left of the other, 1. 2: 90.00, 1. 3: 11.00, 0.
# member (100.00): only member 2.
EXPECTED = {"amount": (1, 2, 0), "receipt": (4, 4, 0), "visit": (1, 1, 0), "member": (0, 1, 0)}


@pytest.mark.parametrize(("kind", "nights"), [("amount", 1), *((kind, 3) for kind in KINDS)])
def test_any_order_over_any_nights_gives_the_same_list(tmp_path: Path, kind: str, nights: int) -> None:
    draw = DRAW.replace("one_ticket_for_every: 50.00", KINDS[kind])
    lists = set()
    for seed in range(3):
        shop = announced_shop(tmp_path / str(seed), draw)
        order = [(index, False) for index in range(len(PURCHASES))] + [(index, True) for index in RETURNS]
        random.Random(seed).shuffle(order)
        for night in range(nights):
            for index, is_return in order[night::nights]:
                member, after, paid, clock = PURCHASES[index]
                on = iso(day("2027-03-01") + after + (10 if is_return else 0))
                buy(shop, member, on, -RETURNS[index] if is_return else paid, f"R{index}", clock=clock)
            recalc(at(shop, CLOSING))
        held = tuple(balances(shop, member).get("ticket:spring draw", 0) for member in (1, 2, 3))
        assert held == EXPECTED[kind]
        draw_close(at(shop, CLOSING), "spring draw")
        folder = shop.database.parent / "draws/spring-draw"
        # hashes.txt names, besides, what had been recorded in which order.
        lists.add(b"".join((folder / name).read_bytes() for name in ("entries.txt", "void.txt", "rules.txt")))
    assert len(lists) == 1


def test_recalculating_everyone_posts_nothing_for_any_kind(tmp_path: Path) -> None:
    blocks = "".join(DRAW.replace("spring draw", kind).replace("one_ticket_for_every: 50.00", setting) for kind, setting in KINDS.items())
    shop = announced_shop(tmp_path, blocks)
    for night in (0, 1, 2):
        for index, (member, after, paid, clock) in enumerate(PURCHASES):
            if index % 3 == night:
                buy(shop, member, iso(day("2027-03-01") + after), paid, f"R{index}", clock=clock)
        recalc(at(shop, CLOSING))
    assert recalc(at(shop, CLOSING), everyone=True).data["entries"] == 0
