"""What a reward gave at a target goes when what was kept no longer reaches the target of its day, whatever is asked since."""

from __future__ import annotations

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_from_iso
from tests.replay.test_rewards_of_another_version import given
from tests.replay.test_rewards_of_another_version import SWITCH

BACK = day_from_iso("2026-03-20")


def spend(much: int, over: str = "lifetime", times: str = "once") -> str:
    return f"r: {{when: {{spend: {much}, counted_over: {over}, times: {times}}}, give: {{points: 5}}}}"


def entry(day: str | Day, points: int) -> tuple[str, Day, int]:
    return "rewards.r", day_from_iso(day) if isinstance(day, str) else day, points


def test_what_was_given_at_a_lower_target_goes_with_the_goods_that_reached_it() -> None:
    # 60 and 90 are 150, which reach 100 and not 200, asked since the 15th; without the 90, the 60 reach neither.
    for over in ("lifetime", "calendar month", "calendar year"):
        due = given(spend(100, over), spend(200, over), {"2026-03-02": 60, "2026-03-03": 90}, back="2026-03-03")
        assert due == [entry("2026-03-03", 5), entry(BACK, -5)]


def test_a_month_that_was_over_keeps_the_target_that_it_had() -> None:
    # February had 60 and 90, and reached 100; in March 200 are asked, or 50: the 60 that are left never were enough.
    for later in (200, 50):
        due = given(spend(100, "calendar month"), spend(later, "calendar month"), {"2026-02-02": 60, "2026-02-03": 90}, "2026-02-03")
        assert due == [entry("2026-02-03", 5), entry(BACK, -5)]


def test_what_the_rest_still_reached_stays() -> None:
    # 110 and 30: without the 30, 110 reach 100; over the last 90 days, too, though 200 are asked now.
    for over in ("lifetime", "90 days"):
        assert given(spend(100, over), spend(200, over), {"2026-03-02": 110, "2026-03-03": 30}, "2026-03-03") == [entry("2026-03-02", 5)]


def test_of_several_times_only_those_go_that_are_reached_no_more() -> None:
    # 250 reach 100 twice; every 100 more of 200 nothing. Without the 120 there are 130: once.
    bought = {"2026-03-02": 130, "2026-03-03": 120}
    for over in ("lifetime", "90 days"):
        due = given(spend(100, over, "every time"), spend(200, over, "every time"), bought, "2026-03-03")
        assert due == [entry("2026-03-02", 5), entry("2026-03-03", 5), entry(BACK, -5)]


def test_a_lower_target_gives_what_lies_within_its_days_only() -> None:
    # 80 of 2 January lie more than 30 days before 15 March, from when on 50 are enough.
    assert given(spend(100, "30 days"), spend(50, "30 days"), {"2026-01-02": 80}) == []
    assert given(spend(100, "30 days"), spend(50, "30 days"), {"2026-03-02": 80}) == [entry(SWITCH, 5)]


def test_points_that_reached_a_lower_target_reach_the_higher_one_no_second_time() -> None:
    # 150 points reach 100; 300 reach 200, but once is once.
    one = "a: {{when: {{one_purchase: {{for_every: 1.00}}}}, give: {{points: 1}}}}\n"
    earn = one + "  r: {{when: {{points_reached: {}}}, give: {{badge: rich}}}}"

    def badges(back: str) -> list[tuple[str, Day, int]]:
        due = given(earn.format(100), earn.format(200), {"2026-03-02": 60, "2026-03-03": 90, "2026-03-16": 150}, back)
        return [each for each in due if each[0] == "rewards.r"]

    assert badges("") == [entry("2026-03-03", 1)]
    # Without the 90 there are 210, which are enough by either.
    assert badges("2026-03-03") == [entry("2026-03-03", 1)]


def test_more_than_usual_is_judged_by_what_was_asked_in_its_month() -> None:
    # January 100; February 130 are 20% more, and 40% are asked from 15 March on. Without 20 of the 130 they are 10% more: taken.
    usual = "r: {{when: {{more_than_usual: {}%, months: 1}}, give: {{points: 5}}}}"
    bought = {"2026-01-02": 100, "2026-02-02": 110, "2026-02-03": 20}
    assert given(usual.format(20), usual.format(40), bought, "2026-02-03") == [entry("2026-02-03", 5), entry(BACK, -5)]
    # A month that was over is not judged again: 130 are 20% more, but 40% were asked of February.
    assert given(usual.format(40), usual.format(20), bought) == []


def test_a_streak_that_was_long_enough_in_its_day_goes_with_a_week_of_it() -> None:
    weeks = "r: {{when: {{streak: {} weeks}}, give: {{points: 5}}}}"
    # The weeks of 16 and 23 February and 2 March are three in a row. Without the second one there is no row of three, nor of the five.
    bought = {"2026-02-16": 10, "2026-02-23": 10, "2026-03-02": 10}
    assert given(weeks.format(3), weeks.format(5), bought, "2026-02-23") == [entry("2026-03-02", 5), entry(BACK, -5)]
    # Two are enough from the 15th on, which are the second and the third: without the first they still are.
    assert given(weeks.format(4), weeks.format(2), bought, "2026-02-16") == [entry(SWITCH, 5)]
    # Without the second one neither row is left.
    assert given(weeks.format(4), weeks.format(2), bought, "2026-02-23") == [entry(SWITCH, 5), entry(BACK, -5)]


def test_a_quest_goes_with_a_task_that_it_was_given_for_though_it_asks_for_more_now() -> None:
    quest = "r: {{when: {{all_of: {{two: {{visits: 2}}, much: {{one_purchase: 50.00}}{}}}}}, give: {{points: 5}}}}"
    due = given(quest.format(""), quest.format(", four: {visits: 4}"), {"2026-03-02": 10, "2026-03-03": 50}, "2026-03-03")
    assert [each for each in due if each[0] == "rewards.r"] == [entry("2026-03-03", 5), entry(BACK, -5)]
