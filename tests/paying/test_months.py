"""Whether a program pays, month by month, by hand."""

from __future__ import annotations

from itertools import accumulate

import pytest

from loyalty_cli.model.costs import Cost
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.paying.break_even import Paying
from loyalty_cli.paying.months import Month
from loyalty_cli.paying.months import months_missing
from loyalty_cli.paying.months import paid_back_in
from loyalty_cli.paying.months import paid_in
from loyalty_cli.paying.months import reached


def month(number: int, since: int, expected: int, set_up: int = 0, margin: int | None = 4000) -> Month:
    name = f"2026-{number:02}"
    return Month(name, since, 0, since, expected, expected, 0, 0, set_up, margin)


# 1,250.00 at 40 %, bought a quarter more than without the program: 1,000.00 and 250.00, which leaves 100.00 more.
STEADY = [month(1, 1250_00, 40_00, 150_00), *(month(number, 1250_00, 40_00) for number in (2, 3, 4))]


def test_setting_up_is_paid_back_by_what_the_uplift_brings_less_what_it_costs() -> None:
    course = list(reached(STEADY, 2500))
    # 100.00 - 40.00 - 150.00 = -90.00, then 60.00 more each month
    assert [each.balance for each in course] == [-90_00, -30_00, 30_00, 90_00]
    assert [each.brought for each in course] == [100_00] * 4
    # (40 + 150) / (500 - 190) = 61.30 %; (80 + 150) / (1000 - 230) = 29.88 %; 270 / 1230 = 21.96 %; 310 / 1690 = 18.35 %
    assert [each.pays_at for each in course] == [6130, 2988, 2196, 1835]
    assert paid_back_in(course, STEADY) == "2026-03"
    assert months_missing(course, STEADY, day_from_iso("2026-04-30")) is None


def test_the_months_that_are_missing_go_at_the_pace_of_the_last_whole_ones() -> None:
    months = [month(1, 1250_00, 40_00, 400_00), *STEADY[1:3]]
    course = list(reached(months, 2500))
    # -340.00, -280.00, -220.00: 220 / 60 is 3.67, so four more
    assert months_missing(course, months, day_from_iso("2026-03-31")) == 4
    # March is running: the pace is that of January and February, the same
    assert months_missing(course, months, day_from_iso("2026-03-10")) == 4
    # nothing is whole yet
    assert months_missing(course[:1], months[:1], day_from_iso("2026-01-20")) is None


def test_a_program_that_costs_more_than_it_brings_never_pays_back() -> None:
    months = [month(1, 1250_00, 110_00, 50_00), month(2, 1250_00, 110_00)]
    course = list(reached(months, 2500))
    assert paid_back_in(course, months) is None
    assert months_missing(course, months, day_from_iso("2026-02-28")) is None


def test_what_was_paid_back_and_then_lost_again_is_not_paid_back() -> None:
    months = [month(1, 1250_00, 0, 50_00), month(2, 0, 80_00), month(3, 1250_00, 0)]
    course = list(reached(months, 2500))
    assert [each.balance for each in course] == [50_00, -30_00, 70_00]
    assert paid_back_in(course, months) == "2026-03"


def test_without_a_margin_or_an_uplift_nothing_is_claimed() -> None:
    (first,) = reached([month(1, 100_00, 5_00, margin=None)], 2500)
    assert first[1:] == (None, None, None)
    (second,) = reached([month(1, 100_00, 5_00)], None)
    # 5 / (40 - 5) = 14.29 %
    assert second[1:] == (1429, None, None)


@pytest.mark.parametrize(("turnover", "cost", "margin"), [(100_000, 3_000, 3_000), (49_000, 13_320, 4_000), (7, 1, 9_999)])
def test_the_break_even_is_the_smallest_uplift_that_brings_the_cost(turnover: int, cost: int, margin: int) -> None:
    # The other way round: of the turnover with the uplift in it, u / (1 + u) was brought, and left the margin.
    uplift = Paying(turnover, cost, margin).break_even
    assert uplift is not None
    assert turnover * margin * uplift >= cost * 10_000 * (10_000 + uplift)
    assert turnover * margin * (uplift - 1) < cost * 10_000 * (10_000 + uplift - 1)


def test_what_is_paid_each_month_does_not_grow_with_what_is_bought() -> None:
    # 28,800.00 a month at 30 % leave 8,640.00; rewards of 345.60 and 500.00 for tools: 845.60 / (8,640.00 - 345.60) = 10.195 %.
    paying = Paying(28_800_00, 845_60, 3_000, fixed=500_00)
    assert paying.break_even == 1_020
    # A fifth more: 1,728.00, and 345.60 x 1.2 + 500.00 = 914.72.
    assert paying.if_more(2_000) == (1_728_00, 914_72)


def test_a_running_cost_is_paid_in_the_months_its_days_lie_in() -> None:
    cost = Cost("tool", 5_00, day_from_iso("2026-02-20"), day_from_iso("2026-04-01"))
    assert [number for number in range(1, 7) if paid_in(cost, f"2026-{number:02}")] == [2, 3, 4]


def test_the_balance_is_the_sum_of_what_was_brought_less_what_was_paid() -> None:
    course = list(reached(STEADY, 2500))
    steps = [(each.brought or 0) - paid.cost - paid.set_up for each, paid in zip(course, STEADY, strict=True)]
    assert [each.balance for each in course] == list(accumulate(steps))
