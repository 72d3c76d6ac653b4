"""Worked cases that others have published, from their inputs to their figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import Cohort
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import Estimates
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from tests.books.test_owed import flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Flow
    from loyalty_cli.model.bookkeeping import Policy
    from loyalty_cli.model.bookkeeping import Treatment

LAST = day_from_iso("2031-12-31")


def revenue(
    days: Mapping[str, Flow], shares: Mapping[str, int], *, worth: int, policy: Policy | Treatment = "deferral"
) -> dict[str, int]:
    """What each year takes off what is owed for one cohort; `worth` of a point in minor units, shares hold from a year on."""
    cohort = Cohort(month_of(day_from_iso(min(days))), "Market", by_sale=True)

    def expected(month: str, _: Cohort) -> int:
        return next(shares[since] for since in sorted(shares, reverse=True) if since <= month)

    estimates = Estimates(lambda *_: policy, expected, lambda _: worth * 1_000)
    found: Counter[str] = Counter()
    for change, amount in changes({cohort: {day_from_iso(day): each for day, each in days.items()}}, estimates, last=LAST).items():
        found["owed" if change.kind == "earned" else month_of(change.day)[:4]] += amount if change.kind == "earned" else -amount
    return dict(found)


def test_a_grocer_s_points_of_2016() -> None:
    """Illustration IFRS 15, scribd.com/presentation/318115841: 7,200,000 sold, 10,000 points worth 100 each, 8,000 expected.

    7,200,000 x 800,000 / 8,000,000 = 720,000 are the points'. 4,000 of 8,000 used in 2016: 360,000. 8,100 of 9,000 in 2017:
    720,000 x 8,100 / 9,000 = 648,000, less 360,000. 9,000 of 9,000 in 2018: the last 72,000.
    """
    days = {
        "2016-06-30": flow(7_200_000_00, earned=10_000),
        "2016-12-31": flow(used=4_000),
        "2017-12-31": flow(used=4_100),
        "2018-12-31": flow(used=900),
    }
    found = revenue(days, {"": 8_000, "2017": 9_000}, worth=100_00)
    assert found == {"owed": 720_000_00, "2016": 360_000_00, "2017": 288_000_00, "2018": 72_000_00}


def test_more_and_fewer_points_are_expected_to_be_used() -> None:
    """KPMG, Revenue - IFRS 15 handbook (2019), Examples 10A and 10B: 9,000 are allocated to 10,000 points, 9,700 expected.

    4,500 used: 9,000 x 4,500 / 9,700 = 4,175. Then 8,500 of 9,900: 7,727 - 4,175 = 3,552; or 8,500 of 9,200: 8,315 - 4,175 = 4,140.
    The book rounds the allocation to 9 %, so it is taken as what was paid.
    """
    days = {"2027-01-01": flow(9_000_00, earned=10_000), "2027-12-31": flow(used=4_500), "2028-12-31": flow(used=4_000)}
    for later, expected in ((9_900, 3_552), (9_200, 4_140)):
        found = revenue(days, {"": 9_700, "2028": later}, worth=1_00, policy="sold")
        assert {year: round(amount / 100) for year, amount in found.items()} == {"owed": 9_000, "2027": 4_175, "2028": expected}


def test_a_fifth_of_gift_cards_is_never_used() -> None:
    """CLA, Gift cards - the gift that keeps on giving (blogs.claconnect.com): 80 % of the cards' value is used, 20 % is not.

    20 % / 80 % = 25 % of what is used is breakage: of 50.00 that is 12.50, so that 62.50 are revenue.
    """
    days = {"2027-01-01": flow(1_000_00, earned=1_000_00), "2027-12-31": flow(used=50_00)}
    assert revenue(days, {"": 8_000}, worth=1, policy="sold") == {"owed": 1_000_00, "2027": 62_50}
