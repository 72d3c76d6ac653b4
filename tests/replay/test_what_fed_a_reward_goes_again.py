"""Badges and points that come back with goods take along what rewards gave for them, whatever has become of those; by hand."""

from __future__ import annotations

from collections import Counter

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import Fact
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = "program: Case\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
# A large purchase has a badge, and the badge 9 points.
LARGE = "  large: {when: {one_purchase: 100.00}, give: {badge: large}}\n"
SEVERAL = "  large: {when: {one_purchase: {for_every: 50.00}}, give: {badge: large}}\n"
FED = "  fed: {{when: {{badge: large{}}}, give: {{points: 9}}}}\n"
BADGES = "points: {earn: {}}\nrewards:\n"
POINTS = "points: {earn: {basic: {points: 1, for_every: 1.00}}}\nrewards:\n"
RICH = "  rich: {{when: {{points_reached: {}}}, give: {{badge: rich}}}}\n"
OTHER = "  other: {when: {joined: true}, give: {points: 1}}\n"
MARCH = ", only: {dates: 2026-03-01 to 2026-03-31}"

# A receipt: its day in March 2026 (32 is the first of April), its number, the money; of a return the receipt it names.
Row = tuple[int, int, int] | tuple[int, int, int, int]


def left(before: str, rows: list[Row], after: str = "") -> dict[str, int]:
    """What the ledger holds in the end, by asset; `after` holds from 15 March on."""
    first = day_from_iso("2026-03-01") - 1
    versions = [(0, before), *([(first + 15, after)] if after else [])]
    plan = Plan(tuple((day, program_of(HEAD + text, "program.yaml")) for day, text in versions))
    facts: list[Fact] = []
    for day, number, zlotys, *sale in rows:
        money = 100 * zlotys
        items = (Item(0, 0, money, money),)
        if sale:
            facts.append(Return(first + day, 0, RETURN, number, "", items, sale[0]))
        else:
            facts.append(Purchase(first + day, 0, PURCHASE, number, "", money, ((0, money),), items))
    sums: Counter[str] = Counter()
    for entry in Replayer(plan).replay(MemberFacts(1, facts), first + 90).entries:
        sums[entry.asset] += entry.quantity
    return {asset: quantity for asset, quantity in sums.items() if quantity}


def test_a_badge_that_goes_takes_along_what_it_brought_when_the_season_the_reward_or_the_program_is_over() -> None:
    rows: list[Row] = [(10, 1, 100), (40, 2, 100, 1)]
    assert left(BADGES + LARGE + FED.format(MARCH), rows[:1]) == {"badge:large": 1, "points": 9}
    assert left(BADGES + LARGE + FED.format(MARCH), rows) == {}
    assert left("ends: 2026-03-31\n" + BADGES + LARGE + FED.format(""), rows) == {}
    assert left(BADGES + LARGE + FED.format(""), rows, BADGES + LARGE) == {}
    # The badge of a receipt of April came when it brought nothing: its going takes nothing.
    late: list[Row] = [(10, 1, 100), (35, 3, 100), (40, 2, 100, 3)]
    assert left(BADGES + LARGE + FED.format(MARCH), late) == {"badge:large": 1, "points": 9}


def test_badges_that_come_together_count_one_by_one() -> None:
    # 100.00 are two badges, and twice 9 points; with 50.00 back it is one of each.
    assert left(BADGES + SEVERAL + FED.format(""), [(10, 1, 100)]) == {"badge:large": 2, "points": 18}
    assert left(BADGES + SEVERAL + FED.format(""), [(10, 1, 100), (12, 2, 50, 1)]) == {"badge:large": 1, "points": 9}


def test_points_that_go_take_along_what_they_reached_and_only_where_they_were_heard() -> None:
    rows: list[Row] = [(10, 1, 100), (40, 2, 100, 1)]
    assert left(POINTS + RICH.format("100" + MARCH), rows) == {}
    assert left("ends: 2026-03-31\n" + POINTS + RICH.format("100"), rows) == {}
    assert left(POINTS + RICH.format("100"), rows, POINTS + OTHER) == {}
    assert left(POINTS + RICH.format("{points: 100, of: balance}"), rows, POINTS + OTHER) == {}
    # The 60 of the 10th came before the reward, which the 100 of the 20th reached: they stand when the 60 go.
    early: list[Row] = [(10, 1, 60), (20, 2, 100), (22, 3, 60, 1)]
    assert left(POINTS + OTHER, early, POINTS + RICH.format("100")) == {"points": 100, "badge:rich": 1}


def test_a_quest_goes_with_a_task_that_a_later_version_asks_for_no_more() -> None:
    def quest(tasks: str) -> str:
        return f"{BADGES}  q: {{when: {{all_of: {{{tasks}}}}}, give: {{points: 9}}}}\n"

    two, much, nine = "two: {visits: 2}", "much: {one_purchase: 100.00}", "nine: {visits: 9}"
    rows: list[Row] = [(10, 1, 100), (11, 2, 10), (12, 3, 10)]
    # Two visits and much: done. The next version asks for nine visits in the place of much.
    assert left(quest(f"{two}, {much}"), rows, quest(f"{two}, {nine}")) == {"badge:two": 1, "badge:much": 1, "points": 9}
    # The 100.00 come back: neither what was asked then is there, nor what is asked now.
    assert left(quest(f"{two}, {much}"), [*rows, (40, 4, 100, 1)], quest(f"{two}, {nine}")) == {"badge:two": 1}
    # Two visits alone are all that is asked now, and they are there.
    assert left(quest(f"{two}, {much}"), [*rows, (40, 4, 100, 1)], quest(two)) == {"badge:two": 1, "points": 9}


def test_what_a_reward_gave_before_it_counted_otherwise_goes_as_it_was_given() -> None:
    # Two visits gave 5; from the 15th on 100.00 give 7, which the 200.00 of the 16th are.
    visits = f"{BADGES}  r: {{when: {{visits: 2}}, give: {{points: 5}}}}\n"
    spend = f"{BADGES}  r: {{when: {{spend: 100.00}}, give: {{points: 7}}}}\n"
    rows: list[Row] = [(2, 1, 10), (3, 2, 10), (16, 3, 200)]
    assert left(visits, rows, spend) == {"points": 12}
    assert left(visits, [*rows, (40, 4, 10, 1)], spend) == {"points": 7}
    assert left(visits, [*rows, (40, 4, 200, 3)], spend) == {"points": 5}
    assert left(visits, [*rows, (40, 4, 200, 3), (41, 5, 10, 2), (42, 6, 10, 1)], spend) == {}


def test_what_receipts_of_before_a_change_reach_no_longer_is_due_by_those_of_after_it() -> None:
    # Visits of a month, then visits for ever: the two of before gave 5, and by the new rule they are two that gave nothing.
    month = f"{BADGES}  r: {{when: {{visits: 2, counted_over: calendar month}}, give: {{points: 5}}}}\n"
    ever = f"{BADGES}  r: {{when: {{visits: 2}}, give: {{points: 7}}}}\n"
    rows: list[Row] = [(2, 1, 10), (3, 2, 10), (16, 3, 10), (17, 4, 10)]
    assert left(month, rows, ever) == {"points": 5}
    # Without the 2nd, the 3rd and the 16th would have been the first two for ever, which give 7; of March there was one before the 15th.
    assert left(month, [*rows, (40, 5, 10, 1)], ever) == {"points": 7}


def test_of_a_receipt_that_waited_for_a_place_all_goes_with_its_goods() -> None:
    # 60.00 are three times 20.00; two in a month, both of the first. It comes back: both are of the second.
    thrice = f"{BADGES}  r: {{when: {{one_purchase: {{for_every: 20.00}}}}, give: {{points: 5}}, at_most: 2 in calendar month}}\n"
    rows: list[Row] = [(2, 1, 60), (3, 2, 60), (4, 3, 60, 1)]
    assert left(thrice, rows[:2]) == {"points": 10}
    assert left(thrice, rows) == {"points": 10}
    # The third of the second waits still; with its goods all of it goes.
    assert left(thrice, [*rows, (5, 4, 20, 2)]) == {"points": 10}
    assert left(thrice, [*rows, (5, 4, 60, 2)]) == {}


def test_tickets_under_a_limit_go_by_the_day_that_they_count_on() -> None:
    draw = "draws:\n  spring: {{dates: {}, tickets_from: rewards, prizes: {{car: 1}}}}\n"
    march, late = draw.format("2026-03-01 to 2026-03-31"), draw.format("2026-03-15 to 2026-04-30")
    large = f"{BADGES}  r: {{when: {{one_purchase: 50.00}}, give: {{tickets: 2 in spring}}, at_most: once in calendar month}}\n"
    rows: list[Row] = [(10, 1, 50), (20, 2, 50), (41, 3, 50, 1)]
    # In April the first comes back, and the second has its place of March. When that comes back, too, nothing is left.
    assert left(large + march, rows) == {"ticket:spring": 2}
    assert left(large + march, [*rows, (46, 4, 50, 2)]) == {}
    # 100.00 on the 12th, before the draw, are no tickets; without the 40.00 of that day they are reached on the 20th.
    much = f"{BADGES}  r: {{when: {{spend: 100.00}}, give: {{tickets: 2 in spring}}, at_most: once in 30 days}}\n"
    rows = [(10, 1, 60), (12, 2, 40), (20, 3, 60), (25, 4, 40, 2)]
    assert left(much + late, rows[:3]) == {}
    assert left(much + late, rows) == {"ticket:spring": 2}
    # What is reached by the 20th with 60.00 of the 10th is not, once these come back as well.
    assert left(much + late, [*rows, (26, 5, 60, 1)]) == {}


def test_tickets_of_what_was_reached_before_the_draw_come_when_without_returned_goods_it_is_reached_in_it() -> None:
    draw = "draws:\n  spring: {dates: 2026-03-15 to 2026-04-30, tickets_from: rewards, prizes: {car: 1}}\n"
    twice = f"{BADGES}  r: {{when: {{visits: 2}}, give: {{tickets: 2 in spring}}}}\n{draw}"
    tasks = "two: {visits: 2}, much: {one_purchase: 60.00}"
    quest = f"{BADGES}  q: {{when: {{all_of: {{{tasks}}}}}, give: {{tickets: 3 in spring}}}}\n{draw}"
    # Two visits on the 12th are before the draw; without the 12th the second one is that of the 20th.
    rows: list[Row] = [(10, 1, 60), (12, 2, 10), (20, 3, 10), (25, 4, 10, 2)]
    assert left(twice, rows[:3]) == {}
    assert left(twice, rows) == {"ticket:spring": 2}
    assert left(quest, rows[:3]) == {"badge:two": 1, "badge:much": 1}
    assert left(quest, rows) == {"badge:two": 1, "badge:much": 1, "ticket:spring": 3}


def test_tickets_that_stand_for_another_time_are_not_given_once_more_by_the_next_return() -> None:
    draw = "draws:\n  spring: {dates: 2026-03-15 to 2026-03-31, tickets_from: rewards, prizes: {car: 1}}\n"
    every = f"{BADGES}  r: {{when: {{spend: 80.00, counted_over: 30 days, times: every time}}, give: {{tickets: 2 in spring}}}}\n{draw}"
    # 120.00 on the 14th, before the draw, on the 15th, and on 2 April, after it: 80.00 once, 160.00 and 240.00, 320.00.
    rows: list[Row] = [(14, 1, 120), (15, 2, 120), (33, 3, 120)]
    assert left(every, rows) == {"ticket:spring": 4}
    # Without the 14th it is 80.00 on the 15th, and 160.00 and 240.00 on 2 April; and so it stays when something else comes back.
    assert left(every, [*rows, (33, 4, 120, 1)]) == {"ticket:spring": 2}
    assert left(every, [*rows, (33, 4, 120, 1), (34, 5, 5), (34, 6, 5, 5)]) == {"ticket:spring": 2}


def test_tickets_go_by_their_days_also_after_goods_that_came_back_while_all_days_were_of_the_draw() -> None:
    draw = "draws:\n  spring: {dates: 2026-03-15 to 2026-03-31, tickets_from: rewards, prizes: {car: 1}}\n"
    every = f"{BADGES}  r: {{when: {{visits: 2, times: every time}}, give: {{tickets: 2 in spring}}}}\n{draw}"
    # Visits on the 16th, 18th, 20th and 22nd: on the 18th the second, on the 22nd the fourth. Without the 16th: the 20th, and no more.
    rows: list[Row] = [(16, 1, 10), (18, 2, 10), (20, 3, 10), (22, 4, 10), (25, 5, 10, 1)]
    assert left(every, rows[:4]) == {"ticket:spring": 4}
    assert left(every, rows) == {"ticket:spring": 2}
    # 2 April is after the draw. Without the 20th the second is on the 22nd, without the 22nd on 2 April.
    rows += [(33, 6, 10), (36, 7, 10, 3)]
    assert left(every, rows) == {"ticket:spring": 2}
    assert left(every, [*rows, (37, 8, 10, 4)]) == {}
