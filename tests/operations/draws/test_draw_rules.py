"""The rules of a draw come from the adopted program, and its comments are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.draws.rules import draw_rules

if TYPE_CHECKING:
    from tests.operations.draws.conftest import DrawShop

PROGRAM = """
program: Fabric Corner
language: en
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
draws:
  spring draw:
    dates: 2026-03-01 to 2026-04-18
    one_ticket_for_every: 50.00  # about a metre of linen
    at_most: 20 tickets
    prizes: {sewing machine: 1, fabric box: 10}
    reserves: 5
    only: {categories: [thread, linen]}
"""


def test_the_rules_are_those_of_the_adopted_version(there: DrawShop) -> None:
    there.change(
        "INSERT INTO version (from_day, canonical, source, adopted_at, by) VALUES (?, '', ?, '', '')",
        day_from_iso("2026-01-01"),
        PROGRAM,
    )
    with there.shop.reading() as connection:
        rules = draw_rules(connection, "spring draw")
        with pytest.raises(LoyaltyError, match="has no draw summer"):
            draw_rules(connection, "summer")
    assert (rules.first_day, rules.last_day) == (day_from_iso("2026-03-01"), day_from_iso("2026-04-18"))
    assert (rules.prizes, rules.reserves, rules.wins) == (
        (("sewing machine", 1), ("fabric box", 10)),
        5,
        "one prize",
    )
    assert rules.rules_text.splitlines() == [
        "one_ticket_for_every: 50.00",
        "at_most: 20 tickets",
        'only: {"categories": ["thread", "linen"]}',
    ]


def test_without_an_adopted_program_there_is_no_draw(there: DrawShop) -> None:
    with there.shop.reading() as connection, pytest.raises(LoyaltyError, match="has no draw"):
        draw_rules(connection, "spring draw")
