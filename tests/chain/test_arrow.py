"""Facts and books as Arrow against the shop's own database; nothing here needs Java."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings

from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import InGroup
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_invariants import histories
from tests.operations.test_invariants import lived
from tests.operations.test_returns_by_reckoning import by_money
from tests.operations.test_returns_by_reckoning import HEADER
from tests.operations.test_returns_by_reckoning import rows_of
from tests.operations.test_returns_by_reckoning import UNTIL
from tests.operations.test_returns_by_reckoning import use_points
from tests.replay.reckoning import stories

if TYPE_CHECKING:
    from tests.operations.test_invariants import Fact
    from tests.replay.reckoning import Story

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'loyalty-cli[cluster]'")

from loyalty_cli.chain.facts import batch_of
from loyalty_cli.chain.facts import members_in
from tests.chain.moved_shop import moved

SOME = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(story=stories.map(by_money))
def test_returns_and_used_points_give_the_same_books(story: Story) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_in(Path(folder) / "shop", story.program())
        taken_in(shop, export(shop, "till.csv", *rows_of(story), header=HEADER))
        use_points(shop, story)
        recalc(shop, as_of=UNTIL)
        facts, back, compared = moved(shop)
        assert back == facts
        assert (compared.members, compared.different) == (len(facts), [])


@SOME
@given(facts=histories())
def test_tiers_coupons_and_tickets_that_came_over_many_nights_are_the_same(facts: list[Fact]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = lived(Path(folder) / "shop", facts, [each.night for each in facts])
        assert moved(shop).compared.different == []


def test_the_demo_is_the_same_and_a_lost_fact_is_seen(tmp_path: Path) -> None:
    shop = demo_shop(tmp_path / "demo")
    for _ in demo(shop):
        pass
    facts, back, compared = moved(shop)
    assert back == facts
    assert compared.members == len(facts) > 300
    assert compared.entries > 0
    assert compared.different == []
    with shop.reading() as connection:
        member, receipt = connection.execute(
            "SELECT member_id, max(id) FROM receipt WHERE member_id IS NOT NULL AND gone = 0 AND total > 10000"
        ).fetchone()
    lost = moved(shop, without=f"UPDATE receipt SET gone = 1 WHERE id = {receipt}")
    assert lost.compared.different == [member]


def test_what_is_rare_comes_back_as_it_was() -> None:
    # What friends, groups and limits leave; the stories above have the other kinds.
    member = MemberFacts(
        7,
        [HandedOver(740_000, 86_399, HANDED_OVER, 9, "friend", -1)],
        joined=739_000,
        birthday=(2, 29),
        groups=(InGroup("staff", 739_000, None), InGroup("club", 739_001, 739_002)),
        cards=("2901", "2902"),
        places=frozenset({("first", 1, 5), ("first", 3, 6)}),
        name_day=(6, 24),
        referred_by=3,
    )
    assert list(members_in(batch_of([member, MemberFacts(8, [])]))) == [member, MemberFacts(8, [])]
