"""Returns against a slow and obvious reckoning, over many programs and lives made up by chance."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from tests.replay.any_member import FIRST
from tests.replay.reckoning import Back
from tests.replay.reckoning import category_of
from tests.replay.reckoning import facts_of
from tests.replay.reckoning import in_pieces
from tests.replay.reckoning import Line
from tests.replay.reckoning import Reckoned
from tests.replay.reckoning import reckoned
from tests.replay.reckoning import Rule
from tests.replay.reckoning import Sale
from tests.replay.reckoning import stories
from tests.replay.reckoning import Story

if TYPE_CHECKING:
    from loyalty_cli.replay.replayer import Replayed

UNTIL = FIRST + 300
often = settings(max_examples=200)


def replayer_of(story: Story) -> Replayer:
    return Replayer(Plan(((0, program_of(story.program(), "program.yaml")),)))


def found_by_replay(story: Story) -> Reckoned:
    """What replay leaves."""
    replayer = replayer_of(story)
    result = replayer.replay(facts_of(story, replayer.plan), UNTIL)
    standing = result.standing
    tickets = sum(entry.quantity for entry in result.entries if entry.asset == "ticket:spring")
    return Reckoned(standing.points, standing.spent, standing.qualifying, standing.visits, tickets)


@often
@given(story=stories | stories.map(in_pieces))
def test_what_returns_leave_is_what_a_slow_reckoning_leaves(story: Story) -> None:
    assert found_by_replay(story) == reckoned(story)


def test_a_multiplier_below_one_under_a_cap_takes_no_more_than_what_came_back_gave() -> None:
    # 0.02 gives 2/10 x 5 = 1 point, halved and rounded half up 1. 0.01 came back and gave 0.25, so nothing is taken.
    rules = (Rule("amount", Fraction(5), 10, (), 0, 10**9), Rule("multiply", Fraction(1, 2), 100, (), 0, 10**9))
    sale, back = Sale(0, (Line(1, 2, 1000),), 0, 0), Back(0, 1, (500, 0, 0, 0), names_it=True)
    story = Story(rules, "half up", (), (sale,), (back,), "add", (10**9, 10**9, 10**9))
    assert found_by_replay(story).points == reckoned(story).points == 1


@often
@given(story=stories, place=st.integers(0, 4))
def test_returned_in_full_is_as_if_never_bought_lots_and_used_points_included(story: Story, place: int) -> None:
    # The goods come back in the same second and no other points are used that day, so that nothing has happened meanwhile.
    place = place % len(story.sales)
    sales = tuple(
        other if number == place or other.day != story.sales[place].day else other._replace(used=0, pays=0)
        for number, other in enumerate(story.sales)
    )
    story = story._replace(sales=sales, backs=tuple(back for back in story.backs if back.sale != place))
    replayer = replayer_of(story)
    facts = facts_of(story, replayer.plan)
    # Who has enough points owes none: what was used came out of lots.
    plenty = Adjustment(FIRST - 1, 0, ADJUSTMENT, 1, "points", 1000)
    facts = facts._replace(facts=[plenty, *facts.facts])
    sale = next(fact for fact in facts.facts if fact.kind == PURCHASE and fact.id == place)
    items = [
        Item(line.product, replayer.plan.class_of(str(line.product), category_of(line.product)), line.price, line.price)
        for line in story.sales[place].lines
    ]
    back = Return(sale.day, sale.clock, RETURN, 999, "Market", items, place)
    at = facts.facts.index(sale) + 1
    returned = facts._replace(facts=[*facts.facts[:at], back, *facts.facts[at:]])
    never = [fact for fact in facts.facts if (fact.kind, fact.id) not in {(PURCHASE, place), (REDEMPTION, place + 1)}]
    assert_same(replayer, returned, facts._replace(facts=never))


def assert_same(replayer: Replayer, one: MemberFacts, other: MemberFacts) -> None:
    first, second = (replayer.replay(facts, UNTIL) for facts in (one, other))
    assert first.standing._replace(first_on=None, last_on=None) == second.standing._replace(first_on=None, last_on=None)
    assert by_last_day(first) == by_last_day(second)
    tickets = [sum(entry.quantity for entry in result.entries if entry.asset == "ticket:spring") for result in (first, second)]
    assert tickets[0] == tickets[1]


def by_last_day(result: Replayed) -> Counter[int]:
    """The points that can be used, by the last day on which they can."""
    points: Counter[int] = Counter()
    for lot in result.member.lots.lots:
        points[lot[LAST]] += lot[LEFT]
    return points
