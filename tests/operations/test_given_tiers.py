"""Tiers given by hand through the whole road, and what a tier brings that is not money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.tier import GivenTier
from loyalty_cli.operations.members.tier import member_tier
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  going_down: never
  ladder:
    guest: {at_least: 0}
    patron: {at_least: 500.00, discount: 5%, benefits: [free hemming, coffee]}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A card with a purchase of 30.00, recalculated."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", "1,2026-03-01 10:00:00,Market,2901,T,1,30.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-10"))
    return shop


def given(tier: str = "patron", **more: object) -> GivenTier:
    return GivenTier(tier=tier, first=day_from_iso("2026-03-05"), by="Maria", reason="wedding dress", **more)  # type: ignore[arg-type]


def tier_of(shop: Shop) -> str:
    return str(asked(shop, "SELECT tier FROM standing")[0][0])


def test_a_tier_by_hand_is_undone_by_its_number(shop: Shop) -> None:
    told = member_tier(shop, "2901", given())
    revert(shop, int(str(told.data["number"])), Asked(by="Maria", reason="by mistake"))
    assert tier_of(shop) == "guest"


def test_a_tier_by_hand_holds_through_its_day_and_keeps_its_hand_and_reason(shop: Shop) -> None:
    said = member_tier(shop, "2901", given(last=day_from_iso("2026-03-20"))).said
    assert [str(line) for line in said] == ["Card 2901: patron from 2026-03-05 through 2026-03-20, by hand."]
    assert tier_of(shop) == "patron"
    assert asked(shop, "SELECT by, reason FROM adjustment") == [("Maria", "wedding dress")]
    recalc(shop, as_of=day_from_iso("2026-03-19"))
    assert tier_of(shop) == "patron"
    recalc(shop, as_of=day_from_iso("2026-03-20"))
    assert tier_of(shop) == "guest"
    assert recalc(shop, as_of=day_from_iso("2026-03-31"), everyone=True).data["entries"] == 0


def test_what_was_given_can_be_ended_and_a_key_does_it_once(shop: Shop) -> None:
    member_tier(shop, "2901", given(key="a"))
    assert member_tier(shop, "2901", given(key="a")).quiet
    over = GivenTier(tier="", first=day_from_iso("2026-03-08"), by="Maria", reason="a mistake")
    assert [str(line) for line in member_tier(shop, "2901", over).said] == ["Card 2901: what was given by hand is over."]
    assert tier_of(shop) == "guest"
    with pytest.raises(Refused, match="no tier that was given by hand"):
        member_tier(shop, "2901", replace(over, key="another request"))


def test_an_unknown_tier_a_missing_reason_and_days_in_disorder_are_refused(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="There is no tier patrn"):
        member_tier(shop, "2901", given("patrn"))
    with pytest.raises(LoyaltyError, match="needs a hand and a reason"):
        member_tier(shop, "2901", GivenTier(tier="patron", by="Maria"))
    with pytest.raises(Refused, match="2026-03-01 lies before 2026-03-05"):
        member_tier(shop, "2901", given(last=day_from_iso("2026-03-01")))
    with pytest.raises(Refused, match="has not come yet"):
        member_tier(shop, "2901", GivenTier(tier="patron", first=day_from_iso("2099-01-01"), by="M", reason="r"))
    assert asked(shop, "SELECT count(*) FROM adjustment") == [(0,)]


BEST = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  ladder:
    guest: {at_least: 0}
    circle: {best: 2, of_each: calendar month, ties: TIES, discount: 5%}
"""
# January: 2901 30.00, 2902 50.00 less 20.00, 2903 30.00 and 2904 10.00; a return of February counts off January.
MONTHS = (
    "1,2026-01-03 10:00:00,Market,2901,T,1,30.00",
    "2,2026-01-04 10:00:00,Market,2902,T,1,50.00",
    "3,2026-01-05 10:00:00,Market,2903,T,1,30.00",
    "4,2026-01-06 10:00:00,Market,2904,T,1,10.00",
    "5,2026-01-31 10:00:00,Market,2902,T,-1,-20.00",
)


def circle(shop: Shop) -> list[str]:
    """The cards in the circle."""
    rows = asked(shop, "SELECT c.number FROM standing st JOIN card c ON c.member_id = st.member_id WHERE tier = 'circle' ORDER BY 1")
    return [str(row[0]) for row in rows]


def best_shop(tmp_path: Path, ties: str) -> Shop:
    shop = shop_in(tmp_path / "shop", BEST.replace("TIES", ties))
    taken_in(shop, export(shop, "a.csv", *MONTHS, header=HEADER))
    return shop


def test_the_best_of_a_month_have_the_tier_through_the_next_one_equals_with_the_last_too(tmp_path: Path) -> None:
    shop = best_shop(tmp_path, "all in")
    recalc(shop, as_of=day_from_iso("2026-01-30"))
    assert circle(shop) == []
    # Three with 30.00: all equal with the second.
    recalc(shop, as_of=day_from_iso("2026-01-31"))
    assert circle(shop) == []
    recalc(shop, as_of=day_from_iso("2026-02-01"))
    assert circle(shop) == ["2901", "2902", "2903"]
    assert asked(shop, "SELECT DISTINCT by, reason FROM adjustment") == [("the program", "calendar month from 2026-01-01: 30.00 PLN")]
    # What comes in later changes nothing that was told; February ranks itself.
    more = ("6,2026-01-20 10:00:00,Market,2904,T,1,900.00", "7,2026-02-10 10:00:00,Market,2904,T,1,10.00")
    taken_in(shop, export(shop, "b.csv", *more, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-02-27"))
    assert circle(shop) == ["2901", "2902", "2903"]
    recalc(shop, as_of=day_from_iso("2026-02-28"))
    recalc(shop, as_of=day_from_iso("2026-03-01"))
    assert circle(shop) == ["2904"]
    recalc(shop, as_of=day_from_iso("2026-03-31"))
    assert circle(shop) == []
    assert recalc(shop, as_of=day_from_iso("2026-03-31"), everyone=True).data["entries"] == 0


def test_equals_at_the_end_of_the_list_are_left_out_where_the_program_says_so(tmp_path: Path) -> None:
    # Without the return 2902 has 50.00; two with 30.00 are equal for the one place that is left.
    shop = shop_in(tmp_path / "shop", BEST.replace("TIES", "none"))
    taken_in(shop, export(shop, "a.csv", *MONTHS[:4], header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-02-15"))
    assert circle(shop) == ["2902"]
    # Once is enough: the next night ranks January no more.
    recalc(shop, as_of=day_from_iso("2026-02-16"))
    assert asked(shop, "SELECT count(*) FROM adjustment") == [(1,)]


def test_benefits_that_are_no_money_are_told_of_the_card_and_in_the_report(shop: Shop) -> None:
    member_tier(shop, "2901", given())
    standing = {what: str(said_again(str(value))) for what, value in explain(shop, "2901").tables[0].rows}
    assert standing["Benefits"] == "free hemming, coffee"
    notes = [str(note) for note in report(shop, "tiers", Wanted()).tables[0].notes]
    assert notes == ["patron: free hemming, coffee"]
