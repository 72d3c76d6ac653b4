"""Whom to surprise: each reason on the days on which it holds, worked by hand."""

from __future__ import annotations

from loyalty_cli.knowing.surprise import Reason
from loyalty_cli.knowing.surprise import reasons
from loyalty_cli.knowing.surprise import streak_before
from loyalty_cli.model.days import day_from_iso

# A Wednesday.
TODAY = day_from_iso("2026-11-25")
MONDAY = TODAY - 2


def test_years_as_a_member_are_told_in_the_week_before_and_on_the_day() -> None:
    joined = day_from_iso("2023-12-01")
    assert list(reasons(joined, [], None, TODAY)) == [Reason("years", 3, TODAY + 6)]
    assert list(reasons(joined, [], None, TODAY - 1)) == []
    assert list(reasons(joined, [], None, TODAY + 7)) == []
    # Joined today: no year is over.
    assert list(reasons(TODAY, [], None, TODAY)) == []
    # 29 February is kept on the 28th.
    kept_on = day_from_iso("2026-02-28")
    assert list(reasons(day_from_iso("2024-02-29"), [], None, kept_on - 1)) == [Reason("years", 2, kept_on)]


def test_a_round_number_of_visits_is_told_for_a_week() -> None:
    days = [TODAY - 3 - 400 + 40 * number for number in range(10)] + [TODAY - 3]
    assert Reason("visits", 10, TODAY - 3) in reasons(None, days[1:], None, TODAY)
    assert not [each for each in reasons(None, days, None, TODAY) if each.what == "visits"]
    assert not [each for each in reasons(None, days[1:], None, TODAY + 4) if each.what == "visits"]


def test_a_streak_that_has_just_ended() -> None:
    # The week before last and five before it, a visit each; none in the last whole week.
    visits = [MONDAY - 14 - 7 * back + 3 for back in range(5, -1, -1)]
    assert streak_before(visits, TODAY) == 6
    assert list(reasons(None, visits, None, TODAY)) == [Reason("streak", 6, MONDAY - 11)]
    assert streak_before([*visits, MONDAY - 1], TODAY) == 0
    assert streak_before(visits[:2] + visits[3:], TODAY) == 3
    assert streak_before(visits, TODAY + 7) == 0


def test_who_is_later_than_ever_is_told_until_another_pause_is_over() -> None:
    # Every 40 days; away for 41 is a day late, for 81 more than another whole pause.
    visits = [TODAY - 41 - 40 * back for back in range(4, -1, -1)]
    assert list(reasons(None, visits, None, TODAY)) == [Reason("late", 41, TODAY - 41)]
    assert list(reasons(None, visits, None, TODAY + 39)) == [Reason("late", 80, TODAY - 41)]
    assert list(reasons(None, visits, None, TODAY + 40)) == []
    assert list(reasons(None, visits, None, TODAY - 1)) == []


def test_a_complaint_that_was_settled_is_fresh_for_a_month() -> None:
    assert list(reasons(None, [], TODAY - 29, TODAY)) == [Reason("settled", 29, TODAY - 29)]
    assert list(reasons(None, [], TODAY - 30, TODAY)) == []
