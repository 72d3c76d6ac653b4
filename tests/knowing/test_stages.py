"""Stages worked by hand, and against a reckoning that looks at every day."""

from __future__ import annotations

import random

from loyalty_cli.knowing.stages import course
from loyalty_cli.knowing.stages import flows
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.stage import Bounds
from loyalty_cli.model.stage import bounds_from
from loyalty_cli.program.blocks.stages import Stages

BOUNDS = Bounds(client_from=3, sleeping_after=Span(count=10, unit="days"), lost_after=Span(count=30, unit="days"))
FIRST = day_from_iso("2026-01-01")


def test_from_the_first_purchase_to_a_client_to_sleep_and_back() -> None:
    visits = [FIRST + offset for offset in (4, 6, 9, 40)]
    found = course(FIRST, visits, None, BOUNDS, FIRST + 60)
    # The 3rd day with a purchase is 10 January; 10 days without one end on the 20th, 30 on 9 February: the visit of
    # 10 February comes one day after being lost. 20 February is the tenth day after it.
    assert [(iso(each.day), each.before, each.after, each.lasted) for each in found.passages] == [
        ("2026-01-05", "visitor", "buyer", 4),
        ("2026-01-10", "buyer", "client", 5),
        ("2026-01-21", "client", "sleeping", 11),
        ("2026-02-10", "sleeping", "client", 20),
        ("2026-02-21", "client", "sleeping", 11),
    ]
    assert found.stage == "sleeping"


def test_who_recommends_is_an_advocate_while_awake() -> None:
    found = course(FIRST, [FIRST + 1, FIRST + 30], FIRST + 5, BOUNDS, FIRST + 35)
    assert [(each.before, each.after) for each in found.passages] == [
        ("visitor", "buyer"), ("buyer", "advocate"), ("advocate", "sleeping"), ("sleeping", "advocate"),
    ]  # fmt: skip
    asleep = course(FIRST, [FIRST + 1, FIRST + 30], FIRST + 20, BOUNDS, FIRST + 35)
    assert [each.after for each in asleep.passages] == ["buyer", "sleeping", "advocate"]


def test_flows_count_members_by_month_with_the_median_of_days() -> None:
    found = [course(FIRST, [FIRST + offset], None, BOUNDS, FIRST + 9) for offset in (1, 2, 9)]
    assert flows(found) == [("2026-01", "visitor", "buyer", 3, 2)]
    # From the third day on one passes, after nine days; through the second day the other two did, after 1 and 2.
    assert flows(found, FIRST + 3) == [("2026-01", "visitor", "buyer", 1, 9)]
    # After 1 and 4 days: 2.5.
    halves = [course(FIRST, [FIRST + offset], None, BOUNDS, FIRST + 9) for offset in (1, 4)]
    assert flows(halves) == [("2026-01", "visitor", "buyer", 2, 3)]


def stage_on(visits: list[int], recommends: int | None, day: int) -> str:
    """The stage of one day, from nothing but the definition."""
    came = [visit for visit in visits if visit <= day]
    if not came:
        return "visitor"
    if day - came[-1] > 30:
        return "lost"
    if day - came[-1] > 10:
        return "sleeping"
    if recommends is not None and recommends <= day:
        return "advocate"
    return "client" if len(came) >= 3 else "buyer"


def test_every_day_of_300_random_members_is_as_the_definition_says() -> None:
    chance = random.Random(7)
    for _ in range(300):
        visits = sorted(chance.sample(range(FIRST, FIRST + 150), chance.randint(0, 9)))
        recommends = chance.choice([None, FIRST + chance.randint(0, 150)])
        found = course(FIRST, visits, recommends, BOUNDS, FIRST + 150)
        changes = {each.day: each.after for each in found.passages}
        stage = "visitor"
        for day in range(FIRST, FIRST + 151):
            stage = changes.get(day, stage)
            assert stage == stage_on(visits, recommends, day), (visits, recommends, day)
        assert found.stage == stage


def test_bounds_can_be_said_in_months_and_years() -> None:
    read = Stages.model_validate({"sleeping_after": "2 months", "lost_after": "1 year"})
    assert (str(read.bounds().sleeping_after), str(read.bounds().lost_after)) == ("2 months", "1 year")


def test_bounds_are_kept_as_they_are_said() -> None:
    assert bounds_from(BOUNDS.kept()) == BOUNDS
    assert bounds_from("") == Bounds()
