"""A household is one customer: who joined it is not absent, not asleep and no entrant apart, and both cards show what both have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.by_hand.household import member_leaves_household
from loyalty_cli.operations.counter.paper import member_card
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.draws.tickets import draw_tickets
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.by_hand.test_household import by
from tests.operations.by_hand.test_household import HEADER
from tests.operations.by_hand.test_household import in_order
from tests.operations.by_hand.test_household import ROWS
from tests.operations.by_hand.test_household import UNTIL
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
segments:
  quiet: {not_here_for: 15 days}
points:
  earn: {basic: {points: 1, for_every: 10.00}}
coupons:
  ten: {worth: 10.00, valid_for: 90 days, held_by: member}
rewards:
  we miss you: {when: {absence: 15 days}, give: {points: 5}}
  big: {when: {one_purchase: 500.00}, give: {coupon: ten}}
  month: {when: {spend: 900.00, counted_over: calendar month}, give: {points: 50}}
draws:
  winter draw:
    dates: 2026-11-01 to 2026-11-30
    one_ticket_for_every: 30.00
    at_most: 50 tickets
    prizes: {basket: 1}
    excluded: {one_per_household: yes}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 buys for 600.00 on the 1st and 30.00 on the 15th, 2902 for 40.00 on the 1st; from the 10th they are one account."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    issue_coupons(shop)
    member_household(shop, "2901", "2902", by())
    recalc(shop, as_of=UNTIL)
    return shop


def test_who_buys_for_the_account_is_neither_missed_nor_quiet(shop: Shop) -> None:
    # The last purchase that was 2901's own is of the 1st; 15 days later, on the 16th, nobody is missed: they were here on the 15th.
    assert asked(shop, "SELECT * FROM ledger JOIN rule r ON r.id = rule_id WHERE r.name = 'rewards.we miss you'") == []
    assert asked(shop, "SELECT * FROM ledger JOIN asset a ON a.id = asset_id WHERE a.name LIKE 'segment:%'") == []
    in_order(shop)


@pytest.mark.parametrize("nights", [("2026-11-20",), ("2026-11-09", "2026-11-20"), ("2026-11-12", "2026-11-20")])
def test_who_was_quiet_before_is_so_no_more_in_the_household(tmp_path: Path, nights: tuple[str, ...]) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", ROWS[0].replace("2026-11-01", "2026-10-01"), ROWS[1], header=HEADER))
    recalc(shop, as_of=day_from_iso(nights[0]))
    member_household(shop, "2901", "2902", by())
    recalc(shop, as_of=day_from_iso(nights[-1]))
    # 2901 bought on 1 October: quiet through the 15 days after, from 17 October (day 290) on, until 10 November (314). The account
    # bought on 1 November, and is quiet from the 17th (321) on.
    quiet = """
SELECT c.number, e.effective_on - 2461041, sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN card c USING (member_id)
WHERE a.name = 'segment:quiet' GROUP BY 1, 2 HAVING sum(e.quantity) <> 0 ORDER BY 1, 2"""
    assert asked(shop, quiet) == [("2901", 290, 1), ("2901", 314, -1), ("2902", 321, 1)]
    in_order(shop)


@pytest.mark.parametrize("nights", [("2026-11-16", "2026-11-20"), ("2026-11-12", "2026-11-13", "2026-11-18", "2026-11-20")])
def test_who_leaves_a_household_is_quiet_again_and_no_night_looks_before(tmp_path: Path, nights: tuple[str, ...]) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", ROWS[0].replace("2026-11-01", "2026-10-01"), ROWS[1], header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    member_household(shop, "2901", "2902", by())
    for night in nights[:-1]:
        recalc(shop, as_of=day_from_iso(night))
    # Nothing happens to 2901 by itself.
    due = "SELECT due_on - 2461041 FROM standing JOIN card USING (member_id) WHERE number = '2901'"
    assert asked(shop, due) == [(NEVER - 2461041,)]
    member_leaves_household(shop, "2901", by("l", "2026-11-19"))
    recalc(shop, as_of=day_from_iso(nights[-1]))
    # Quiet from 17 October (day 290) through 9 November; an own account again from 19 November (323) on.
    quiet = """
SELECT e.effective_on - 2461041, sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN card c USING (member_id)
WHERE a.name = 'segment:quiet' AND c.number = '2901' GROUP BY 1 HAVING sum(e.quantity) <> 0 ORDER BY 1"""
    assert asked(shop, quiet) == [(290, 1), (314, -1), (323, 1)]
    in_order(shop)


def test_a_household_is_one_customer_with_all_its_days(shop: Shop) -> None:
    rows = report(shop, "rfm", Wanted()).tables[0].rows
    # 600.00 and 40.00 on the 1st are one visit, 30.00 on the 15th another.
    assert [(card, visits, spent) for card, _, _, visits, spent, *_ in rows] == [("2902", 2, 67000)]


def test_reports_on_what_is_bought_and_on_segments_know_the_account_alone(tmp_path: Path) -> None:
    """2901 and 2902 bought on the 1st, each a customer of their own; from the 10th on they are one, and of 2903 nothing is new."""
    seldom = "  seldom: {not: {visits: 3}}\npoints:"
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("points:", seldom, 1))
    taken_in(shop, export(shop, "a.csv", *ROWS, "5,2026-11-02 10:00:00,Market,2903,T,1,20.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    before = report(shop, "segments", Wanted(as_of=day_from_iso("2026-11-09"))).tables[0].rows[1]
    assert (before[0], *before[2:4]) == ("seldom", 3, 100_00)
    member_household(shop, "2901", "2902", by())
    recalc(shop, as_of=UNTIL)
    assert [row[:3] for row in report(shop, "favourites", Wanted()).tables[0].rows] == [("2902", "", 3), ("2903", "", 1)]
    # 600.00 + 40.00 + 30.00 + 20.00 by two customers.
    assert report(shop, "categories", Wanted()).tables[0].rows == [("T", 2, 100_00, 690_00, 100_00, 345_00)]
    segment = report(shop, "segments", Wanted()).tables[0].rows[1]
    assert (segment[0], *segment[2:4], segment[-1]) == ("seldom", 2, 100_00, 690_00)
    members = report(shop, "segment-members", Wanted(about="seldom")).tables[0].rows
    bought = {card: (last, money) for _, _, card, _, last, money in members}
    assert bought == {"2902": (day_from_iso("2026-11-15"), 670_00), "2903": (day_from_iso("2026-11-02"), 20_00)}


def test_who_got_nothing_is_asked_of_the_household(tmp_path: Path) -> None:
    """2901 (4.00) and 2902 (3.00) got nothing before they were one; 2903 got a coupon for 600.00, so 2904, who shares it, did, too."""
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("for_every: 10.00", "for_every: 1000.00"))
    paid = ((1, "2901", "4.00"), (2, "2902", "3.00"), (1, "2903", "600.00"), (2, "2904", "5.00"))
    rows = (f"{number},2026-11-0{on} 10:00:00,Market,{card},T,1,{paid}" for number, (on, card, paid) in enumerate(paid))
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    member_household(shop, "2901", "2902", by("a"))
    member_household(shop, "2903", "2904", by("b"))
    recalc(shop, as_of=day_from_iso("2026-11-12"))
    assert {row[:4] for row in report(shop, "without-reward", Wanted()).tables[0].rows} == {("2902", "", 7_00, 2)}


def test_stages_and_progress_know_the_account_alone(shop: Shop) -> None:
    progress = report(shop, "progress", Wanted()).tables[0]
    assert {row[0] for row in progress.rows} == {"2902"}
    stages = report(shop, "stages", Wanted()).tables[0]
    # From visitor to buyer: one customer, not two.
    assert [row[3] for row in stages.rows if row[1] == "visitor"] == [1]


def test_what_was_bought_before_counts_for_the_household_in_stages_and_goals(tmp_path: Path) -> None:
    """2901 bought on 1 July and brought 2903, who bought on 6 October; 2902 bought on 5 October and 1 November; the two are one.

    As one they bought in July, slept from 30 September (the 91st day) on, came again on the 96th day, and recommend since 6 October:
    of whom 120 days were over in the last four weeks all came again, and of two members both bought in twelve weeks.
    """
    goals = "goals: {again: {come_back: 50%, within: 120 days}, here: {active: 50%}}\n"
    stages = "stages: {sleeping_after: 90 days, lost_after: 1 year}\n"
    shop = shop_in(tmp_path / "shop", PROGRAM + goals + stages)
    bought = (("07-01", "2901"), ("10-05", "2902"), ("10-06", "2903"), ("11-01", "2902"), ("11-15", ""))
    rows = (f"{number},2026-{on} 10:00:00,Market,{card},T,1,20.00" for number, (on, card) in enumerate(bought, 1))
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    member_household(shop, "2901", "2902", by())
    with shop.changing() as connection:
        first, _, friend = (id_ for (id_,) in connection.execute("SELECT member_id FROM card ORDER BY number"))
        connection.execute("INSERT INTO referral (member_id, by_id) VALUES (?, ?)", (friend, first))
    assert [row[:5] for row in report(shop, "stages", Wanted()).tables[0].rows] == [
        ("2026-07", "visitor", "buyer", 1, 0),
        ("2026-09", "buyer", "sleeping", 1, 91),
        ("2026-10", "buyer", "advocate", 1, 1),
        ("2026-10", "sleeping", "buyer", 1, 5),
        ("2026-10", "visitor", "buyer", 1, 0),
    ]
    assert [row[3] for row in report(shop, "goals", Wanted()).tables[0].rows] == [100_00, 100_00]


def test_either_card_asks_for_the_tickets_of_the_account_and_one_of_both_enters(shop: Shop) -> None:
    # 30.00 on the 15th is one ticket of the account, beside that of 40.00; 600.00 on the 1st were 20 of 2901's own.
    assert draw_tickets(shop, "winter draw", card="2901").tables[0].rows == draw_tickets(shop, "winter draw", card="2902").tables[0].rows
    everybody = draw_tickets(shop, "winter draw")
    assert everybody.data["excluded"] == {"same household": 1}


def test_the_printed_card_of_either_shows_the_coupons_of_both(shop: Shop) -> None:
    for card in ("2901", "2902"):
        _, page = member_card(shop, card)
        (coupons,) = (section for section in page.sections if str(section.heading) == "Your coupons")
        assert [str(fact.label) for fact in coupons.facts] == ["ten"]


TIERS = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  counted_over: calendar month
  going_down: at once
  ladder: {guest: {at_least: 0}, friend: {at_least: 30.00}, patron: {at_least: 500.00}}
rewards:
  still patron: {when: {kept_tier: patron}, give: {badge: faithful}}
"""


def test_the_tier_of_who_joined_rests_and_lists_show_the_household_once(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", TIERS)
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    # 600.00 on the 1st make 2901 a patron, 40.00 make 2902 a friend; the 30.00 of the 15th count for 2902.
    recalc(shop, as_of=day_from_iso("2026-11-09"))
    member_household(shop, "2901", "2902", by())
    shop = replace(shop, now=datetime(2027, 2, 1, 12, tzinfo=UTC))
    recalc(shop, as_of=day_from_iso("2027-01-31"))
    select = "SELECT member_id, a.name, sum(quantity) FROM ledger JOIN asset a ON a.id = asset_id GROUP BY 1, 2"
    moves = asked(shop, select)
    # Of November (670.00) 2902 keeps friend, of December (nothing) not; 2901's own patron was reviewed by nobody, nor kept.
    assert sorted(moves) == [(1, "tier:patron", 1), (2, "tier:friend", 0)]
    (row,) = report(shop, "members", Wanted()).tables[0].rows
    # 600.00 that 2901 brought along, 40.00 and 30.00 of the account; three visits, both cards.
    assert (row[0], row[2], *row[5:7], row[8]) == ("2902", "guest", 67000, 3, "2901")
    assert [(row[0], row[1]) for row in report(shop, "tiers", Wanted()).tables[0].rows] == [("guest", 1), ("friend", 0), ("patron", 0)]
