"""Rewards when the program changes: what counts alike goes on, what counts otherwise counts again, what is new begins with its day."""

from __future__ import annotations

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = "program: Case\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\npoints: {{{}}}\nrewards:\n"
SWITCH = day_from_iso("2026-03-15")


def given(
    before: str, after: str, bought: dict[str, int], back: str = "", points: str = "earn: {}", switch: Day = SWITCH
) -> list[tuple[str, Day, int]]:
    """The rule, day and change of each entry: `before` holds until 14 March, or the switch; purchases in whole zlotys by day.

    The one of the day `back` comes back whole on the 20th.
    """
    versions = [(0, before), (switch, after)]
    plan = Plan(tuple((day, program_of(f"{HEAD.format(points)}  {rewards}\n", "program.yaml")) for day, rewards in versions))
    facts: list[Purchase | Return] = []
    for number, (day, money) in enumerate(bought.items(), 1):
        items = (Item(0, 0, 100 * money, 100 * money),)
        facts.append(Purchase(day_from_iso(day), 0, PURCHASE, number, "", 100 * money, ((0, 100 * money),), items))
        if day == back:
            facts.append(Return(day_from_iso("2026-03-20"), 0, RETURN, 100 + number, "", items, number))
    facts.sort(key=lambda fact: fact[:4])
    entries = Replayer(plan).replay(MemberFacts(1, facts), day_from_iso("2026-03-31")).entries
    return [(entry.rule, entry.day, entry.quantity) for entry in entries]


def test_the_count_goes_on_where_only_the_target_is_another() -> None:
    # 400.00 of 500.00; from the 15th 300.00 are enough: due on the day of the switch. 100.00 more bring it no second time.
    month = "r: {{when: {{spend: {much}, counted_over: calendar month}}, give: {{points: 5}}}}"
    bought = {"2026-03-02": 400, "2026-03-16": 100}
    assert given(month.format(much=500), month.format(much=300), bought) == [("rewards.r", SWITCH, 5)]


def test_a_month_that_is_over_reaches_nothing_by_a_lower_target() -> None:
    # 400.00 of 500.00 in February, which is over; from 15 March on 300.00 are enough, and March has 100.00.
    month = "r: {{when: {{spend: {much}, counted_over: calendar month}}, give: {{points: 5}}}}"
    assert given(month.format(much=500), month.format(much=300), {"2026-02-02": 400, "2026-03-16": 100}) == []


def test_receipts_that_the_reward_did_not_look_at_before_count_where_it_does_now() -> None:
    # Under the old filter nothing fitted; the 400.00 of February and 100.00 more are 500.00.
    before = "r: {when: {spend: 500.00, only: {weekdays: [sunday]}}, give: {points: 5}}"
    after = "r: {when: {spend: 500.00}, give: {points: 5}}"
    bought = {"2026-02-02": 400, "2026-03-16": 100}  # two mondays
    assert given(before, after, bought) == [("rewards.r", day_from_iso("2026-03-16"), 5)]


def test_a_higher_target_takes_nothing_back_and_the_old_receipt_still_does() -> None:
    month = "r: {{when: {{spend: {much}, counted_over: calendar month}}, give: {{points: 5}}}}"
    bought = {"2026-03-02": 300, "2026-03-16": 300}
    first = ("rewards.r", day_from_iso("2026-03-02"), 5)
    assert given(month.format(much=300), month.format(much=600), bought) == [first]
    # All 300.00 of the 2nd come back on the 20th: 300.00 are below 600.00, which was reached once.
    back = ("rewards.r", day_from_iso("2026-03-20"), -5)
    assert given(month.format(much=300), month.format(much=600), bought, back="2026-03-02") == [first, back]


def test_another_window_counts_again_from_the_receipts_but_gives_nothing_for_what_lies_behind() -> None:
    before = "r: {when: {spend: 500.00, counted_over: calendar month}, give: {points: 5}}"
    after = "r: {when: {spend: 500.00, times: every time}, give: {points: 5}}"
    # 450.00 so far, for ever: 50.00 more make 500.00
    assert given(before, after, {"2026-02-02": 450, "2026-03-16": 50}) == [("rewards.r", day_from_iso("2026-03-16"), 5)]
    # 1100.00 so far reach it twice before the switch, which is past; 400.00 more make the third time
    due = given(before, after, {"2026-02-02": 450, "2026-03-02": 450, "2026-03-03": 200, "2026-03-16": 400})
    assert due == [("rewards.r", day_from_iso("2026-03-03"), 5), ("rewards.r", day_from_iso("2026-03-16"), 5)]


def test_a_new_reward_begins_with_its_day_and_one_that_is_gone_gives_nothing_more() -> None:
    old, new = "old: {when: {visits: 2}, give: {points: 1}}", "new: {when: {visits: 2}, give: {points: 7}}"
    bought = {"2026-03-02": 10, "2026-03-16": 10, "2026-03-17": 10}
    assert given(old, new, bought) == [("rewards.new", day_from_iso("2026-03-17"), 7)]


def test_what_a_reward_gave_that_is_gone_is_still_taken_back() -> None:
    old, new = "old: {when: {visits: 1}, give: {points: 1}}", "new: {when: {spend: 900.00}, give: {points: 7}}"
    assert given(old, new, {"2026-03-02": 10}, back="2026-03-02") == [
        ("rewards.old", day_from_iso("2026-03-02"), 1),
        ("rewards.old", day_from_iso("2026-03-20"), -1),
    ]


def test_what_a_reward_gave_that_counts_otherwise_now_is_still_taken_back_with_the_goods() -> None:
    # The one visit of March gave 5; three visits for ever are none any more once it comes back.
    month, ever = "r: {when: {visits: 1, counted_over: calendar month}, give: {points: 5}}", "r: {when: {visits: 3}, give: {points: 7}}"
    first, back = ("rewards.r", day_from_iso("2026-03-02"), 5), ("rewards.r", day_from_iso("2026-03-20"), -5)
    assert given(month, ever, {"2026-03-02": 10}, back="2026-03-02") == [first, back]
    # By the new rule the 2nd, 16th and 17th are three visits; on the 20th they are two, and both are taken back as they were given.
    bought = {"2026-03-02": 10, "2026-03-16": 10, "2026-03-17": 10}
    third = ("rewards.r", day_from_iso("2026-03-17"), 7)
    assert sorted(given(month, ever, bought, back="2026-03-02")) == sorted([first, third, back, ("rewards.r", back[1], -7)])


def test_what_was_done_of_a_quest_stays_when_another_version_asks_for_more_or_less() -> None:
    two, much, four = "two: {visits: 2}", "much: {one_purchase: 50.00}", "four: {visits: 4}"

    def points(before: str, after: str, bought: dict[str, int], back: str = "") -> list[tuple[str, Day, int]]:
        old, new = (f"q: {{when: {{all_of: {{{tasks}}}}}, give: {{points: 5}}}}" for tasks in (before, after))
        return [each for each in given(old, new, bought, back) if each[0] == "rewards.q"]

    # Two visits before the switch; the large purchase is of the 16th, and with the task that is new the fourth visit is of the 19th.
    bought = {"2026-03-02": 10, "2026-03-03": 10, "2026-03-16": 50, "2026-03-17": 10, "2026-03-18": 10, "2026-03-19": 10}
    assert points(f"{two}, {much}", f"{two}, {much}, {four}", bought) == [("rewards.q", day_from_iso("2026-03-19"), 5)]
    # What is asked no more is done with the day of the switch.
    assert points(f"{two}, {much}", two, {"2026-03-02": 10, "2026-03-03": 10}) == [("rewards.q", SWITCH, 5)]
    # A quest that was done is not taken back by asking for more, nor given a second time; where it asks the same, it goes with its goods.
    done = {"2026-03-02": 10, "2026-03-03": 50}
    first, back = ("rewards.q", day_from_iso("2026-03-03"), 5), ("rewards.q", day_from_iso("2026-03-20"), -5)
    assert points(f"{two}, {much}", f"{two}, {much}, {four}", {**bought, **done}) == [first]
    assert points(f"{two}, {much}", f"{much}, {two}", done, back="2026-03-03") == [first, back]


def test_a_shorter_streak_is_reached_at_once_by_a_row_that_goes_on() -> None:
    # Three weeks in a row of four; from Sunday the 15th three are enough. The next ones are the sixth, not the fourth.
    weeks = "r: {{when: {{streak: {length} weeks, times: every time}}, give: {{points: 5}}}}"
    bought = {"2026-02-24": 10, "2026-03-03": 10, "2026-03-10": 10, "2026-03-17": 10}
    assert given(weeks.format(length=4), weeks.format(length=3), bought) == [("rewards.r", SWITCH, 5)]
    # A row that is broken reaches nothing any more.
    late = {"2026-02-10": 10, "2026-02-17": 10, "2026-02-24": 10}
    assert given(weeks.format(length=4), weeks.format(length=3), late) == []


def test_an_absence_that_was_told_is_not_told_again_and_a_shorter_one_begins_with_its_day() -> None:
    away = "r: {{when: {{absence: {days} days}}, give: {{points: 5}}}}"
    # 1 February and 20 days: told on 21 February; 45 days are over on 18 March, but of the same absence.
    assert given(away.format(days=20), away.format(days=45), {"2026-02-01": 10}) == [("rewards.r", day_from_iso("2026-02-21"), 5)]
    # 60 days are not over on 15 March; ten days are, since long, and it is told on the day of the switch.
    assert given(away.format(days=60), away.format(days=10), {"2026-02-01": 10}) == [("rewards.r", SWITCH, 5)]


def test_what_was_given_before_there_was_a_limit_goes_with_its_goods() -> None:
    each, twice = (f"r: {{when: {{one_purchase: 50.00}}, give: {{points: 5}}{limit}}}" for limit in ("", ", at_most: 2"))
    first, second, back = (("rewards.r", day_from_iso(f"2026-03-{day}"), points) for day, points in (("02", 5), ("03", 5), ("20", -5)))
    assert given(each, twice, {"2026-03-02": 60, "2026-03-03": 60}, back="2026-03-02") == [first, second, back]


def test_a_limit_counts_what_was_given_before_it_and_each_day_keeps_the_limit_it_had() -> None:
    def points(before: str, after: str, bought: str, back: str = "") -> list[tuple[int, int]]:
        each = "r: {{when: {{one_purchase: 50.00}}, give: {{points: {}}}"
        days = {f"2026-03-{day}": 60 for day in bought.split()}
        entries = given(each.format(before), each.format(after), days, back and f"2026-03-{back}")
        return [(day - SWITCH + 15, points) for _, day, points in entries]

    # Two before there was a limit of two: none is left. One in March: there was one.
    assert points("5}", "5}, at_most: 2", "02 03 16") == [(2, 5), (3, 5)]
    assert points("5}", "5}, at_most: once in calendar month", "02 16") == [(2, 5)]
    # Once, then twice: the 3rd was refused, the 16th is the second. Had the 2nd not been bought, the 3rd and the 16th would be the two.
    assert points("5}, at_most: 1", "5}, at_most: 2", "02 03 16", "02") == [(2, 5), (16, 5), (20, -5), (20, 5)]
    # Twice, then once: the 4th and the 16th were refused. Without the 2nd it is the 3rd and the 4th, and no more.
    assert points("5}, at_most: 2", "5}, at_most: 1", "02 03 04 16", "02") == [(2, 5), (3, 5), (20, -5), (20, 5)]
    # Once, then as often as may be, for 7: without the 2nd the 3rd gives the 5 of its day.
    assert points("5}, at_most: 1", "7}", "02 03 16", "02") == [(2, 5), (16, 7), (20, -5), (20, 5)]


def test_what_points_earned_later_reach_does_not_stand_for_what_came_back_of_before() -> None:
    def given_points(before: str, after: str, bought: dict[str, int], back: str) -> list[tuple[str, int]]:
        each = "r: {{when: {{points_reached: {}}}, give: {}}}"
        head = "earn: {basic: {points: 1, for_every: 1.00}}"
        entries = given(each.format(*before.split("; ")), each.format(*after.split("; ")), bought, back, head)
        return [(rule, quantity) for rule, _, quantity in entries if rule == "rewards.r"]

    # 60 points bring the mug of 50 before the 15th; from then on 100 are asked for. What is left is 70 of after it.
    mug, back = ("rewards.r", 1), ("rewards.r", -1)
    assert given_points("50; {gift: mug}", "100; {gift: mug}", {"2026-03-02": 60, "2026-03-16": 70}, "2026-03-02") == [mug, back]
    # From the 15th on 50 bring a badge: without the 2nd it is the 16th that reaches them, and that brings the badge.
    entries = given_points("50; {gift: mug}", "50; {badge: fifty}", {"2026-03-02": 60, "2026-03-16": 70}, "2026-03-02")
    assert entries == [mug, back, ("rewards.r", 1)]


def test_what_is_reached_under_the_next_version_once_goods_came_back_gives_what_that_one_gives() -> None:
    # 300.00 on the 2nd bring 5; from the 15th on they would bring 7. Without the 2nd the 300.00 are there on the 16th.
    month = "r: {{when: {{spend: 300.00, counted_over: calendar month}}, give: {{points: {}}}}}"
    first, back, now = (("rewards.r", day_from_iso(f"2026-03-{day}"), points) for day, points in (("02", 5), ("20", -5), ("20", 7)))
    assert given(month.format(5), month.format(7), {"2026-03-02": 300, "2026-03-16": 300}, back="2026-03-02") == [first, back, now]


def test_a_streak_that_only_what_came_back_had_begun_before_a_change_is_counted_by_the_next_version() -> None:
    # One week of one on Tuesday 10 March; from Friday the 13th two weeks are asked for. Saturday the 14th is one week, which is not two.
    weeks = "r: {{when: {{streak: {} weeks, times: every time}}, give: {{points: 5}}}}"
    first, back = (("rewards.r", day_from_iso(day), points) for day, points in (("2026-03-10", 5), ("2026-03-20", -5)))
    bought = {"2026-03-10": 10, "2026-03-14": 10}
    assert given(weeks.format(1), weeks.format(2), bought, "2026-03-10", switch=day_from_iso("2026-03-13")) == [first, back]


def test_a_balance_is_looked_at_with_the_day_of_a_version_and_goods_that_come_back_reach_nothing() -> None:
    head = "earn: {basic: {points: 1, for_every: 1.00}}"
    purse = "r: {{when: {{points_reached: {{points: {}, of: balance}}}}, give: {{gift: mug}}}}"

    def mugs(before: str, after: str, bought: dict[str, int], back: str = "") -> list[tuple[Day, int]]:
        return [(day, quantity) for rule, day, quantity in given(before, after, bought, back, head) if rule == "rewards.r"]

    # 60 points are the 50 that are asked for from the 15th on, with that day; also where it is a new reward.
    assert mugs(purse.format(100), purse.format(50), {"2026-03-02": 60}) == [(SWITCH, 1)]
    assert mugs("q: {when: {visits: 9}, give: {points: 1}}", purse.format(50), {"2026-03-02": 60}) == [(SWITCH, 1)]
    # 60 on the 2nd and the 16th; the 16th comes back, 60 are left: still what they were on the 15th.
    assert mugs(purse.format(100), purse.format(50), {"2026-03-02": 60, "2026-03-16": 60}, "2026-03-16") == [(SWITCH, 1)]


def test_nobody_waits_for_a_reward_that_is_gone() -> None:
    # Joined on 14 October 2025: three days before the anniversary is 11 October 2026, but on 15 March the reward goes.
    head, before = HEAD.format("earn: {}"), "  r: {when: {anniversary: 3 days before}, give: {points: 5}}\n"
    after = "  r: {when: {one_purchase: 900.00}, give: {points: 5}}\n"
    plan = Plan(((0, program_of(head + before, "p.yaml")), (SWITCH, program_of(head + after, "p.yaml"))))
    replayer, member = Replayer(plan), MemberFacts(1, [], joined=day_from_iso("2025-10-14"), returns=False)
    assert replayer.replay(member, SWITCH - 1).standing.due_on == SWITCH
    assert replayer.replay(member, SWITCH).standing.due_on == NEVER
