"""Receipts that were paid with points and come back are as if never bought, whose points they were and who owes them included."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import Paying
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.model.money import shared
from loyalty_cli.replay.receipts import paid_with
from tests.replay.any_member import FIRST
from tests.replay.any_program import replayer
from tests.replay.test_returns_by_reckoning import by_last_day

if TYPE_CHECKING:
    from loyalty_cli.model.facts import Fact

PROGRAM = "points:\n  earn:\n    basic: {{points: 1, for_every: 1.00}}\n  one_point_pays: 0.10\n  lapse_after: {} days\n"
REPLAYERS = [replayer(PROGRAM.format(days)) for days in (400, 40)]


class Sale(NamedTuple):
    """A receipt of so many whole zlotys, and how many days later its parts came back; such a one may be paid with points, not all there."""

    price: int
    used: int
    back: tuple[int, ...]


kept = st.builds(Sale, st.integers(1, 90), st.just(0), st.just(()))
parts = st.lists(st.integers(0, 35), min_size=1, max_size=3).map(sorted).map(tuple)
returned = st.builds(Sale, st.integers(1, 90), st.sampled_from((0, 20, 60, 150)), parts)
# By days, one on each.
lives = st.dictionaries(st.integers(10, 60), st.one_of(kept, returned), min_size=2, max_size=5)


def facts_of(life: dict[int, Sale], *, all_of_it: bool) -> MemberFacts:
    """All that was bought, used and brought back; or only what was kept."""
    purchases, payings = [], []
    others: list[Fact] = []
    for day, sale in life.items():
        if sale.back and not all_of_it:
            continue
        money, pays = sale.price * 100, min(sale.used * 10, sale.price * 100)
        items = (Item(day, 0, money, money),)
        purchases.append(Purchase(FIRST + day, 1000, PURCHASE, day, "", money, ((0, money),), items))
        if sale.used:
            others.append(Redemption(FIRST + day, 900, REDEMPTION, day, sale.used, pays))
            payings.append(Paying(FIRST + day, 0, "", day, sale.used, pays, day))
        for place, (later, part) in enumerate(zip(sale.back, shared(money, [1] * len(sale.back)), strict=True)):
            came = (Item(day, 0, part, part),)
            others.append(Return(FIRST + day + later, 50_000 + place, RETURN, 100 + 3 * day + place, "", came, day))
    facts = sorted([*paid_with(purchases, payings, {}, {}), *others], key=lambda fact: fact[:4])
    return MemberFacts(1, facts, FIRST - 40, returns=True)


@settings(max_examples=200)
@given(life=lives, program=st.sampled_from((0, 1)))
def test_who_brings_back_what_points_paid_has_the_points_of_what_was_kept(life: dict[int, Sale], program: int) -> None:
    results = [REPLAYERS[program].replay(facts_of(life, all_of_it=each), FIRST + 98) for each in (True, False)]
    stands = [(r.standing.points, r.standing.spent, r.standing.visits, by_last_day(r)) for r in results]
    assert stands[0] == stands[1]


def test_points_that_came_back_stay_where_the_discount_of_their_goods_is_undone_later() -> None:
    # 100 points; 40 of them pay 4.00 of a receipt for 20.00: bread for 25.00 less 5.00 in a row of its own. 16 for the rest of it.
    items = (Item(1, 0, 2500, 2500), Item(2, 0, -500, -500))
    bought = [
        Purchase(FIRST + day, 1000, PURCHASE, day, "", money, ((0, money),), own)
        for day, money, own in ((10, 10_000, (Item(3, 0, 10_000, 10_000),)), (12, 2000, items))
    ]
    used = Redemption(FIRST + 12, 900, REDEMPTION, 1, 40, 400)
    paid = paid_with(bought, [Paying(FIRST + 12, 0, "", 1, 40, 400, 12)], {}, {})
    # Bread for 10.00 brings half of them back; the next day its discount alone is undone.
    backs = [
        Return(FIRST + day, 50_000, RETURN, 100 + day, "", (Item(product, 0, price, price),), 12)
        for day, product, price in ((13, 1, 1000), (14, 2, -500))
    ]
    facts: list[Fact] = sorted([*paid, used, *backs], key=lambda fact: fact[:4])
    result = REPLAYERS[0].replay(MemberFacts(1, facts, FIRST - 40, returns=True), FIRST + 30)
    # What came back is 10.00, then 5.00 of 20.00: 16 less a quarter of them, and 20 of the 40.
    assert sum(entry.quantity for entry in result.entries) == result.standing.points == 100 + 12 - 40 + 20
