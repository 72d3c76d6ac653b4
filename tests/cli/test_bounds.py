"""What is typed has bounds: whole numbers that no database holds, endless texts, years that no shop means."""

from __future__ import annotations

import pytest

from loyalty_cli.cli.dates_said import day_said
from loyalty_cli.cli.dates_said import month_said
from loyalty_cli.cli.group import refuse_beyond_bounds
from loyalty_cli.model.errors import LoyaltyError


def test_a_number_beyond_64_bits_and_a_text_beyond_a_thousand_letters_are_refused() -> None:
    refuse_beyond_bounds({"number": 2**63 - 1, "by": "x" * 1000, "question": "x" * 5000, "wording": "x" * 5000, "card": None, "yes": True})
    with pytest.raises(LoyaltyError, match="more digits than any shop needs"):
        refuse_beyond_bounds({"number": 2**63})
    with pytest.raises(LoyaltyError, match="longer than 1000 letters"):
        refuse_beyond_bounds({"name": "x" * 1001})


@pytest.mark.parametrize("text", ["0001-01", "1899-12", "2200-01", "9999-12", "2026-13"])
def test_a_month_that_no_shop_means_is_none(text: str) -> None:
    with pytest.raises(LoyaltyError, match="is not a month"):
        month_said(text)
    with pytest.raises(LoyaltyError, match="is not a day"):
        day_said("--on", f"{text}-01")
