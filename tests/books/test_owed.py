from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.books.flows import Cohort
from loyalty_cli.books.flows import Flow
from loyalty_cli.books.flows import flows_of
from loyalty_cli.books.flows import KINDS
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import Estimates
from loyalty_cli.model.bookkeeping import Posted
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Flows
    from loyalty_cli.model.bookkeeping import Policy

LAST = day_from_iso("2031-12-31")


def until(flows: Flows, last: int) -> dict[str, int]:
    """The points of each kind in all cohorts through a day."""
    found = dict.fromkeys(KINDS, 0)
    for days in flows.values():
        for day, each in days.items():
            if day <= last:
                for kind, points in each.points.items():
                    found[kind] += points
    return found


def flow(sold: int = 0, **points: int) -> Flow:
    return Flow(dict.fromkeys(KINDS, 0) | {name.replace("_", " "): count for name, count in points.items()}, sold)


def by_month(
    days: Mapping[str, Flow], *, policy: Policy = "deferral", share: Mapping[str, int] | int = 10_000, by_sale: bool = True
) -> dict[tuple[str, str], int]:
    """What each month adds to what is owed for one cohort, by kind; a point is worth 1.00 and shares hold from a month on."""
    cohort = Cohort(month_of(day_from_iso(min(days))), "Market", by_sale)
    shares: Mapping[str, int] = {"": share} if isinstance(share, int) else share

    def expected(month: str, _: Cohort) -> int:
        return next(shares[since] for since in sorted(shares, reverse=True) if since <= month)

    estimates = Estimates(lambda *_: policy, expected, lambda _: 100_000)
    flows = {cohort: {day_from_iso(day): flow for day, flow in days.items()}}
    found: dict[tuple[str, str], int] = {}
    for change, amount in changes(flows, estimates, last=LAST).items():
        key = month_of(change.day), change.kind
        found[key] = found.get(key, 0) + amount
    return found


def test_the_published_case_of_deferral_is_exact_to_the_unit() -> None:
    # IFRS 15 Example 52 (IE267-IE270), ASC 606-10-55-353: 100,000 sold, 10,000 points worth 1 each, 9,500 expected.
    # Points' share: 100,000 x 9,500 / 109,500 = 8,675.799, here to the cent. 4,500 used in the first year:
    # 8,675.80 x 4,500 / 9,500 = 4,109.59. Then 9,700 are expected and 8,500 used in all:
    # 8,675.80 x 8,500 / 9,700 = 7,602.51, of which 4,109.59 x ... 8,675.80 x 4,500 / 9,700 = 4,024.86 is the catch-up.
    found = by_month(
        {
            "2027-06-30": flow(sold=10_000_000, earned=10_000),
            "2027-12-31": flow(used=4_500),
            "2028-12-31": flow(used=4_000),
        },
        share={"": 9_500, "2028-01": 9_700},
    )
    assert found == {
        ("2027-06", "earned"): 867_580,
        ("2027-12", "used"): -410_959,
        ("2028-01", "estimate"): 410_959 - 402_486,
        ("2028-12", "used"): -(760_251 - 402_486),
    }
    # In whole units, as published: 8,676, 4,110 and 3,493, and 1,073 is left.
    year = found["2028-01", "estimate"] + found["2028-12", "used"]
    assert [round(amount / 100) for amount in (867_580, 410_959, -year, sum(found.values()))] == [8_676, 4_110, 3_493, 1_073]


def test_what_lapses_is_revenue_when_it_lapses_and_nothing_is_left() -> None:
    # 200.00 sold, 100 points worth 1.00, all expected: 200.00 x 100.00 / 300.00 = 66.67. 40 used: 66.67 x 40 / 100 = 26.67.
    # Then 60 lapse: the rest, 40.00.
    found = by_month({"2027-01-10": flow(20_000, earned=100), "2027-02-10": flow(used=40), "2028-01-11": flow(lapsed=60)})
    assert found == {("2027-01", "earned"): 6_667, ("2027-02", "used"): -2_667, ("2028-01", "lapsed"): -4_000}


def test_what_lapses_beyond_what_was_expected_to_lapse_is_caught_up() -> None:
    # 100 points, 80 expected to be used: 200.00 x 80.00 / 280.00 = 57.14. 10 lapse: 80 still can be used. 30 more lapse:
    # only 60 can, at 57.14 / 80 each: 42.86, so 14.28 are revenue. 30 used: 30 are left, 21.43; then none.
    found = by_month(
        {
            "2027-01-10": flow(20_000, earned=100),
            "2027-02-10": flow(lapsed=10),
            "2027-03-10": flow(lapsed=30),
            "2027-04-10": flow(used=30),
            "2027-05-10": flow(used=30),
        },
        share=8_000,
    )
    assert found == {
        ("2027-01", "earned"): 5_714,
        ("2027-03", "lapsed"): -1_428,
        ("2027-04", "used"): -2_143,
        ("2027-05", "used"): -2_143,
    }


def test_a_card_that_lapsed_is_not_owed_again_when_another_is_sold() -> None:
    # Two cards of 50.00 of one month, one of which lapses before the other is sold: 50.00 are owed each time.
    days = {"2027-05-13": flow(5_000, earned=5_000), "2027-05-17": flow(lapsed=5_000), "2027-05-19": flow(5_000, earned=5_000)}
    estimates = Estimates(lambda *_: "sold", lambda *_: 9_000, lambda _: 1_000)
    cohort = Cohort("2027-05", "", by_sale=True, coupon="gift card")
    found = changes({cohort: {day_from_iso(day): each for day, each in days.items()}}, estimates, last=LAST)
    assert [amount for _, amount in sorted(found.items())] == [5_000, -5_000, 5_000]


def test_returned_goods_take_their_share_of_the_deferral() -> None:
    # 66.67 for 100 points; 25 points are taken back: 75 / 100 of 66.666... is 50.00.
    found = by_month({"2027-01-10": flow(20_000, earned=100), "2027-01-20": flow(taken_back=25)})
    assert found == {("2027-01", "earned"): 6_667, ("2027-01", "taken back"): -1_667}


def test_points_without_a_sale_are_owed_at_their_worth() -> None:
    assert by_month({"2027-01-10": flow(other=50)}, by_sale=False, share=8_000) == {("2027-01", "other"): 4_000}


def test_a_provision_is_for_points_expected_to_be_used_at_their_worth() -> None:
    # 100 points, 80 % expected: 80.00; 30 used: 50.00 is left; from March 90 % are expected: 60.00; 70 lapse: nothing.
    found = by_month(
        {"2027-01-10": flow(20_000, earned=100), "2027-02-10": flow(used=30), "2028-01-10": flow(lapsed=70)},
        policy="provision",
        share={"": 8_000, "2027-03": 9_000},
    )
    assert found == {
        ("2027-01", "earned"): 8_000,
        ("2027-02", "used"): -3_000,
        ("2027-03", "estimate"): 1_000,
        ("2028-01", "lapsed"): -6_000,
    }


def test_a_memo_books_nothing() -> None:
    assert by_month({"2027-01-10": flow(20_000, earned=100)}, policy="memo") == {}


def posted(day: str, quantity: int, kind: str, cause: int, *, sale: int | None = None, store: str = "Market", sold: int = 0) -> Posted:
    return Posted(1, day_from_iso(day), quantity, kind, (1, cause), sale, store, sold)


def sums(*entries: Posted) -> dict[tuple[str, str], dict[str, int]]:
    """The points of each cohort by kind, those that are not nothing."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for cohort, days in flows_of(entries).items():
        mine = found.setdefault((cohort.month, cohort.store), {})
        for each in days.values():
            for kind, points in each.points.items():
                mine[kind] = mine.get(kind, 0) + points
    return {cohort: {kind: points for kind, points in mine.items() if points} for cohort, mine in found.items()}


def test_what_is_used_was_earned_first_and_stays_with_the_store_that_gave_it() -> None:
    # 60 of January (Market) and 30 of February (Station); 80 used: 60 and 20.
    assert sums(
        posted("2027-01-05", 60, "earned", 1),
        posted("2027-02-05", 30, "earned", 2, store="Station"),
        posted("2027-03-05", -80, "used", 9),
    ) == {("2027-01", "Market"): {"earned": 60, "used": 60}, ("2027-02", "Station"): {"earned": 30, "used": 20}}


def test_a_return_takes_from_its_own_sale_and_used_points_go_back_where_they_were() -> None:
    # The return of the February sale takes its 30; 50 of January's are used and 20 of them come back.
    assert sums(
        posted("2027-01-05", 60, "earned", 1),
        posted("2027-02-05", 30, "earned", 2),
        posted("2027-03-05", -30, "taken back", 3, sale=2),
        posted("2027-03-06", -50, "used", 4),
        posted("2027-03-07", 20, "used", 5),
    ) == {("2027-01", "Market"): {"earned": 60, "used": 30}, ("2027-02", "Market"): {"earned": 30, "taken back": 30}}


def test_a_return_that_is_undone_gives_back_what_it_took() -> None:
    """100.00 for 100 points worth 1.00: 50.00. 40 are taken back: 30.00. Their return never was: 50.00 again.

    Without points of its own to take, the return takes the next ones, and gives back these.
    """
    sale = posted("2027-01-05", 100, "earned", 1, sold=100_00)
    back = posted("2027-01-20", -40, "taken back", 2, sale=1)
    undone = posted("2027-02-10", 40, "taken back", 2, sale=1)
    estimates = Estimates(lambda *_: "deferral", lambda *_: 10_000, lambda _: 100_000)
    owed = [sum(changes(flows_of(some), estimates, last=LAST).values()) for some in ([sale], [sale, back], [sale, back, undone])]
    assert owed == [50_00, 30_00, 50_00]
    used, next_one = posted("2027-01-06", -100, "used", 3), posted("2027-01-07", 70, "earned", 4, store="Station")
    assert sums(sale, used, next_one, back, undone) == {
        ("2027-01", "Market"): {"earned": 100, "used": 100},
        ("2027-01", "Station"): {"earned": 70},
    }


def test_what_a_hand_gave_or_took_and_is_undone_leaves_all_as_before() -> None:
    # 100 of a sale; 25 are given by hand and taken again: they were no points of the sale. 40 are moved to another member and back.
    def by_hand(on: str, quantity: int, number: int) -> Posted:
        return posted(on, quantity, "other", 0)._replace(cause=(4, number), store="")

    sale = posted("2027-01-05", 100, "earned", 1, sold=100_00)
    assert sums(sale, by_hand("2027-02-01", 25, 7), by_hand("2027-02-02", -25, 7)) == {
        ("2027-01", "Market"): {"earned": 100},
        ("2027-02", ""): {},
    }
    moved = by_hand("2027-02-03", -40, 8)
    assert sums(sale, moved) == {("2027-01", "Market"): {"earned": 100, "other": -40}}
    assert sums(sale, moved, by_hand("2027-02-04", 40, 8)) == {("2027-01", "Market"): {"earned": 100}}


def test_what_lapsed_from_other_points_is_theirs_again_when_it_has_not_lapsed() -> None:
    # 60 of January were used first, by the books, so that the 60 that lapse with January's lot are February's. A late file says that
    # they had been used before they could lapse: nothing has lapsed.
    entries = (
        posted("2027-01-05", 60, "earned", 1),
        posted("2027-02-05", 60, "earned", 2, store="Station"),
        posted("2027-02-06", -60, "used", 3),
        posted("2027-03-05", -60, "lapsed", 1),
    )
    assert sums(*entries)["2027-02", "Station"] == {"earned": 60, "lapsed": 60}
    assert sums(*entries, posted("2027-03-07", 60, "lapsed", 1)) == {
        ("2027-01", "Market"): {"earned": 60, "used": 60},
        ("2027-02", "Station"): {"earned": 60},
    }


def test_a_use_that_is_undone_on_its_day_leaves_all_as_before_whichever_is_told_first() -> None:
    sale = posted("2027-01-05", 60, "earned", 1)
    use, undone = (posted("2027-02-05", points, "used", 0)._replace(cause=(2, 9), store="") for points in (-20, 20))
    for day in ((use, undone), (undone, use)):
        assert sums(sale, *day)["2027-01", "Market"] == {"earned": 60}
        assert not any(points for cohort, points in sums(sale, *day).items() if cohort != ("2027-01", "Market"))


def test_a_debt_is_charged_to_the_points_that_pay_it() -> None:
    # 10 points, all used; then 10 are taken back, which nobody has: March owes them until April's points pay.
    entries = (
        posted("2027-01-05", 10, "earned", 1),
        posted("2027-02-05", -10, "used", 2),
        posted("2027-03-05", -10, "taken back", 3, sale=1),
    )
    assert sums(*entries)["2027-03", "Market"] == {"taken back": 10}
    paid = sums(*entries, posted("2027-04-05", 25, "earned", 4))
    assert (paid["2027-03", "Market"], paid["2027-04", "Market"]) == ({}, {"earned": 25, "taken back": 10})


def test_what_a_member_is_missing_is_not_taken_off_what_is_owed_to_others() -> None:
    """100 points of one member at 1.00 are owed at 100.00, though another has spent 30 of a sale that comes back in that month.

    The next 40 of the other pay for the 30: 110.00.
    """
    own = posted("2027-03-02", 100, "earned", 1, sold=100_00)
    spent = [
        posted("2027-02-05", 30, "earned", 2)._replace(member=2),
        posted("2027-02-06", -30, "used", 3)._replace(member=2),
        posted("2027-03-05", -30, "taken back", 4, sale=2)._replace(member=2),
    ]
    next_one = posted("2027-03-20", 40, "earned", 5)._replace(member=2)
    estimates = Estimates(lambda *_: "provision", lambda *_: 10_000, lambda _: 100_000)
    owed = [sum(changes(flows_of(some), estimates, last=LAST).values()) for some in ([own, *spent], [own, *spent, next_one])]
    assert owed == [100_00, 110_00]


def test_what_somebody_is_missing_who_is_erased_is_not_taken_off_what_is_owed_to_others() -> None:
    # 96 by hand at 1.00 are owed at 96.00; 37 of another member, spent and taken back, are written off as lapsed in that month.
    own = posted("2027-03-02", 96, "other", 0)._replace(cause=(4, 7), store="")
    erased = [
        posted("2027-02-05", 37, "earned", 2)._replace(member=2),
        posted("2027-02-06", -37, "used", 3)._replace(member=2),
        posted("2027-03-05", -37, "taken back", 4, sale=2)._replace(member=2),
        posted("2027-03-20", 37, "lapsed", 0)._replace(member=2, cause=(3, 9), store=""),
    ]
    estimates = Estimates(lambda *_: "provision", lambda *_: 10_000, lambda _: 100_000)
    assert sum(changes(flows_of([own, *erased]), estimates, last=LAST).values()) == 96_00


def test_the_money_of_a_sale_goes_where_its_points_go() -> None:
    # Two members are made one: the 100 points of a sale of 100.00 go from one and come to the other, the sale is one as before.
    # Then the sale is taken back as if it had never been (an import that is reverted): nothing was sold.
    moved = [
        posted("2027-01-05", 100, "earned", 1, sold=100_00),
        posted("2027-01-05", 50, "earned", 1, sold=100_00),
        posted("2027-01-20", -100, "earned", 1, sold=100_00),
        posted("2027-01-20", -50, "earned", 1, sold=100_00),
    ]
    assert sum(flow.sold for days in flows_of(moved).values() for flow in days.values()) == 0
    again = [*moved, *(each._replace(member=2) for each in moved[:2])]
    assert sum(flow.sold for days in flows_of(again).values() for flow in days.values()) == 100_00


def test_what_moves_on_as_taken_back_is_owed_as_before() -> None:
    # A receipt that took something back, too, gave 150 points worth 1.00 for 100.00: 100.00 x 150 / 250 = 60.00. Another member is
    # made one with its own: there it stands as taken back. Two such sales came, and half of all is left: 200 x 300 / 500 / 2 = 60.00.
    moved = [
        posted("2027-01-05", 150, "earned", 1, sold=100_00),
        posted("2027-01-20", -150, "taken back", 1, sold=100_00),
        posted("2027-01-20", 150, "earned", 1, sold=100_00)._replace(member=2),
    ]
    estimates = Estimates(lambda *_: "deferral", lambda *_: 10_000, lambda _: 100_000)
    assert sum(changes(flows_of(moved), estimates, last=LAST).values()) == 60_00


entries = st.builds(
    lambda member, day, quantity, kind, cause, sale, store, sold: Posted(
        member, day_from_iso("2027-01-01") + day, quantity, kind, (1, cause), sale, store, sold
    ),
    st.integers(1, 3),
    st.integers(0, 700),
    st.integers(-60, 100).filter(bool),
    st.sampled_from(KINDS),
    st.integers(1, 12),
    st.one_of(st.none(), st.integers(1, 12)),
    st.sampled_from(("", "Market", "Station")),
    st.integers(0, 50_000),
)


@settings(max_examples=100)
@given(st.lists(entries, max_size=25), st.sampled_from(("deferral", "provision")), st.integers(0, 10_000))
def test_cohorts_lose_no_point_and_what_is_owed_is_the_sum_of_its_changes(some: list[Posted], policy: Policy, share: int) -> None:
    ordered = sorted(some, key=lambda each: (each.member, each.day))
    flows = flows_of(ordered)
    for day in (day_from_iso("2027-06-30"), LAST):
        plain = dict.fromkeys(KINDS, 0)
        for each in ordered:
            if each.day <= day:
                plain[each.kind] += each.quantity if each.kind in {"earned", "other"} else -each.quantity
        assert until(flows, day) == plain
    estimates = Estimates(lambda *_: policy, lambda month, _: share if month < "2028-01" else 10_000 - share // 2, lambda _: 3_333)
    whole = changes(flows, estimates, last=LAST)
    half = changes(flows, estimates, last=day_from_iso("2027-12-31"))
    # What was reckoned through an earlier day is the same, whatever came later.
    assert half == {change: amount for change, amount in whole.items() if change.day <= day_from_iso("2027-12-31")}
    for cohort, days in flows.items():
        left = sum(
            each.points["earned"] + each.points["other"] - each.points["used"] - each.points["lapsed"] - each.points["taken back"]
            for each in days.values()
        )
        alone = sum(changes({cohort: days}, estimates, last=LAST).values())
        # Nothing is owed for points that are gone, nor where more lapsed than ever came.
        if left <= 0:
            assert alone == 0


def test_an_estimate_that_falls_and_rises_is_caught_up_both_times() -> None:
    """1,000.00 sold with 200 points worth 1.00, 75 % expected: 1,000 x 150 / 1,150 = 130.43.

    60 used of 150: 130.43 x 60 / 150 = 52.17 is revenue. Then 60 % (120) are expected: 130.43 x 60 / 120 = 65.22, so 13.05
    more; then 90 % (180): 130.43 x 60 / 180 = 43.48, so 21.74 less. 120 more used: all 180 were expected, all is revenue.
    """
    found = by_month(
        {"2027-01-10": flow(100_000, earned=200), "2027-02-10": flow(used=60), "2028-05-10": flow(used=120)},
        share={"": 7_500, "2027-06": 6_000, "2028-01": 9_000},
    )
    assert found == {
        ("2027-01", "earned"): 13_043,
        ("2027-02", "used"): -5_217,
        ("2027-06", "estimate"): -1_305,
        ("2028-01", "estimate"): 2_174,
        ("2028-05", "used"): -8_695,
    }


def test_the_share_of_points_that_a_cohort_uses_is_never_more_than_it_has() -> None:
    with pytest.raises(StopIteration):
        by_month({"2027-01-10": flow(earned=1)}, share={"2028-01": 1})
