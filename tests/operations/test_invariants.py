"""The books over any splitting of the same facts over nights: the invariants that need a database."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Invariants
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-10
before_start: counts for tiers and growing discounts
tiers:
  by: spend
  counted_over: 2 months
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 100.00, discount: 3%}, patron: {at_least: 250.00, discount: 6%}}
points:
  earn:
    basic: {points: 1, for_every: 3.00}
    tea: {multiply: 2, only: {categories: [tea]}}
    patrons: {multiply: 1.5, only: {tiers: [patron]}}
  usable_after: 5 days
  lapse_after: 2 months
coupons:
  next: {worth: 5.00, valid_for: 900 days, issue_within: 900 days}
rewards:
  big: {when: {one_purchase: 60.00}, give: {coupon: next, points: 3}}
draws:
  spring: {dates: 2026-02-01 to 2026-04-30, one_ticket_for_every: 50.00, at_most: 4, prizes: {car: 1}}
"""
FIRST = day("2026-01-01")
LAST_NIGHT = FIRST + 240


class Fact(NamedTuple):
    """A receipt and the night on which it reaches the shop."""

    receipt: Receipt
    night: int


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Purchases of three members, some returned whole or in part, each arriving on some night after it happened."""
    facts: list[Fact] = []
    for number in range(draw(st.integers(1, 9))):
        member = draw(st.integers(1, 3))
        on = FIRST + draw(st.integers(0, 150))
        amounts = draw(st.lists(st.tuples(st.sampled_from(["tea", "thread"]), st.integers(1, 12_000)), min_size=1, max_size=2))
        facts.append(Fact(Receipt(f"S{number}", member, on, tuple(amounts)), on + draw(st.integers(0, 60))))
        if draw(st.booleans()):
            category, amount = amounts[0]
            back = draw(st.integers(1, amount))
            later = on + draw(st.integers(0, 40))
            original = f"S{number}" if draw(st.booleans()) else None
            receipt = Receipt(f"R{number}", member, later, ((category, -back),), clock=60_000, original=original)
            facts.append(Fact(receipt, later + draw(st.integers(0, 60))))
    return facts


# Sums per key with causes by name, for numbers differ from database to database.
SUMS = """
SELECT e.member_id, u.name, e.cause_kind, coalesce(CASE e.cause_kind WHEN 1 THEN r.number END, e.cause_id), a.name,
  e.effective_on, sum(e.quantity)
FROM ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id
  LEFT JOIN receipt r ON r.id = e.cause_id AND e.cause_kind = 1
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(e.quantity) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
"""
STANDINGS = """
SELECT member_id, tier, tier_since, next_tier, missing, keep_until, keep_missing, points, pending, debt, lapsing,
  lapse_on,
  qualifying, spent, visits, discount, first_on, last_on, due_on FROM standing ORDER BY 1
"""
LIVE = """
SELECT c.code FROM coupon c WHERE
  (SELECT what FROM coupon_event v WHERE v.coupon_id = c.id ORDER BY v.id DESC LIMIT 1) = 'issued' ORDER BY 1
"""


class Books(NamedTuple):
    """What a shop's books say."""

    sums: list[tuple[object, ...]]
    standings: list[tuple[object, ...]]
    coupons: list[tuple[object, ...]]


def books(shop: Shop) -> Books:
    with shop.reading() as connection:
        return Books(*(connection.execute(query).fetchall() for query in (SUMS, STANDINGS, LIVE)))


def lived(folder: Path, facts: list[Fact], nights: list[int]) -> Shop:
    """A shop that got its facts night by night, each night importing what had arrived."""
    shop = make_shop(folder, PROGRAM)
    left = sorted(facts, key=lambda fact: (fact.night, fact.receipt.number))
    for night in [*sorted(nights), LAST_NIGHT]:
        arrived = [fact for fact in left if fact.night <= night]
        left = [fact for fact in left if fact.night > night]
        put_receipts(shop, *(fact.receipt for fact in arrived))
        recalc(shop, as_of=night)
        issue_coupons(shop, as_of=night + 1)
    return shop


@settings(max_examples=30)
@given(facts=histories(), nights=st.lists(st.integers(FIRST, LAST_NIGHT), max_size=6, unique=True))
def test_any_splitting_over_nights_ends_in_the_same_books_as_one_night(facts: list[Fact], nights: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one_night = lived(Path(folder) / "one", facts, [])
        many = lived(Path(folder) / "many", facts, nights)
        assert books(many) == books(one_night)


@settings(max_examples=15)
@given(facts=histories(), nights=st.lists(st.integers(FIRST, LAST_NIGHT), max_size=3, unique=True))
def test_replaying_everyone_again_posts_nothing_and_explains_every_balance(facts: list[Fact], nights: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = lived(Path(folder) / "shop", facts, nights)
        before = books(shop)
        assert recalc(shop, as_of=LAST_NIGHT, everyone=True).data["entries"] == 0
        assert recalc(shop, as_of=LAST_NIGHT).data["members"] == 0
        assert books(shop) == before
        with shop.reading() as connection:
            unequal = connection.execute(
                "SELECT st.member_id FROM standing st WHERE st.points <> (SELECT coalesce(sum(e.quantity), 0) "
                "FROM ledger e "
                "JOIN asset a ON a.id = e.asset_id WHERE e.member_id = st.member_id AND a.name = 'points')"
            ).fetchall()
        assert unequal == []


@settings(max_examples=10)
@given(facts=histories())
def test_throwing_the_standings_away_gives_the_same_ones_again(facts: list[Fact]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = lived(Path(folder) / "shop", facts, [])
        before = books(shop)
        with shop.changing() as connection:
            connection.execute("DELETE FROM standing")
        assert recalc(shop, as_of=LAST_NIGHT).data["entries"] == 0
        assert books(shop) == before
