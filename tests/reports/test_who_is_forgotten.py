"""Who is forgotten stands in no list of whom to do something for, and in those of earlier days as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.feedback.add import feedback_add
from loyalty_cli.operations.feedback.add import Told
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
feedback: {scale: 0-10}
tiers: {by: spend, counted_over: 12 months, ladder: {guest: {at_least: 0}, friend: {at_least: 100.00}}}
rewards:
  ten visits: {when: {visits: 10}, give: {badge: regular}}
"""
HEADER = "receipt,date,store,card,product,category,quantity,amount"
ERASED_ON = day_from_iso("2026-11-21")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 and 2902 came every second day of the first half of November, for 12.00, and never again; today is the 21st."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = [f"{card}{day},2026-11-{day:02} 10:00:00,Market,{card},T,tea,1,12.00" for card in (2901, 2902) for day in range(1, 16, 2)]
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=ERASED_ON - 1)
    for card in ("2901", "2902"):
        # A year as a member on the 24th.
        member_set(shop, card, MemberWishes(joined=day_from_iso("2025-11-24")), Asked(by="Ewa", reason="as on paper"))
        feedback_add(shop, card, Told(score=10), Asked(by="Ewa", key=card))
    return shop


def cards(shop: Shop, name: str, **wanted: object) -> set[object]:
    """The cards in a report."""
    table = report(shop, name, Wanted(**wanted)).tables[0]  # type: ignore[arg-type]
    at = [column.name for column in table.columns].index("card")
    return {row[at] for row in table.rows}


@pytest.mark.parametrize("name", ["near-tier", "progress", "rhythm", "surprise", "reviews"])
def test_nobody_is_asked_to_do_something_for_who_is_forgotten(name: str, shop: Shop) -> None:
    assert cards(shop, name) == {"2901", "2902"}
    member_erase(shop, "2901", Asked(by="Ewa", reason="a letter", day=ERASED_ON))
    tomorrow = replace(shop, now=shop.now + timedelta(days=1))
    recalc(tomorrow)
    assert cards(tomorrow, name) == {"2902"}


@pytest.mark.parametrize("name", ["near-tier", "progress", "rhythm"])
def test_an_earlier_day_is_told_as_it_was(name: str, shop: Shop) -> None:
    member_erase(shop, "2901", Asked(by="Ewa", reason="a letter", day=ERASED_ON))
    assert cards(shop, name, as_of=ERASED_ON - 1) == {"2901", "2902"}


def test_nobody_is_to_be_offered_anything_who_is_forgotten(shop: Shop) -> None:
    """Six buy tea and cake, three bread alone; so the two who buy tea will buy cake."""
    goods = [*((card, what) for card in range(2911, 2917) for what in ("tea", "cake")), *((card, "bread") for card in range(2921, 2924))]
    rows = [f"{what}{card},2026-11-10 11:00:00,Market,{card},{what},{what},1,5.00" for card, what in goods]
    taken_in(shop, export(shop, "b.csv", *rows, header=HEADER))
    assert cards(shop, "next-category") == {"2901", "2902"}
    member_erase(shop, "2901", Asked(by="Ewa", reason="a letter", day=ERASED_ON))
    assert cards(shop, "next-category") == {"2902"}
