"""Tiers when the next version of the program comes into force, and rewards that hear of it; by hand."""

from __future__ import annotations

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = "program: Case\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
MONTH = "tiers: {{by: spend, counted_over: calendar month, going_down: at once, ladder: {{guest: {{at_least: 0}}, patron: {{{}}}}}}}\n"


def entries(before: str, after: str, bought: dict[str, int]) -> list[tuple[str, str, int]]:
    """Asset, day and change of each entry until June; `after` holds from 15 April on, purchases are whole zlotys by day."""
    plan = Plan(tuple((day, program_of(HEAD + text, "p.yaml")) for day, text in ((0, before), (day_from_iso("2026-04-15"), after))))
    facts = [
        Purchase(day_from_iso(day), 0, PURCHASE, number, "", 100 * zlotys, ((0, 100 * zlotys),), (Item(0, 0, 100 * zlotys, 100 * zlotys),))
        for number, (day, zlotys) in enumerate(bought.items(), 1)
    ]
    replayed = Replayer(plan).replay(MemberFacts(1, facts, returns=False), day_from_iso("2026-06-15"))
    return [(entry.asset, iso(entry.day), entry.quantity) for entry in replayed.entries]


def test_a_large_purchase_whose_month_was_over_before_holds_no_tier() -> None:
    hundred = MONTH.format("at_least: 100.00")
    at_once = MONTH.format("at_least: 100.00, one_purchase: 60.00")
    # 60.00 in February would have held the tier through February; those of April hold it through April.
    assert entries(hundred, at_once, {"2026-02-10": 60}) == []
    assert entries(hundred, at_once, {"2026-02-10": 60, "2026-04-10": 60}) == [
        ("tier:patron", "2026-04-15", 1), ("tier:patron", "2026-04-30", -1)
    ]  # fmt: skip


def test_a_reward_of_the_new_version_remembers_a_tier_that_this_version_opens() -> None:
    reward = "rewards: {r: {when: {tier: patron}, give: {badge: x}, at_most: once}}\n"
    of_another_kind = "rewards: {r: {when: {feedback: given}, give: {badge: x}}}\n"
    low, high = MONTH.format("at_least: 50.00") + reward, MONTH.format("at_least: 100.00")
    # 60.00 in April reach it with the new version, on the 15th; May is empty; 60.00 in June once more, for which there is nothing.
    bought = {"2026-04-10": 60, "2026-06-10": 60}
    tiers = [("tier:patron", "2026-04-15", 1), ("tier:patron", "2026-05-31", -1), ("tier:patron", "2026-06-10", 1)]
    expected = [tiers[0], ("badge:x", "2026-04-15", 1), *tiers[1:]]
    assert entries(high, low, bought) == entries(high + of_another_kind, low, bought) == expected
