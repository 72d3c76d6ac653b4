"""Worked cases that others have published, from their inputs to their figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.books.flows import Cohort
from loyalty_cli.books.flows import flows_of
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import Estimates
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from tests.books.test_owed import flow
from tests.books.test_owed import posted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Flow
    from loyalty_cli.model.bookkeeping import Policy
    from loyalty_cli.model.bookkeeping import Treatment

LAST = day_from_iso("2031-12-31")


def revenue(days: Mapping[str, Flow], shares: Mapping[str, int], *, worth: int, policy: Policy | Treatment = "deferral") -> dict[str, int]:
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


# What was owed for points as published: each change of a day by its kind, and what was owed at the end of some months.
ROLLED = {
    # Overstock's 10-Q of 30-06-2020, US GAAP, thousand USD: 50,578 + 36,622 - 45,379 = 41,821; + 80,287 - 32,403 = 89,705.
    "overstock": (
        (
            ("2019-12-31", "earned", 50_578),
            ("2020-02-15", "earned", 36_622),
            ("2020-03-31", "used", 45_379),
            ("2020-05-15", "earned", 80_287),
            ("2020-06-30", "used", 32_403),
        ),
        {"2020-03": 41_821, "2020-06": 89_705},
    ),
    # China Southern Airlines' 20-F of 2019, IFRS, million RMB: 3,261 + 2,161 - 1,711 = 3,711; + 1,979 - (1,948 + 411) = 3,331.
    "china southern": (
        (
            ("2017-12-31", "earned", 3_261),
            ("2018-06-30", "earned", 2_161),
            ("2018-12-31", "used", 1_711),
            ("2019-06-30", "earned", 1_979),
            ("2019-12-30", "used", 1_948),
            ("2019-12-31", "used", 411),
        ),
        {"2018-12": 3_711, "2019-12": 3_331},
    ),
    # Royal Ahold, Netherlands, IFRS as adopted by the EU, a provision at cost, million EUR; provisions, column "Loyalty programs".
    # What was released is taken as points that will not be used, the interest accreted as points that no sale gave.
    # Annual reports of 2008 and 2009 (albertheijnerfgoed.courant.nu/issue/JV/2008-01-01/edition/null/page/107, 2009-01-01/.../125):
    # 56 + 23 - 16 - 14 + 3 = 52; + 20 - 15 - 13 + 3 = 47.
    "ahold 2008 and 2009": (
        (
            ("2007-12-30", "earned", 56),
            ("2008-06-30", "earned", 23),
            ("2008-09-30", "used", 16),
            ("2008-12-27", "lapsed", 14),
            ("2008-12-28", "other", 3),
            ("2009-06-30", "earned", 20),
            ("2009-09-30", "used", 15),
            ("2009-12-30", "lapsed", 13),
            ("2009-12-31", "other", 3),
        ),
        {"2008-12": 52, "2009-12": 47},
    ),
    # Annual reports of 2011 and 2012 (.../JV/2011-01-01/edition/null/page/10, 2012-01-01/.../119), 2011 with 1 of other discount rates:
    # 51 + 17 - 18 - 2 + (2 + 1) = 51; + 17 - 18 - 3 + 2 = 49.
    "ahold 2011 and 2012": (
        (
            ("2010-12-31", "earned", 51),
            ("2011-06-30", "earned", 17),
            ("2011-09-30", "used", 18),
            ("2011-12-30", "lapsed", 2),
            ("2011-12-31", "other", 3),
            ("2012-06-30", "earned", 17),
            ("2012-09-30", "used", 18),
            ("2012-12-29", "lapsed", 3),
            ("2012-12-30", "other", 2),
        ),
        {"2011-12": 51, "2012-12": 49},
    ),
}


@pytest.mark.parametrize("name", ROLLED)
def test_a_published_roll_forward_comes_out_of_its_inputs(name: str) -> None:
    """What came in, was used, released and added, as published; a point is the unit of the report."""
    moves, published = ROLLED[name]
    flows = flows_of(
        posted(day, points if kind in {"earned", "other"} else -points, kind, at) for at, (day, kind, points) in enumerate(moves, 1)
    )
    estimates = Estimates(lambda *_: "provision", lambda _, __: 10_000, lambda _: 1_000)
    standing, closing = 0, {}
    for change, amount in sorted(changes(flows, estimates, last=LAST).items()):
        standing += amount
        closing[month_of(change.day)] = standing
    assert {month: closing[month] for month in published} == published
