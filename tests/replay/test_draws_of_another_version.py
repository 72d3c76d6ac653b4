"""Tickets of a draw whose rule another version of the program changes in the middle: by hand."""

from __future__ import annotations

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = "program: Case\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\ndraws:\n  spring: "
SWITCH = day_from_iso("2026-03-15")


def tickets(before: str, after: str, bought: dict[str, int], back: str = "") -> list[int]:
    """The changes: `before` holds until 14 March; purchases of March in whole zlotys by day. That of the day `back` comes back last."""
    text = HEAD + "{{dates: 2026-03-01 to 2026-03-31, {}, prizes: {{car: 1}}}}\n"
    plan = Plan(tuple((day, program_of(text.format(rule), "program.yaml")) for day, rule in ((0, before), (SWITCH, after))))
    facts: list[Purchase | Return] = []
    for number, (day, money) in enumerate(bought.items(), 1):
        items = (Item(0, 0, 100 * money, 100 * money),)
        facts.append(Purchase(day_from_iso(f"2026-03-{day}"), 0, PURCHASE, number, "", 100 * money, ((0, 100 * money),), items))
    if back:
        sale = facts[list(bought).index(back)]
        facts.append(Return(day_from_iso("2026-03-30"), 0, RETURN, 99, "", sale.items, sale.id))
    entries = Replayer(plan).replay(MemberFacts(1, facts, returns=True), day_from_iso("2026-03-31")).entries
    return [entry.quantity for entry in entries if entry.asset == "ticket:spring"]


def test_money_of_before_a_change_counts_by_the_rule_of_its_day() -> None:
    fifty, hundred = "one_ticket_for_every: 50.00", "one_ticket_for_every: 100.00"
    # 120.00 / 50.00 = 2.4; 130.00 / 100.00 = 1.3 more: 3.7 in all.
    bought = {"02": 120, "16": 130}
    assert tickets(fifty, hundred, bought) == [2, 1]
    # The other way round 1.2 and 2.6: 3.8. Without any change 250.00 / 50.00 are 5.
    assert tickets(hundred, fifty, bought) == [1, 2]
    assert tickets(fifty, f"{fifty}, reserves: 1", bought) == [2, 3]
    # What is left without the 2nd is 1.3, without the 16th 2.4.
    assert tickets(fifty, hundred, bought, back="02") == [2, 1, -2]
    assert tickets(fifty, hundred, bought, back="16") == [2, 1, -1]


def test_a_lower_cap_takes_nothing_that_was_given_and_another_kind_of_rule_goes_on_from_there() -> None:
    # 400.00 are 4 of at most 5; at most 3 from the 15th on: another 200.00 bring none. Had only 200.00 been bought: 2 and 1 more.
    capped = "one_ticket_for_every: 100.00, at_most: {}"
    assert tickets(capped.format(5), capped.format(3), {"02": 400, "16": 200}) == [4]
    assert tickets(capped.format(5), capped.format(3), {"02": 200, "16": 200}) == [2, 1]
    # 2 tickets for 100.00, then one for each receipt.
    assert tickets("one_ticket_for_every: 50.00", "tickets_per_receipt: 1", {"02": 100, "16": 10, "17": 10}) == [2, 1, 1]


def test_what_a_member_has_a_ticket_for_is_reached_by_the_rule_of_its_day() -> None:
    each = "tickets_per_member: {}, bought_at_least: {}.00"
    # 60.00 are enough for two tickets until the 14th, and another 10.00 take none of them though 100.00 are asked then.
    assert tickets(each.format(2, 50), each.format(2, 100), {"02": 60, "16": 10}) == [2]
    # Without the 60.00 there are 10.00, which are enough for nothing.
    assert tickets(each.format(2, 50), each.format(2, 100), {"02": 60, "16": 10}, back="02") == [2, -2]
    # 40.00 were too little; with 60.00 more it is 100.00 of the whole draw.
    assert tickets(each.format(2, 50), each.format(3, 100), {"02": 40, "16": 60}) == [3]
    # Two for 60.00; the receipt of the 16th brings one by itself, which they have.
    assert tickets(each.format(2, 50), "tickets_per_receipt: 1", {"02": 60, "16": 10}) == [2]


def test_a_ranking_that_becomes_a_draw_gives_tickets_for_what_came_in_since() -> None:
    # 130.00 / 50.00; what was bought in the ranking stays its score.
    assert tickets("contest: most bought", "one_ticket_for_every: 50.00", {"02": 120, "16": 130}) == [2]
    assert tickets("contest: most bought", "one_ticket_for_every: 50.00", {"02": 120, "16": 130}, back="16") == [2, -2]
