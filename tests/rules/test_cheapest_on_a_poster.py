"""What a poster says of the cheapest units: of one without a number, of several with it."""

from __future__ import annotations

import pytest

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.render.words import say
from loyalty_cli.rules.discounts.cheapest import Cheapest


@pytest.mark.parametrize(
    ("cheapest", "discount", "said"),
    [
        (1, 100, "Od 3 sztuk najtańsza gratis."),
        (2, 100, "Od 3 sztuk najtańsze (2) gratis."),
        (1, 30, "Od 3 sztuk najtańsza o 30% taniej."),
        (5, 30, "Od 3 sztuk najtańsze (5) o 30% taniej."),
    ],
)
def test_one_is_not_counted(cheapest: int, discount: int, said: str) -> None:
    rule = Cheapest(cheapest=cheapest, of_at_least=3, discount=WHOLE * discount // 100)
    assert say(rule.announced(lambda amount: Money(amount, "PLN")), "pl") == said
